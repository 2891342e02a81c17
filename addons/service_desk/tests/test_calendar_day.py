"""Special days, production calendars, and who hears of a change of working time."""

from datetime import date, datetime
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ServiceDeskCommon

#: Working days and hours of a week of 40 hours, as the ministry of labour publishes them.
NORMS = {2024: (248, 1979), 2025: (247, 1972), 2026: (247, 1972)}


@tagged("post_install", "-at_install")
class TestCalendarDay(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.times = cls.env["service_desk.working.time"]
        # Time Off reads holidays in the zone of whoever writes them
        cls.env.user.tz = "Europe/Moscow"
        cls.calendar = cls._calendar("Office")
        cls.other = cls._calendar("Other office")

    @classmethod
    def _calendar(cls, name, company=None):
        lines = [
            (0, 0, {"name": name, "dayofweek": str(day), "hour_from": start, "hour_to": start + 4})
            for day in range(5)
            for start in (9, 14)
        ]
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": "Europe/Moscow",
                "company_id": (company or cls.company).id,
                "attendance_ids": [(5, 0, 0), *lines],
            }
        )

    def _day(self, date, calendar=None, **vals):
        return self.env["service_desk.calendar.day"].create(
            {"name": "Special", "date": date, "calendar_id": calendar and calendar.id, **vals}
        )

    def _hours(self, day, calendar=None, company=None):
        """Return the working hours of a date, in words of the local clock."""
        hours = self.times._of(calendar or self.calendar, company)
        start, end = hours.day_bounds(date.fromisoformat(day))
        return [
            (f"{since.hour + 3}:{since.minute:02d}", f"{until.hour + 3}:{until.minute:02d}")
            for since, until in hours.periods(start, end)
        ]

    USUAL = [("9:00", "13:00"), ("14:00", "18:00")]

    def test_kinds(self):
        self.assertEqual(self._hours("2026-03-14"), [])  # a Saturday
        worked = self._day("2026-03-14", self.calendar, kind="hours", hours="10 - 12.30;13-15")
        self.assertEqual(worked.hours, "10:00–12:30, 13:00–15:00")
        self.assertEqual(self._hours("2026-03-14"), [("10:00", "12:30"), ("13:00", "15:00")])
        worked.write({"kind": "like", "weekday": "0"})
        self.assertEqual(self._hours("2026-03-14"), self.USUAL)
        worked.less_minutes = 60
        self.assertEqual(self._hours("2026-03-14"), [("9:00", "13:00"), ("14:00", "17:00")])
        worked.less_minutes = 300
        self.assertEqual(self._hours("2026-03-14"), [("9:00", "12:00")])
        worked.kind = "off"
        self.assertEqual(self._hours("2026-03-14"), [])
        short = self._day("2026-03-13", self.calendar, kind="like", less_minutes=60)
        self.assertEqual(self._hours("2026-03-13"), [("9:00", "13:00"), ("14:00", "17:00")])
        short.unlink()
        self.assertEqual(self._hours("2026-03-13"), self.USUAL)
        self.assertEqual(self._hours("2026-03-13", self.other), self.USUAL)

    def test_own_day_goes_before_that_of_all(self):
        self._day("2026-03-12", kind="off")
        self.assertEqual(self._hours("2026-03-12"), [])
        self.assertEqual(self._hours("2026-03-12", self.other), [])
        self._day("2026-03-12", self.other, kind="hours", hours="8-9")
        self.assertEqual(self._hours("2026-03-12", self.other), [("8:00", "9:00")])
        self._day("2026-03-11", company_id=False, kind="off")
        self.assertEqual(self._hours("2026-03-11"), [])

    def test_day_of_one_company_is_nothing_to_another(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        shared = self._calendar("Shared")
        shared.company_id = False
        self._day("2026-03-12", shared, kind="off", company_id=company_b.id)
        self.assertEqual(self._hours("2026-03-12", shared, company_b), [])
        self.assertEqual(self._hours("2026-03-12", shared, self.company), self.USUAL)

    def test_holiday_beats_special_day(self):
        self._day("2026-03-14", self.calendar, kind="hours", hours="9-18")
        leave = self.env["resource.calendar.leaves"].create(
            {
                "name": "Inventory",
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-14 07:00:00",
                "date_to": "2026-03-14 08:00:00",
            }
        )
        self.assertEqual(self._hours("2026-03-14"), [("9:00", "10:00"), ("11:00", "18:00")])
        leave.write({"date_from": "2026-03-13 21:00:00", "date_to": "2026-03-14 20:59:59"})
        self.assertEqual(self._hours("2026-03-14"), [])
        leave.time_type = "other"  # a training is no holiday
        self.assertEqual(self._hours("2026-03-14"), [("9:00", "18:00")])

    def test_a_holiday_to_the_last_second_leaves_none(self):
        always = self.env["resource.calendar"].create(
            {
                "name": "Always",
                "tz": "Europe/Moscow",
                "attendance_ids": [
                    (5, 0, 0),
                    *(
                        (0, 0, {"name": "x", "dayofweek": str(day), "hour_from": 0, "hour_to": 24})
                        for day in range(7)
                    ),
                ],
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": always.id,
                "date_from": "2026-03-13 21:00:00",
                "date_to": "2026-03-14 20:59:59",
            }
        )
        hours = self.times._of(always)
        self.assertEqual(
            hours.add_seconds(datetime(2026, 3, 13, 20, 59, 30), 60),
            datetime(2026, 3, 14, 21, 0, 30),
        )

    def test_what_is_refused(self):
        for hours, text in (
            ("9-0", "ends before it begins"),
            ("9-12, 11-13", "overlaps"),
            ("9-25", "not a time of day"),
            ("from nine", "is not understood"),
            (False, "is not understood"),
        ):
            with self.assertRefused(ValidationError, text):
                self._day("2026-03-14", self.calendar, kind="hours", hours=hours)
        self._day("2026-03-15", self.calendar)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._day("2026-03-15", self.calendar)

    def test_never_open_is_refused_where_it_is_used(self):
        self.team_it.calendar_id = self.calendar
        self.env.cr.precommit.run()
        with self.assertRefused(ValidationError, "never open"), self.env.cr.savepoint():
            self.calendar.attendance_ids.unlink()
            self.env.cr.precommit.run()
        self.other.attendance_ids.unlink()  # nobody works by it
        self.env.cr.precommit.run()
        with self.assertRefused(ValidationError, "never open"):
            self.team_it.calendar_id = self.other
        self.other.schedule_type = "flexible"
        self.team_it.calendar_id = self.other

    def test_flexible_is_day_and_night(self):
        self.calendar.schedule_type = "flexible"
        hours, night = self.times._of(self.calendar), datetime(2026, 3, 14, 23)
        self.assertTrue(hours.is_working(night))
        self.assertEqual(hours.add_days(night, 1, end_of_day=True), datetime(2026, 3, 16, 21))

    def test_without_calendar_days_are_those_of_the_company(self):
        night = datetime(2026, 3, 14, 20, 30)
        for calendar, end in ((self.calendar, 21), (self._calendar("Samara"), 20)):
            if end == 20:
                calendar.tz = "Europe/Samara"
            self.company.resource_calendar_id = calendar
            hours = self.times._of(self.env["resource.calendar"], self.company)
            day = 14 if end == 21 else 15
            self.assertEqual(hours.add_days(night, 0, end_of_day=True), datetime(2026, 3, day, end))

    # ------------------------------------------------------------ who hears of it
    def _told(self, change):
        """Return what the hook is told of a change; None when it is not called."""
        self.env.cr.precommit.run()
        with patch.object(self.registry["service_desk.working.time"], "_on_hours_changed") as hook:
            change()
            self.env.cr.precommit.run()
        self.assertLessEqual(hook.call_count, 1)
        return hook.call_args.args[0] if hook.called else None

    def test_changes_are_told_once_with_their_calendars(self):
        line = self.calendar.attendance_ids[0]
        both = {self.calendar.id, self.other.id}

        def many():
            line.hour_from = 8
            line.hour_from = 7
            self.other.tz = "Europe/Samara"

        self.assertEqual(self._told(many), both)
        self.assertEqual(self._told(lambda: self._day("2026-05-05", self.other)), {self.other.id})
        self.assertEqual(self._told(lambda: self._day("2026-05-05")), set())
        self.assertEqual(self._told(line.unlink), {self.calendar.id})

    def test_what_changes_nothing_is_not_told(self):
        line, day = self.calendar.attendance_ids[0], self._day("2026-05-05", self.calendar)

        def nothing():
            line.name = "Mornings"
            line.hour_from = line.hour_from
            self.calendar.write({"name": "Bureau", "tz": self.calendar.tz})
            day.name = "Another name"

        self.assertIsNone(self._told(nothing))

    def test_leaves_of_one_person_are_nobody_elses(self):
        resource = self.env["resource.resource"].create(
            {"name": "Anna", "user_id": self.agent.id, "calendar_id": self.calendar.id}
        )
        vals = {
            "name": "Away",
            "resource_id": resource.id,
            "calendar_id": self.calendar.id,
            "date_from": "2026-03-12 00:00:00",
            "date_to": "2026-03-13 00:00:00",
        }
        leaves = self.env["resource.calendar.leaves"]
        self.assertIsNone(self._told(lambda: leaves.create(vals)))
        self.assertEqual(self._hours("2026-03-12"), self.USUAL)
        vals["resource_id"] = False
        self.assertEqual(self._told(lambda: leaves.create(vals)), {self.calendar.id})
        self.assertEqual(self._hours("2026-03-12"), [])

    # ------------------------------------------------------------ rights
    def test_nobody_makes_his_leave_a_holiday_of_all(self):
        resource = self.env["resource.resource"].create(
            {"name": "Egor", "user_id": self.employee.id, "calendar_id": self.calendar.id}
        )
        leave = (
            self.env["resource.calendar.leaves"]
            .with_user(self.employee)
            .create(
                {
                    "name": "Away",
                    "resource_id": resource.id,
                    "date_from": "2026-03-12 00:00:00",
                    "date_to": "2026-03-13 00:00:00",
                }
            )
        )
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            leave.resource_id = False
        leave.name = "Away again"

    def test_managers_keep_calendars_of_their_companies(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        elsewhere = self._calendar("Elsewhere", company_b)
        mine, theirs = (calendar.with_user(self.manager) for calendar in (self.calendar, elsewhere))
        mine.name = "Front office"
        mine.attendance_ids[0].hour_from = 8
        mine.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": mine.id,
                "date_from": "2026-03-12 00:00:00",
                "date_to": "2026-03-13 00:00:00",
            }
        ).name = "Another name"
        with self.assertRaises(AccessError):
            theirs.write({"name": "Taken over"})
        with self.assertRaises(AccessError):
            theirs.attendance_ids.write({"hour_from": 8})
        with self.assertRaises(AccessError):
            self.calendar.with_user(self.agent).write({"name": "Mine"})

    # ------------------------------------------------------------ Russia
    def _wizard(self, calendars, first="2024", last="2026"):
        return (
            self.env["service_desk.production.calendar"]
            .with_user(self.manager)
            .create(
                {
                    "calendar_ids": [(6, 0, calendars.ids)],
                    "first_year": first,
                    "last_year": last,
                }
            )
        )

    def test_production_calendar_equals_the_published_norms(self):
        self._wizard(self.calendar).action_load()
        hours = self.times._of(self.calendar)
        for year, (days, norm) in NORMS.items():
            first, last = date(year, 1, 1), date(year, 12, 31)
            start, end = hours.day_bounds(first)[0], hours.day_bounds(last)[1]
            worked = {since.date() for since, _until in hours.periods(start, end)}
            self.assertEqual(len(worked), days, year)
            self.assertEqual(hours.seconds_between(start, end), norm * 3600, year)

    def test_production_calendar_twice_and_off_again(self):
        days = self.env["service_desk.calendar.day"].with_context(lang="ru_RU")
        domain = [("calendar_id", "=", self.calendar.id)]
        mine = self._day("2026-01-05", self.calendar, kind="hours", hours="10-12")
        wizard = self._wizard(self.calendar, "2026", "2026")
        wizard.action_load()
        count = days.search_count(domain)
        wizard.action_load()
        self.assertEqual(days.search_count(domain), count)
        self.assertEqual(mine.hours, "10:00–12:00", "what is there already stays")
        changed = days.search([*domain, ("date", "=", "2026-06-11")])
        changed.less_minutes = 120
        wizard.action_remove()
        self.assertEqual(days.search(domain), mine | changed)
