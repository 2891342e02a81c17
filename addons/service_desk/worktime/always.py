"""The clock itself: day and night, every day."""

from datetime import timedelta

from .moments import DAY, EPOCH_DAY, moment_of, second_of
from .zone import Offsets


class AlwaysWorking:
    """Answers as :class:`WorkingHours` does for a calendar that never closes; ``tz`` says where a day ends."""

    def __init__(self, zone):
        """:param tzinfo zone: whose days are meant"""
        self.tz = zone

    def add_seconds(self, moment, seconds):
        """Return ``moment`` + ``seconds``."""
        return moment + timedelta(seconds=seconds)

    def subtract_seconds(self, moment, seconds):
        """Return ``moment`` - ``seconds``."""
        return moment - timedelta(seconds=seconds)

    def seconds_between(self, start, end):
        """Return the whole seconds from ``start`` to ``end``, 0 when it is not after it."""
        return max(0, second_of(end) - second_of(start))

    def add(self, moment, minutes):
        """Return ``moment`` + ``minutes``."""
        return moment + timedelta(minutes=minutes)

    def subtract(self, moment, minutes):
        """Return ``moment`` - ``minutes``."""
        return moment - timedelta(minutes=minutes)

    def minutes_between(self, start, end):
        """Return the minutes from ``start`` to ``end``, 0 when it is not after it."""
        return self.seconds_between(start, end) / 60

    def add_days(self, moment, days, end_of_day=False):
        """Return the same local time ``days`` later, or the midnight that ends that day."""
        return self._days(moment, days, end_of_day)

    def subtract_days(self, moment, days, end_of_day=False):
        """Return the same local time ``days`` earlier, or the midnight that ends that day."""
        return self._days(moment, -days, end_of_day)

    def periods(self, start, end):
        """Return the one span from ``start`` to ``end``, none when it is not after it."""
        return [(start, end)] if start < end else []

    def is_working(self, moment):
        """Tell whether ``moment`` is working time: always."""
        return True

    def is_working_day(self, day):
        """Tell whether somebody works on a local date: always."""
        return True

    def next_working(self, moment):
        """Return the first working moment from ``moment`` on: itself."""
        return moment

    def last_working(self, moment):
        """Return the last working moment up to ``moment``: itself."""
        return moment

    def day_of(self, moment):
        """Return the local date of a moment."""
        day, _second = Offsets.of(self.tz).local(second_of(moment))
        return moment_of(day * DAY).date()

    def day_bounds(self, day):
        """Return when a local date begins and ends, in naive UTC."""
        offsets, number = Offsets.of(self.tz), day.toordinal() - EPOCH_DAY
        return moment_of(offsets.utc(number, 0)), moment_of(offsets.utc(number, DAY))

    def _days(self, moment, days, end_of_day):
        offsets = Offsets.of(self.tz)
        day, second = offsets.local(second_of(moment))
        if not days and not end_of_day:
            return moment
        return moment_of(offsets.utc(day + days, DAY if end_of_day else second))
