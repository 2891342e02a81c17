"""A calendar as plain data, and its compilation to a table of a year."""

from typing import NamedTuple

from .moments import DAY, EPOCH_DAY, second_of_year
from .spans import Spans, cut, merge
from .zone import Offsets

#: Days of the calendar's two weeks; a calendar of one week has it twice.
FORTNIGHT = 14


class SpecialDay(NamedTuple):
    """What replaces the weekly hours of one date."""

    #: ``(from, to)`` seconds of the day; None for those of a weekday
    hours: tuple | None = ()
    #: 0 Monday to 6 Sunday, whose weekly hours hold; None for the weekday of the date
    weekday: int | None = None
    #: by how many seconds the day ends earlier
    less_seconds: int = 0


def through(second):
    """Return the second of the day at which hours end; 23:59 is meant as midnight by whoever writes it."""
    return DAY if second >= DAY - 60 else second


def shorten(pairs, seconds):
    """Return ascending ``pairs`` without the last ``seconds`` of work."""
    left = list(pairs)
    while left and seconds > 0:
        start, end = left.pop()
        if end - start > seconds:
            left.append((start, end - seconds))
        seconds -= end - start
    return left


class Plan(NamedTuple):
    """Weekly hours, special days and closed times of a calendar for one company."""

    #: a ``tzinfo``; the calendar's, never the server's or the reader's
    zone: object
    #: 14 tuples of ``(from, to)`` seconds of the day; Monday of an even week first, as Odoo counts weeks
    days: tuple
    #: ``{date ordinal: SpecialDay}``
    special: dict
    #: ``(from, to)`` seconds since 1970 in which nobody works whatever the hours say: holidays and breaks
    closed: tuple = ()

    @classmethod
    def of_weeks(cls, zone, first, second=None, special=None, closed=()):
        """Return the plan of one or two weeks of ``{weekday: pairs}``, in seconds of the day."""
        weeks = (first, first if second is None else second)
        days = tuple(
            tuple(merge((start, through(end)) for start, end in week.get(day, ())))
            for week in weeks
            for day in range(7)
        )
        return cls(zone, days, special or {}, tuple(merge(closed)))

    def spans(self, year):
        """Return the :class:`Spans` of a UTC year."""
        offsets, pairs = Offsets.of(self.zone), []
        begin, end = second_of_year(year), second_of_year(year + 1)
        # the zones reach from 14 hours before UTC to 14 after it
        for day in range(begin // DAY - 1, end // DAY + 1):
            for since, until in self.hours_of(day + EPOCH_DAY):
                pairs.append((offsets.utc(day, since), offsets.utc(day, until)))
        bounded = [(max(begin, since), min(end, until)) for since, until in merge(pairs)]
        return Spans.of(cut(merge(bounded), self._closed_within(begin, end)))

    def hours_of(self, ordinal):
        """Return the ``(from, to)`` seconds of the day of a date, before holidays."""
        day = self.special.get(ordinal)
        if day is None:
            return self.days[(ordinal - 1) % FORTNIGHT]
        if day.hours is not None:
            return shorten(day.hours, day.less_seconds)
        return shorten(self.days[self._like(ordinal, day.weekday)], day.less_seconds)

    @property
    def is_never_open(self):
        """Tell whether there is no hour in any week and on any special day."""
        return not any(self.days) and not any(map(self.hours_of, self.special))

    @staticmethod
    def _like(ordinal, weekday):
        """Return the place of a weekday in the fortnight, in the week of the date."""
        place = (ordinal - 1) % FORTNIGHT
        return place if weekday is None else place // 7 * 7 + weekday

    def _closed_within(self, begin, end):
        return [pair for pair in self.closed if pair[1] > begin and pair[0] < end]
