"""Cases of working time taken from other desks' tests: values only, each file names its source."""

import json
from datetime import date, datetime, timedelta

import pytz

from odoo.addons.service_desk.worktime import (
    Offsets,
    Plan,
    SpecialDay,
    WorkingHours,
    parse_hours,
    wall_to_utc,
)
from odoo.addons.service_desk.worktime.moments import DAY, EPOCH_DAY, second_of

from .rights_common import DATA

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LONG = timedelta(days=400)


def files():
    """Return the contents of the files; in each case ``calendar`` is the calendar itself."""
    contents = []
    for path in sorted((DATA / "worktime").glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        for case in content["cases"]:
            if "calendar" in case:
                case["calendar"] = content["calendars"][case["calendar"]]
        contents.append(content)
    return contents


def cases(*kinds):
    """Return the cases of some kinds."""
    return [case for content in files() for case in content["cases"] if case["kind"] in kinds]


def seconds(pairs):
    """Return ``[["09:00", "17:00"]]`` as pairs of seconds of the day."""
    return parse_hours(",".join("-".join(pair) for pair in pairs)) if pairs else ()


def moment(text):
    """Return a UTC text as naive datetime."""
    return datetime.fromisoformat(text.removesuffix("Z"))


def closed_dates(calendar):
    """Yield the first and the last date of each holiday."""
    for text in calendar.get("holidays", []):
        first, _sep, last = text.partition("..")
        yield date.fromisoformat(first), date.fromisoformat(last or first)
    for text in calendar.get("yearly_holidays", []):
        for year in range(2017, 2021):
            yield (date.fromisoformat(f"{year}-{text}"),) * 2


def closed_seconds(calendar):
    """Yield the ``(from, to)`` seconds since 1970 of holidays and breaks."""
    offsets = Offsets(pytz.timezone(calendar["tz"]))
    for first, last in closed_dates(calendar):
        yield (
            offsets.utc(first.toordinal() - EPOCH_DAY, 0),
            offsets.utc(last.toordinal() - EPOCH_DAY, DAY),
        )
    for text, pairs in calendar.get("breaks", {}).items():
        day = date.fromisoformat(text).toordinal() - EPOCH_DAY
        for start, end in seconds(pairs):
            yield offsets.utc(day, start), offsets.utc(day, end)


def plan_of(calendar):
    """Return a calendar of a case as a plan."""
    return Plan.of_weeks(
        pytz.timezone(calendar["tz"]),
        {WEEKDAYS.index(name): seconds(pairs) for name, pairs in calendar["hours"].items()},
        special={
            date.fromisoformat(text).toordinal(): SpecialDay(seconds(pairs))
            for text, pairs in calendar.get("shifts", {}).items()
        },
        closed=closed_seconds(calendar),
    )


def hours_of(plan):
    """Return working hours that keep the tables of a plan."""
    tables = {}

    def spans_of(year):
        if year not in tables:
            tables[year] = plan.spans(year)
        return tables[year]

    return WorkingHours(spans_of, plan.zone)


def local_to_utc(case):
    """Return what a case of a local time asks for and what it expects."""
    (second, _end), *_rest = (
        seconds([[case["wall"], "24:00"]]) if case["wall"] < "24" else [(DAY, 0)]
    )
    zone = pytz.timezone(case["tz"])
    return wall_to_utc(zone, date.fromisoformat(case["date"]), second), moment(case["expected"])


def answer(case, hours):
    """Return what ``hours`` say to a case, and what it expects."""
    kind = case["kind"]
    return globals()[f"_{kind.removesuffix('_eod')}"](case, hours)


def _add(case, hours):
    found = hours.add_seconds(moment(case["start"]), case["target_seconds"])
    return found, moment(case["expected_due"])


def _sub(case, hours):
    found = hours.subtract_seconds(moment(case["start"]), case["target_seconds"])
    return found, moment(case["expected_due"])


def _add_days(case, hours):
    eod = case["kind"].endswith("eod")
    found = hours.add_days(moment(case["start"]), case["days"], end_of_day=eod)
    return found, moment(case["expected_due"])


def _sub_days(case, hours):
    eod = case["kind"].endswith("eod")
    found = hours.subtract_days(moment(case["start"]), case["days"], end_of_day=eod)
    return found, moment(case["expected_due"])


def _between(case, hours):
    start, end = moment(case["start"]), moment(case["end"])
    if case.get("clip"):
        start, end = max(start, moment(case["clip"][0])), min(end, moment(case["clip"][1]))
    found = hours.seconds_between(start, end)
    for pause in case.get("pauses", []):
        found -= hours.seconds_between(
            max(start, moment(pause["from"])), min(end, moment(pause["to"]))
        )
    return found, case["expected_seconds"]


def _working_at(case, hours):
    return hours.is_working(moment(case["at"])), case["expected"]


def _working_day(case, hours):
    return hours.is_working_day(date.fromisoformat(case["date"])), case["expected"]


def _periods(case, hours):
    at, count = moment(case["from"]), case["count"]
    if case["direction"] == "after":
        found = hours.periods(at, at + LONG)[:count]
    else:
        found = hours.periods(at - LONG, at)[::-1][:count]
    return found, [tuple(map(moment, pair)) for pair in case["expected"]]


def is_closed_at(case):
    """Return whether a holiday or a break holds at the moment of a case."""
    second = second_of(moment(case.get("at") or case["date"]))
    return any(start <= second < end for start, end in plan_of(case["calendar"]).closed)
