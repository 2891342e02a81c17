"""Working time of a calendar: questions in naive UTC, answered from tables of its years."""

from .always import AlwaysWorking
from .moments import DAY, moment_of, second_of
from .zone import Offsets

#: A calendar whose working time does not end a target in so many years has none worth speaking of.
MAX_YEARS = 10
#: So many days in a row without work, and days are counted no further.
MAX_IDLE_DAYS = 366 * MAX_YEARS


class WorkingHours(AlwaysWorking):
    """Working time of a calendar. Moments are naive UTC, cut to whole seconds; every answer is exact.

    Work that ends at a closing time ends at that closing instant, not at the next opening. What the calendar cannot
    answer within ten years is None.
    """

    def __init__(self, spans_of, zone):
        """Keep where tables come from.

        :param spans_of: function that returns the :class:`Spans` of a UTC year
        :param tzinfo zone: of the calendar; says which day a moment belongs to
        """
        super().__init__(zone)
        self._spans_of = spans_of

    # ------------------------------------------------------------ seconds and minutes
    def add_seconds(self, moment, seconds):
        """Return when ``seconds`` of work that begins at ``moment`` are done; 0 gives the first working moment."""
        if seconds <= 0:
            return self.subtract_seconds(moment, -seconds) if seconds else self.next_working(moment)
        second, left = second_of(moment), round(seconds)
        for year in self._years(moment, 1):
            spans = self._spans_of(year)
            work = spans.work_until(second) if year == moment.year else 0
            if work + left <= spans.total:
                return moment_of(spans.end_of(work + left))
            left -= spans.total - work
        return None

    def subtract_seconds(self, moment, seconds):
        """Return the latest moment from which ``seconds`` of work lie before ``moment``; 0 gives the last working one."""
        if seconds <= 0:
            return self.add_seconds(moment, -seconds) if seconds else self.last_working(moment)
        second, left = second_of(moment), round(seconds)
        for year in self._years(moment, -1):
            spans = self._spans_of(year)
            work = spans.work_until(second) if year == moment.year else spans.total
            if left <= work:
                return moment_of(spans.start_of(work - left))
            left -= work
        return None

    def seconds_between(self, start, end):
        """Return the working seconds from ``start`` to ``end``, 0 when it is not after it."""
        if end <= start:
            return 0
        total = -self._spans_of(start.year).work_until(second_of(start))
        for year in range(start.year, end.year):
            total += self._spans_of(year).total
        return total + self._spans_of(end.year).work_until(second_of(end))

    def add(self, moment, minutes):
        """Return when ``minutes`` of work are done, as :meth:`add_seconds`."""
        return self.add_seconds(moment, round(minutes * 60))

    def subtract(self, moment, minutes):
        """Return from when ``minutes`` of work lie before ``moment``, as :meth:`subtract_seconds`."""
        return self.subtract_seconds(moment, round(minutes * 60))

    # ------------------------------------------------------------ days
    def add_days(self, moment, days, end_of_day=False):
        """Return the same local time ``days`` working days later, or where the work of that day ends.

        Outside working hours it is the next opening. 0 days are the first working moment, or the end of work of its day.
        """
        if days < 0:
            return self.subtract_days(moment, -days, end_of_day)
        offsets = Offsets.of(self.tz)
        day, second = offsets.local(second_of(moment))
        if not days:
            begin = self.next_working(moment)
            if not end_of_day or begin is None:
                return begin
            target = offsets.local(second_of(begin))[0]
        else:
            target = self._working_day(offsets, day, days, 1)
        if target is None or end_of_day:
            return self._end_of_work(offsets, target)
        return self._not_closed(moment_of(offsets.utc(target, second)))

    def subtract_days(self, moment, days, end_of_day=False):
        """Return the same local time ``days`` working days earlier, or where the work of that day ends.

        Outside working hours it is the last closing. 0 days are the last working moment.
        """
        if days < 0:
            return self.add_days(moment, -days, end_of_day)
        offsets = Offsets.of(self.tz)
        day, second = offsets.local(second_of(moment))
        if not days and not end_of_day:
            return moment if self.is_working(moment) else self.last_working(moment)
        target = self._working_day(offsets, day, days, -1) if days else day
        if target is None or end_of_day:
            return self._end_of_work(offsets, target)
        then = moment_of(offsets.utc(target, second))
        return then if self.is_working(then) else self.last_working(then)

    def is_working_day(self, day):
        """Tell whether somebody works on a local date."""
        start, end = self.day_bounds(day)
        return self.seconds_between(start, end) > 0

    # ------------------------------------------------------------ moments and spans
    def periods(self, start, end):
        """Return the working spans from ``start`` to ``end`` as pairs of moments, cut at them."""
        if end <= start:
            return []
        first, last, pairs = second_of(start), second_of(end), []
        for year in range(start.year, end.year + 1):
            for since, until in self._spans_of(year).within(first, last):
                if pairs and pairs[-1][1] == since:  # over the end of a UTC year
                    since = pairs.pop()[0]
                pairs.append((since, until))
        return [(moment_of(since), moment_of(until)) for since, until in pairs]

    def is_working(self, moment):
        """Tell whether ``moment`` is working time; the end of a span is not."""
        second = second_of(moment)
        return self._spans_of(moment.year).next_from(second) == second

    def next_working(self, moment):
        """Return the first working moment from ``moment`` on."""
        second = second_of(moment)
        for year in self._years(moment, 1):
            found = self._spans_of(year).next_from(second)
            if found is not None:
                return moment if found == second else moment_of(found)
        return None

    def last_working(self, moment):
        """Return the last moment up to ``moment`` at which work was going on or has just ended."""
        second = second_of(moment)
        for year in self._years(moment, -1):
            found = self._spans_of(year).last_until(second)
            if found is not None:
                return moment if found == second else moment_of(found)
        return None

    # ------------------------------------------------------------ helpers
    @staticmethod
    def _years(moment, step):
        """Return the years in which an answer is looked for; dates end with the year 9999."""
        last = min(9999, moment.year + MAX_YEARS) if step > 0 else max(1, moment.year - MAX_YEARS)
        return range(moment.year, last, step) if moment.year != last else (moment.year,)

    def _works_on(self, offsets, day):
        start, end = (moment_of(offsets.utc(day, second)) for second in (0, DAY))
        return self.seconds_between(start, end) > 0

    def _working_day(self, offsets, day, count, step):
        """Return the day that is ``count`` working days from ``day``; None when ten years have not so many."""
        idle = 0
        while count and idle < MAX_IDLE_DAYS:
            day += step
            works = self._works_on(offsets, day)
            count -= works
            idle = 0 if works else idle + 1
        return None if count else day

    def _end_of_work(self, offsets, day):
        """Return the last closing of a day; None for no day."""
        return None if day is None else self.last_working(moment_of(offsets.utc(day, DAY)))

    def _not_closed(self, moment):
        """Return ``moment`` within working time or at its very end, else the next opening."""
        if self.last_working(moment) == moment:
            return moment
        return self.next_working(moment)
