import random
from datetime import datetime, timedelta

import pytz

from odoo.tests import TransactionCase, tagged

from odoo.addons.service_desk.worktime import Spans
from odoo.addons.service_desk.worktime.moments import second_of


@tagged("post_install", "-at_install")
class TestWorkingTime(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Shop hours", "tz": "Europe/Berlin", "company_id": cls.company.id}
        )
        cls.times = cls.env["service_desk.working.time"]

    def _holiday(self, day, company=None):
        """A holiday of the calendar, or of all calendars of ``company``."""
        leaves = self.env["resource.calendar.leaves"].with_company(company or self.company)
        return leaves.create(
            {
                "name": "Holiday",
                "calendar_id": False if company else self.calendar.id,
                "date_from": f"{day} 00:00:00",
                "date_to": f"{day} 23:59:59",
            }
        )

    def test_answers_as_odoo_does(self):
        """Random questions over four years with holidays and both changes of the clock."""
        for day in ("2026-05-01", "2026-12-31", "2027-01-01", "2027-03-29"):
            self._holiday(day)
        hours, dice = self.times._of(self.calendar), random.Random(19)
        domain = [("time_type", "=", "leave"), ("company_id", "in", [False, self.company.id])]
        for _ in range(100):
            moment = datetime(2025, 6, 1) + timedelta(seconds=dice.randrange(3 * 365 * 86400))
            minutes = dice.choice([15, 60, 240, 480, 2400, 12000])
            expected = self.calendar.plan_hours(minutes / 60, moment, True, domain)
            self.assertEqual(hours.add(moment, minutes), expected, moment)

    def test_tables_are_those_of_odoo(self):
        """Every span of three years: two weeks, breaks, hours by duration, a time zone of half an hour."""
        kolkata, fortnight, by_duration = self.env["resource.calendar"].create(
            [
                {"name": "Half hour zone", "tz": "Asia/Kolkata"},
                {"name": "Two weeks", "tz": "America/New_York"},
                {"name": "By duration", "tz": "Europe/Samara"},
            ]
        )
        fortnight.switch_calendar_type()
        fortnight.attendance_ids.filtered(
            lambda line: line.week_type == "1" and line.day_period == "morning"
        ).unlink()
        by_duration.switch_based_on_duration()
        by_duration.attendance_ids.filtered(lambda line: line.day_period == "morning").write(
            {"duration_hours": 2.5}
        )
        start, end = datetime(2025, 1, 1), datetime(2028, 1, 1)
        for calendar in (self.calendar, kolkata, fortnight, by_duration):
            batch = calendar._work_intervals_batch(pytz.utc.localize(start), pytz.utc.localize(end))
            expected = Spans.of(
                (round(since.timestamp()), round(until.timestamp()))
                for since, until, _line in batch[False]
            )
            found = self.times._of(calendar).periods(start, end)
            self.assertEqual([second_of(since) for since, _until in found], [*expected.starts])
            self.assertEqual([second_of(until) for _since, until in found], [*expected.ends])
            self.assertGreater(len(found), 500, calendar.name)

    def test_back_is_forth_turned_round(self):
        hours, dice = self.times._of(self.calendar), random.Random(20)
        for _ in range(200):
            moment = datetime(2026, 1, 1) + timedelta(seconds=dice.randrange(365 * 86400))
            minutes = dice.choice([1, 30, 480, 4800])
            early = hours.subtract(moment, minutes)
            self.assertAlmostEqual(hours.minutes_between(early, moment), minutes, delta=0.05)
            self.assertTrue(hours.is_working(early))

    def test_edges(self):
        hours = self.times._of(self.calendar)  # Monday to Friday 8-12, 13-17 in Berlin
        friday = datetime(2026, 3, 6, 15, 0)  # 16:00 there
        self.assertEqual(hours.add(friday, 60), datetime(2026, 3, 6, 16, 0))
        self.assertEqual(hours.add(friday, 61), datetime(2026, 3, 9, 7, 1))
        self.assertEqual(hours.add(datetime(2026, 3, 7, 12, 0), 0), datetime(2026, 3, 9, 7, 0))
        self.assertFalse(hours.is_working(datetime(2026, 3, 6, 16, 0)))
        self.assertTrue(hours.is_working(datetime(2026, 3, 6, 15, 59, 59)))
        self.assertEqual(hours.minutes_between(friday, friday - timedelta(days=1)), 0)

    def test_a_new_holiday_counts_at_once_and_only_in_its_company(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        monday, hours = datetime(2026, 3, 9, 6, 0), self.times._of(self.calendar)
        self.assertEqual(hours.add(monday, 60), datetime(2026, 3, 9, 8, 0))
        self._holiday("2026-03-09", company=other)
        self.assertEqual(hours.add(monday, 60), datetime(2026, 3, 9, 8, 0))
        holiday = self._holiday("2026-03-09", company=self.company)
        self.assertEqual(hours.add(monday, 60), datetime(2026, 3, 10, 8, 0))
        holiday.unlink()
        self.assertEqual(hours.add(monday, 60), datetime(2026, 3, 9, 8, 0))

    def test_changed_hours_count_at_once(self):
        monday, hours = datetime(2026, 3, 9, 6, 0), self.times._of(self.calendar)
        self.assertEqual(hours.next_working(monday), datetime(2026, 3, 9, 7, 0))
        self.calendar.attendance_ids.filtered(lambda line: line.hour_from == 8).hour_from = 9
        self.assertEqual(hours.next_working(monday), datetime(2026, 3, 9, 8, 0))

    def test_day_and_night_is_exact(self):
        """Odoo's own sum over a calendar of 24 hours loses microseconds at each midnight."""
        days = [
            (0, 0, {"name": str(day), "dayofweek": str(day), "hour_from": 0, "hour_to": 24})
            for day in range(7)
        ]
        calendar = self.env["resource.calendar"].create(
            {"name": "Always", "tz": "Europe/Moscow", "attendance_ids": [(5, 0, 0), *days]}
        )
        hours, start = self.times._of(calendar), datetime(2026, 12, 20, 10, 30)
        self.assertEqual(hours.add(start, 30 * 24 * 60), start + timedelta(days=30))
        self.assertEqual(hours.minutes_between(start, start + timedelta(days=30)), 30 * 24 * 60)
        nobody = self.times._of(self.env["resource.calendar"])
        self.assertEqual(nobody.add(start, 90), start + timedelta(minutes=90))

    def test_a_calendar_without_work_ends(self):
        calendar = self.env["resource.calendar"].create(
            {"name": "Never", "attendance_ids": [(5, 0, 0)]}
        )
        hours = self.times._of(calendar)
        self.assertIsNone(hours.add(datetime(2026, 1, 1), 60))
        self.assertIsNone(hours.next_working(datetime(2026, 1, 1)))
        self.assertIsNone(hours.subtract(datetime(2026, 1, 1), 60))

    def test_few_queries(self):
        hours = self.times._of(self.calendar)
        hours.add(datetime(2026, 1, 5), 60)
        with self.assertQueryCount(0):
            for minutes in range(1, 1000):
                hours.add(datetime(2026, 1, 5), minutes)
