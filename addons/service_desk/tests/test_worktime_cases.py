"""Every case of working time that other desks' tests hold, exactly: on plain data, and on calendars of Odoo."""

from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, tagged

from odoo.addons.service_desk.worktime import HoursError, parse_hours
from odoo.addons.service_desk.worktime.moments import moment_of

from . import worktime_cases as source
from .common import ServiceDeskCommon

KINDS = (
    "add", "sub", "add_days", "sub_days", "add_days_eod", "sub_days_eod", "between", "working_at", "working_day",
    "periods",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestWorktimePlainCases(BaseCase):
    def test_questions(self):
        cases = source.cases(*KINDS)
        self.assertEqual(len(cases), 110)
        for case in cases:
            found, expected = source.answer(case, source.hours_of(source.plan_of(case["calendar"])))
            self.assertEqual(found, expected, case)

    def test_local_times(self):
        for case in source.cases("wall_to_utc"):
            found, expected = source.local_to_utc(case)
            self.assertEqual(found, expected, case)

    def test_holidays_and_breaks(self):
        for case in source.cases("holiday_at", "break_at"):
            self.assertEqual(source.is_closed_at(case), case["expected"], case)

    def test_hours_that_are_none(self):
        for text, kind in (
            ("9-0", "order"),
            ("22-6", "order"),
            ("9-9", "order"),
            ("9-25", "time"),
            ("9:75-10", "time"),
            ("9-12, 11-13", "overlap"),
            ("nine to five", "form"),
            ("9", "form"),
            ("9-12,", "form"),
            ("", "form"),
        ):
            with self.assertRaises(HoursError) as refusal:
                parse_hours(text)
            self.assertEqual(refusal.exception.kind, kind, text)

    def test_hours_as_people_write_them(self):
        self.assertEqual(parse_hours("14:00–17.30; 9 - 13"), ((32400, 46800), (50400, 63000)))
        self.assertEqual(parse_hours("0-24"), ((0, 86400),))
        self.assertEqual(parse_hours("0:00-23:59"), ((0, 86400),))


@tagged("post_install", "-at_install")
class TestWorktimeOdooCases(ServiceDeskCommon):
    def _calendar(self, content):
        lines = [
            (0, 0, {
                "name": name, "dayofweek": str(day), "hour_from": start / 3600, "hour_to": end / 3600,
            })
            for day, name in enumerate(source.WEEKDAYS)
            for start, end in source.seconds(content["hours"].get(name))
        ]  # fmt: skip
        calendar = self.env["resource.calendar"].create(
            {"name": "case", "tz": content["tz"], "attendance_ids": [(5, 0, 0), *lines]}
        )
        self.env.user.tz = content[
            "tz"
        ]  # Time Off reads holidays in the zone of whoever writes them
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": "closed",
                    "calendar_id": calendar.id,
                    "date_from": moment_of(start),
                    "date_to": moment_of(end),
                }
                for start, end in source.closed_seconds(content)
            ]
        )
        self.env["service_desk.calendar.day"].create(
            [
                {
                    "name": "shift",
                    "date": date,
                    "calendar_id": calendar.id,
                    "kind": "hours",
                    "hours": ", ".join("-".join(pair) for pair in pairs),
                }
                for date, pairs in content.get("shifts", {}).items()
            ]
        )
        return calendar

    def test_questions(self):
        for content in source.files():
            found = {}
            for case in content["cases"]:
                if case["kind"] not in KINDS:
                    continue
                key = id(case["calendar"])
                if key not in found:
                    found[key] = self.env["service_desk.working.time"]._of(
                        self._calendar(case["calendar"])
                    )
                answer, expected = source.answer(case, found[key])
                self.assertEqual(answer, expected, case)

    def test_refusals(self):
        ends_at_midnight, no_hours = source.cases("reject")
        with self.assertRefused(ValidationError, "ends before it begins"):
            self.env["resource.calendar"].create(
                {
                    "name": ends_at_midnight["name"],
                    "attendance_ids": [
                        (5, 0, 0),
                        (0, 0, {"name": "mon", "dayofweek": "0", "hour_from": 9, "hour_to": 0}),
                    ],
                }
            )
        never = self.env["resource.calendar"].create(
            {"name": no_hours["name"], "attendance_ids": [(5, 0, 0)]}
        )
        with self.assertRefused(ValidationError, "never open"):
            self.team_it.calendar_id = never
