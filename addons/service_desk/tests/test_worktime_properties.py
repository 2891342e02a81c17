"""Any calendar, in any zone, at any second: what tables say is what counting seconds says."""

from datetime import datetime, timedelta

import pytz
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.service_desk.worktime import Plan, SpecialDay, cut, merge, parse_hours
from odoo.addons.service_desk.worktime.moments import second_of
from odoo.addons.service_desk.worktime.text import format_hours

from .worktime_cases import hours_of
from .worktime_oracle import Oracle

#: The same examples each time: a failure is seen by whoever runs it next. Shrinking would take minutes.
STEADY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
DAYS = 16
#: Zones with a night in the middle of :data:`DAYS` in which the clock is changed, or with none.
PLACES = [
    ("Europe/Berlin", datetime(2026, 3, 21)),
    ("Europe/Berlin", datetime(2026, 10, 17)),
    ("America/New_York", datetime(2027, 3, 6)),
    ("America/New_York", datetime(2026, 10, 24)),
    ("America/Sao_Paulo", datetime(2015, 10, 10)),  # at midnight
    ("America/Sao_Paulo", datetime(2016, 2, 13)),
    ("Australia/Lord_Howe", datetime(2026, 3, 28)),  # by half an hour
    ("Australia/Lord_Howe", datetime(2026, 9, 26)),
    ("America/St_Johns", datetime(2026, 3, 1)),
    ("Europe/Moscow", datetime(2014, 10, 18)),  # for good
    ("Europe/Volgograd", datetime(2020, 12, 20)),
    ("Asia/Kathmandu", datetime(2027, 12, 24)),
    ("Asia/Kolkata", datetime(2028, 2, 20)),
    ("Pacific/Chatham", datetime(2026, 12, 22)),
    ("Pacific/Kiritimati", datetime(2026, 12, 22)),
    ("UTC", datetime(2026, 12, 22)),
]

quarter = st.integers(0, 96).map(lambda number: number * 900)


@st.composite
def day_hours(draw):
    """The hours of a day, up to three spans."""
    marks = sorted(set(draw(st.lists(quarter, max_size=6))))
    return tuple(zip(marks[::2], marks[1::2], strict=False))


week = st.dictionaries(st.integers(0, 6), day_hours(), max_size=7)
special_day = st.one_of(
    st.just(SpecialDay()),
    st.builds(SpecialDay, day_hours()),
    st.builds(
        SpecialDay,
        st.none(),
        st.none() | st.integers(0, 6),
        st.integers(0, 16).map(lambda number: number * 1800),
    ),
)


@st.composite
def told(draw):
    """A plan, its working hours and the oracle that knows it second by second."""
    name, start = draw(st.sampled_from(PLACES))
    base = second_of(start)
    leaf = st.integers(0, DAYS * 86400)
    closed = merge(
        (base + min(pair), base + max(pair))
        for pair in draw(st.lists(st.tuples(leaf, leaf), max_size=2))
    )
    dates = st.integers(0, DAYS).map(lambda day: (start + timedelta(days=day)).toordinal())
    always = dict.fromkeys(range(7), ((0, 86400),))
    plan = Plan.of_weeks(
        pytz.timezone(name),
        draw(st.just(always) | week),
        draw(st.none() | week),
        draw(st.dictionaries(dates, special_day, max_size=4)),
        closed,
    )
    return hours_of(plan), Oracle(name, plan, start, DAYS), start


@tagged("post_install", "-at_install")
class TestWorktimeProperties(BaseCase):
    @settings(STEADY, max_examples=80)
    @given(
        told(),
        st.integers(0, DAYS * 86400),
        st.integers(0, DAYS * 86400),
        st.integers(1, 60 * 3600),
    )
    def test_as_counted_second_by_second(self, told, first, second, work):
        hours, oracle, start = told
        early, late = (start + timedelta(seconds=at) for at in sorted((first, second)))
        between = oracle.between(early, late)
        self.assertEqual(hours.seconds_between(early, late), between)
        self.assertEqual(hours.seconds_between(late, early), 0)
        spans = hours.periods(early, late)
        self.assertEqual(sum((end - begin).total_seconds() for begin, end in spans), between)
        self.assertEqual(spans, sorted(spans))
        for answer, expected in (
            (hours.add_seconds(early, work), oracle.add(early, work)),
            (hours.next_working(early), oracle.next_working(early)),
        ):
            if expected is not None:  # else it is after the stretch that the oracle knows
                self.assertEqual(answer, expected)
        expected = oracle.subtract(late, work)
        if expected is not None:
            self.assertEqual(hours.subtract_seconds(late, work), expected)
        if early < start + timedelta(days=DAYS):
            self.assertEqual(hours.is_working(early), oracle.next_working(early) == early)

    @settings(STEADY, max_examples=50)
    @given(told(), st.integers(0, DAYS * 86400), st.integers(1, 400 * 3600))
    def test_there_and_back(self, told, at, work):
        hours, _oracle, start = told
        moment = start + timedelta(seconds=at)
        due = hours.add_seconds(moment, work)
        if due is None:
            return
        self.assertEqual(hours.seconds_between(moment, due), work)
        self.assertEqual(hours.last_working(due), due, "work ends in working time")
        back = hours.subtract_seconds(due, work)
        self.assertEqual(hours.seconds_between(back, due), work)
        self.assertGreaterEqual(back, moment)
        # a target in two parts is the target
        half = hours.add_seconds(moment, max(1, work // 2))
        self.assertEqual(
            hours.add_seconds(half, work - max(1, work // 2)) if work > 1 else half, due
        )

    @settings(STEADY, max_examples=40)
    @given(told(), st.integers(0, DAYS * 86400), st.integers(1, 8))
    def test_days(self, told, at, days):
        hours, _oracle, start = told
        moment = start + timedelta(seconds=at)
        day, seen = hours.day_of(moment), 0
        while seen < days and (day - start.date()).days < 400:
            day += timedelta(days=1)
            seen += hours.is_working_day(day)
        end = hours.add_days(moment, days, end_of_day=True)
        if seen < days:
            return
        begin_of_day, end_of_day = hours.day_bounds(day)
        self.assertEqual(end, hours.periods(begin_of_day, end_of_day)[-1][1])
        due = hours.add_days(moment, days)
        self.assertGreaterEqual(due, begin_of_day)
        self.assertEqual(hours.last_working(due) if due != hours.next_working(due) else due, due)

    @settings(STEADY, max_examples=100)
    @given(day_hours())
    def test_hours_in_words(self, pairs):
        if pairs:
            self.assertEqual(parse_hours(format_hours(pairs)), pairs)

    @settings(STEADY, max_examples=100)
    @given(*[st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)] * 2)
    def test_cutting(self, pairs, holes):
        left = cut(merge(pairs), merge(holes))
        inside = {second for start, end in pairs for second in range(start, end)}
        outside = {second for start, end in holes for second in range(start, end)}
        self.assertEqual(
            [second for start, end in left for second in range(start, end)],
            sorted(inside - outside),
        )
