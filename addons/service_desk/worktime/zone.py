"""Local times of a zone to UTC, also in the nights in which its clock is changed.

A time that the change skips is read by the clock before the change, so 02:30 becomes 03:30; a time that comes twice is the
first of the two. Both are PEP 495 with ``fold=0``; any ``tzinfo`` will do, of pytz too.
"""

from datetime import datetime, timezone
from functools import lru_cache

from .moments import DAY, EPOCH_DAY, moment_of, second_of_year

#: Between them every zone has a date: a day from both ends of what datetime knows.
_FIRST, _LAST = second_of_year(1) + DAY, second_of_year(10000) - 2 * DAY


class Offsets:
    """The offsets of a zone from UTC, asked once a day: most days have one only."""

    def __init__(self, zone):
        """:param tzinfo zone: of pytz, zoneinfo or datetime"""
        self._zone = zone
        self._at_midnight = {}

    @classmethod
    @lru_cache(maxsize=700)
    def of(cls, zone):
        """Return the one that is kept for a zone: its offsets are asked once a process."""
        return cls(zone)

    def at(self, second):
        """Return the offset in seconds that holds at a second since 1970."""
        second = min(max(second, _FIRST), _LAST)
        aware = datetime.fromtimestamp(second, timezone.utc).astimezone(self._zone)
        return round(aware.utcoffset().total_seconds())

    def local(self, second):
        """Return the day (since 1970) and the second of that day that a local clock shows."""
        return divmod(second + self.at(second), DAY)

    def utc(self, day, second):
        """Return the second since 1970 at which local clocks show ``second`` of ``day``.

        :param int day: days since 1970
        :param int second: of the day; 86400 is the midnight that ends it
        """
        wall = day * DAY + second
        before, after = self._midnight(day - 1), self._midnight(day + 2)
        if before == after:
            return wall - before
        early, late = wall - before, wall - after
        if self.at(early) == before or self.at(late) != after:
            return early
        return late

    def _midnight(self, day):
        if day not in self._at_midnight:
            self._at_midnight[day] = self.at(day * DAY)
        return self._at_midnight[day]


def wall_to_utc(zone, day, second):
    """Return the naive UTC moment at which clocks of ``zone`` show ``second`` of the date ``day``."""
    return moment_of(Offsets.of(zone).utc(day.toordinal() - EPOCH_DAY, second))
