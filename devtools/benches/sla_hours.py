"""What a deadline costs: tables of working time beside Odoo's own ``plan_hours`` of the same calendar with the same leaves."""

import random
from datetime import datetime, timedelta

from devtools.bench_meter import Case

TITLE = "Working time: a deadline of ours beside plan_hours of the same calendar"
#: So many holidays on each calendar, spread over ten years.
SIZES = (0, 50, 500)
PEER = "plan_hours"
#: So many deadlines in one measured call.
MANY = 20
TARGETS = {"1 hour": 1, "8 hours": 8, "80 hours": 80, "400 hours": 400}
START = datetime(2026, 3, 2)
NAME = "Bench %s"


def prepare(env, size):
    """Bring each calendar to ``size`` holidays."""
    for name, values in CALENDARS.items():
        calendar = _calendar(env, name)
        if not calendar:
            calendar = env["resource.calendar"].create(
                {"name": NAME % name, "tz": "Europe/Moscow", **values()}
            )
        _holidays(env, calendar, size)


def _calendar(env, name):
    return env["resource.calendar"].search([("name", "=", NAME % name)], limit=1)


def _holidays(env, calendar, size):
    leaves = env["resource.calendar.leaves"]
    have = leaves.search_count([("calendar_id", "=", calendar.id)])
    days = random.Random(7).sample(range(3650), max(SIZES))
    leaves.create(
        [
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "date_from": datetime(2021, 1, 1, 6) + timedelta(days=day),
                "date_to": datetime(2021, 1, 1, 9) + timedelta(days=day),
            }
            for day in days[have:size]
        ]
    )


def _lines(spans, days, **more):
    return [
        (0, 0, {"name": "x", "dayofweek": str(day), "hour_from": since, "hour_to": until, **more})
        for day in days
        for since, until in spans
    ]


def _week():
    return {"attendance_ids": [(5, 0, 0), *_lines([(9, 13), (14, 18)], range(5))]}


def _fortnight():
    weeks = [
        *_lines([(8, 12), (13, 17)], range(5), week_type="0"),
        *_lines([(12, 16), (17, 21)], range(6), week_type="1"),
    ]
    return {"two_weeks_calendar": True, "attendance_ids": [(5, 0, 0), *weeks]}


def _always():
    return {"attendance_ids": [(5, 0, 0), *_lines([(0, 24)], range(7))]}


def _many_lines():
    # 48 lines a day on seven days, with a break of five minutes between them
    spans = [(half / 2, half / 2 + 25 / 60) for half in range(48)]
    return {"attendance_ids": [(5, 0, 0), *_lines(spans, range(7))]}


CALENDARS = {
    "5 × 8": _week,
    "two weeks": _fortnight,
    "24 × 7": _always,
    "336 lines": _many_lines,
}


def cases(env, size):
    """Return what is measured: deadlines by each calendar, by each horizon, time between, and compiling."""
    week = _calendar(env, "5 × 8")
    found = [
        Case(f"8 hours by {name}", _ours(calendar, 8), _peer(calendar, 8), per=MANY)
        for name in CALENDARS
        for calendar in [_calendar(env, name)]
    ]
    found += [
        Case(f"{name} by 5 × 8", _ours(week, hours), _peer(week, hours), per=MANY)
        for name, hours in TARGETS.items()
        if hours != 8
    ]
    found.append(Case("time between two moments", _between(week), _between_peer(week), per=MANY))
    found += [
        Case(f"compiling a year of {name}", _compile(_calendar(env, name))) for name in CALENDARS
    ]
    return found


def _moments():
    dice = random.Random(3)
    return [START + timedelta(seconds=dice.randrange(200 * 86400)) for _number in range(MANY)]


def _ours(calendar, hours):
    def side(env):
        times, seconds = env["service_desk.working.time"], hours * 3600
        times._of_ids(calendar.id).add_seconds(START, seconds)  # the table is there, as on any day
        times._of_ids(calendar.id).add_seconds(START + timedelta(days=365), seconds)
        # the calendar is asked for anew for each deadline, as a ticket does
        return lambda: [
            times._of_ids(calendar.id).add_seconds(moment, seconds) for moment in _moments()
        ]

    return side


def _peer(calendar, hours):
    def side(env):
        of = calendar.with_env(env)
        return lambda: [of.plan_hours(hours, moment, compute_leaves=True) for moment in _moments()]

    return side


def _between(calendar):
    def side(env):
        hours = env["service_desk.working.time"]._of_ids(calendar.id)
        hours.seconds_between(START, START + timedelta(days=230))
        return lambda: [
            hours.seconds_between(moment, moment + timedelta(days=20)) for moment in _moments()
        ]

    return side


def _between_peer(calendar):
    def side(env):
        of = calendar.with_env(env)
        return lambda: [
            of.get_work_hours_count(moment, moment + timedelta(days=20)) for moment in _moments()
        ]

    return side


def _compile(calendar):
    def side(env):
        times = env["service_desk.working.time"]
        plan = times._plan(calendar.id, False, False)
        return lambda: plan.spans(2026)

    return side
