"""Working time told second by second, from the same data and by other means: the standard library's zones, no tables."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo.addons.service_desk.worktime.moments import moment_of, second_of


class Oracle:
    """Knows a stretch of time as one byte for each second."""

    def __init__(self, name, plan, start, days):
        """:param str name: of the zone; :param start: midnight in UTC from which so many ``days`` are told"""
        self.zone, self.base, self.length = ZoneInfo(name), second_of(start), days * 86400
        self.works = bytearray(self.length)
        first = start.date() - timedelta(days=2)
        for number in range(days + 4):
            day = first + timedelta(days=number)
            for since, until in self._hours(plan, day):
                self._fill(self._utc(day, since), self._utc(day, until), 1)
        for since, until in plan.closed:
            self._fill(since, until, 0)

    def _hours(self, plan, day):
        week = (day - date(1, 1, 1)).days // 7 % 2
        special = plan.special.get(day.toordinal())
        weekday = day.weekday()
        if special is not None and special.hours is None and special.weekday is not None:
            weekday = special.weekday
        pairs = plan.days[week * 7 + weekday]
        if special is not None and special.hours is not None:
            pairs = special.hours
        seconds = [second for since, until in pairs for second in range(since, until, 60)]
        if special is not None and special.less_seconds:
            seconds = seconds[: max(0, len(seconds) - special.less_seconds // 60)]
        return [(second, second + 60) for second in seconds] if special else pairs

    def _utc(self, day, second):
        wall = datetime(day.year, day.month, day.day) + timedelta(seconds=second)
        return second_of(
            wall.replace(tzinfo=self.zone, fold=0).astimezone(timezone.utc).replace(tzinfo=None)
        )

    def _fill(self, since, until, value):
        since, until = (min(max(at - self.base, 0), self.length) for at in (since, until))
        if since < until:
            self.works[since:until] = bytes([value]) * (until - since)

    def between(self, start, end):
        """Return the working seconds from ``start`` to ``end``."""
        return self.works.count(1, second_of(start) - self.base, second_of(end) - self.base)

    def add(self, start, seconds):
        """Return when ``seconds`` of work are done; None when this stretch has not so many."""
        at = second_of(start) - self.base
        for second in range(at, self.length):
            seconds -= self.works[second]
            if not seconds:
                return moment_of(second + 1 + self.base)
        return None

    def subtract(self, start, seconds):
        """Return the latest moment from which ``seconds`` of work lie before ``start``; None as in :meth:`add`."""
        for second in range(second_of(start) - self.base - 1, -1, -1):
            seconds -= self.works[second]
            if not seconds:
                return moment_of(second + self.base)
        return None

    def next_working(self, start):
        """Return the first working moment from ``start`` on; None when this stretch has none."""
        found = self.works.find(1, second_of(start) - self.base)
        return None if found < 0 else moment_of(found + self.base)
