"""Working hours of the tables of cases: calendars as plain data, compiled as those of Odoo are."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.addons.service_desk.worktime import (
    AlwaysWorking,
    Plan,
    SpecialDay,
    WorkingHours,
    wall_to_utc,
)

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def hours_of(calendar):
    """Return the hours object of a calendar of the tables; ``None`` is day and night in UTC."""
    zone = ZoneInfo((calendar or {}).get("tz", "UTC"))
    if not calendar or calendar.get("always"):
        return AlwaysWorking(zone)
    plan = plan_of(calendar, zone)
    kept = {}

    def spans_of(year):
        if year not in kept:
            kept[year] = plan.spans(year)
        return kept[year]

    return WorkingHours(spans_of, zone)


def plan_of(calendar, zone):
    """Return the plan: a holiday beats a shift, a break cuts both."""
    special = {}
    for day, pairs in calendar.get("shifts", {}).items():
        special[date.fromisoformat(day).toordinal()] = SpecialDay(tuple(map(_pair, pairs)))
    for text in calendar.get("holidays", ()):
        first, _dots, last = text.partition("..")
        day, last = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= last:
            special[day.toordinal()] = SpecialDay(())
            day += timedelta(days=1)
    closed = [
        tuple(_utc_second(zone, day, second) for second in _pair(pair))
        for day, pairs in calendar.get("breaks", {}).items()
        for pair in pairs
    ]
    weeks = [_week(calendar[name]) for name in ("hours", "odd_hours") if name in calendar]
    return Plan.of_weeks(zone, *weeks, special=special, closed=closed)


def second_of_day(text):
    """Return the second of the day of ``9:30`` or ``24:00``."""
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def _week(hours):
    return {DAYS.index(day): [_pair(pair) for pair in pairs] for day, pairs in hours.items()}


def _pair(pair):
    return tuple(second_of_day(text) for text in pair)


def _utc_second(zone, day, second):
    moment = wall_to_utc(zone, date.fromisoformat(day), second)
    return round((moment - datetime(1970, 1, 1)).total_seconds())
