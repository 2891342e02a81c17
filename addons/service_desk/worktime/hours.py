from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from typing import NamedTuple

#: A calendar whose working time does not end a target in so many years has none worth speaking of.
MAX_YEARS = 10
#: Odoo ends a day at 23:59:59.999999: what is nearer than this to the next span belongs to it.
GAP_SECONDS = 1


class Spans(NamedTuple):
    """The working spans of one UTC year, ascending and apart; ``done[i]`` is the work until the end of span i."""

    starts: tuple
    ends: tuple
    done: tuple

    @classmethod
    def of(cls, pairs):
        """Return the spans of ``(start, end)`` pairs in seconds since 1970; touching ones become one."""
        starts, ends = [], []
        for start, end in sorted(pairs):
            if ends and start - ends[-1] <= GAP_SECONDS:
                ends[-1] = max(ends[-1], end)
            elif end > start:
                starts.append(start)
                ends.append(end)
        lengths = (end - start for start, end in zip(starts, ends, strict=True))
        return cls(tuple(starts), tuple(ends), tuple(accumulate(lengths)))

    @property
    def total(self):
        """Return the working seconds of the year."""
        return self.done[-1] if self.done else 0

    def work_until(self, second):
        """Return the working seconds of the year before ``second``."""
        index = bisect_right(self.starts, second) - 1
        if index < 0:
            return 0
        return self.done[index] - max(0, self.ends[index] - second)

    def end_of(self, work):
        """Return when ``work`` seconds of the year are done: at the end of a span rather than at the next start."""
        index = bisect_left(self.done, work)
        return self.ends[index] - (self.done[index] - work)

    def start_of(self, work):
        """Return the last moment at which ``work`` seconds are done: at the start of a span rather than at an end."""
        index = bisect_right(self.done, work)
        return self.ends[index] - (self.done[index] - work)


class AlwaysWorking:
    """The clock itself: day and night, every day."""

    def add(self, moment, minutes):
        """Return ``moment`` + ``minutes``."""
        return moment + timedelta(minutes=minutes)

    def subtract(self, moment, minutes):
        """Return ``moment`` - ``minutes``."""
        return moment - timedelta(minutes=minutes)

    def minutes_between(self, start, end):
        """Return the minutes from ``start`` to ``end``, 0 when it is not after it."""
        return max(0.0, (end - start).total_seconds() / 60)

    def is_working(self, moment):
        """Tell whether ``moment`` is working time."""
        return True

    def next_working(self, moment):
        """Return the first working moment from ``moment`` on."""
        return moment


class WorkingHours:
    """Working time of a calendar. All moments are naive UTC; results are exact to the second."""

    def __init__(self, spans_of):
        """:param spans_of: function that returns the :class:`Spans` of a UTC year"""
        self._spans_of = spans_of

    def add(self, moment, minutes):
        """Return when ``minutes`` of work that begins at ``moment`` are done.

        0 minutes give the first working moment; ``None`` when the calendar has not so much work in ten years.
        """
        if not minutes:
            return self.next_working(moment)
        second, left = _second(moment), minutes * 60
        for year in range(moment.year, moment.year + MAX_YEARS):
            spans = self._spans_of(year)
            work = spans.work_until(second) if year == moment.year else 0
            if work + left <= spans.total:
                return _moment(spans.end_of(work + left))
            left -= spans.total - work
        return None

    def subtract(self, moment, minutes):
        """Return the latest moment from which ``minutes`` of work lie before ``moment``; ``None`` as in :meth:`add`."""
        second, left = _second(moment), minutes * 60
        for year in range(moment.year, moment.year - MAX_YEARS, -1):
            spans = self._spans_of(year)
            work = spans.work_until(second) if year == moment.year else spans.total
            if left <= work and left:
                return _moment(spans.start_of(work - left))
            left -= work
        return None if minutes else moment

    def minutes_between(self, start, end):
        """Return the working minutes from ``start`` to ``end``, 0 when it is not after it."""
        if end <= start:
            return 0.0
        total = -self._spans_of(start.year).work_until(_second(start))
        for year in range(start.year, end.year):
            total += self._spans_of(year).total
        return (total + self._spans_of(end.year).work_until(_second(end))) / 60

    def is_working(self, moment):
        """Tell whether ``moment`` is working time; the end of a span is not."""
        return self.next_working(moment) == moment

    def next_working(self, moment):
        """Return the first working moment from ``moment`` on; ``None`` when there is none in ten years."""
        second = _second(moment)
        for year in range(moment.year, moment.year + MAX_YEARS):
            spans = self._spans_of(year)
            index = bisect_right(spans.ends, second)
            if index < len(spans.ends):
                return moment if spans.starts[index] <= second else _moment(spans.starts[index])
        return None


def _second(moment):
    return moment.replace(tzinfo=timezone.utc).timestamp()


def _moment(second):
    return datetime.fromtimestamp(round(second), timezone.utc).replace(tzinfo=None)
