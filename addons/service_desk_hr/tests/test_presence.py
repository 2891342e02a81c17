"""Who is there: the whole table of working hours, time zones, leaves and out of office."""

from datetime import datetime

from odoo.tests import freeze_time, tagged

from .common import MONDAY, HrCommon


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestPresence(HrCommon):
    def test_hours_of_the_employee_in_his_time_zone(self):
        """8:00 to 17:00 in Ulyanovsk is 4:00 to 13:00 UTC, in Berlin 7:00 to 16:00 UTC."""
        self.boris.write({"resource_calendar_id": self.calendar_berlin.id, "tz": "Europe/Berlin"})
        for hour, anna_is_in, boris_is_in in (
            (3, False, False),
            (4, True, False),
            (6, True, False),
            (7, True, True),
            (8, False, True),  # Anna's lunch
            (11, True, False),  # Boris's lunch
            (12, True, True),
            (14, False, True),
            (16, False, False),
        ):
            at = datetime(2026, 3, 2, hour)
            with self.subTest(hour=hour):
                self.assertEqual(not self._absence(self.agent, at), anna_is_in)
                self.assertEqual(not self._absence(self.agent2, at), boris_is_in)

    def test_leave_of_days_ends_on_the_next_working_day(self):
        self._leave(self.anna, "2026-03-04", "2026-03-06")
        self.assertFalse(self._absence(self.agent))
        absence = self._absence(self.agent, datetime(2026, 3, 4, 7))
        self.assertEqual(absence.reason_code, "leave")
        self.assertEqual(absence.until, datetime(2026, 3, 9, 4), "Monday 8:00, not Friday 17:00")

    def test_leaves_in_a_row_are_one(self):
        self._leave(self.anna, "2026-03-02", "2026-03-03")
        self._leave(self.anna, "2026-03-04")
        self.assertEqual(self._absence(self.agent).until, datetime(2026, 3, 5, 4))

    def test_half_a_day(self):
        self.leave_type.request_unit = "half_day"
        self._leave(
            self.anna,
            "2026-03-02",
            request_date_from_period="pm",
            request_date_to_period="pm",
        )
        self.assertFalse(self._absence(self.agent), "in the morning she is there")
        absence = self._absence(self.agent, datetime(2026, 3, 2, 10))
        self.assertEqual(absence.reason_code, "leave")
        self.assertEqual(absence.until, datetime(2026, 3, 3, 4))

    def test_two_hours(self):
        self._leave(
            self.anna,
            "2026-03-02",
            request_unit_hours=True,
            request_hour_from=9,
            request_hour_to=11,
        )
        self.assertEqual(self._absence(self.agent).until, datetime(2026, 3, 2, 7))
        self.assertFalse(self._absence(self.agent, datetime(2026, 3, 2, 7)))

    def test_training_is_work(self):
        self._leave(self.anna, "2026-03-02", holiday_status_id=self.training_type.id)
        self.assertFalse(self._absence(self.agent))

    def test_unapproved_refused_and_shortened_leaves(self):
        leave = self._request_leave(self.anna, "2026-03-02", "2026-03-06")
        self.assertFalse(self._absence(self.agent), "not approved")
        self._approve(leave)
        self.assertTrue(self._absence(self.agent))
        leave.with_user(self.hr_user).action_refuse()
        self.assertFalse(self._absence(self.agent), "refused")
        leave.with_user(self.hr_user).action_approve()
        # what Odoo keeps of the leave for its calendars may lag behind: the request itself decides
        leave.sudo().with_context(leave_skip_state_check=True).write(
            {"request_date_to": "2026-03-03"}
        )
        self.assertFalse(self._absence(self.agent, datetime(2026, 3, 4, 7)), "shortened")
        self.assertEqual(self._absence(self.agent).until, datetime(2026, 3, 4, 4))

    def test_leave_without_fixed_hours(self):
        self.anna.resource_calendar_id = False
        self._leave(self.anna, "2026-03-03")
        self._leave(self.anna, "2026-03-04")
        self.assertFalse(self._absence(self.agent, datetime(2026, 3, 2, 18)), "works at any time")
        self.assertEqual(self._absence(self.agent, datetime(2026, 3, 3, 12)).reason_code, "leave")
        self.assertFalse(self._absence(self.agent, datetime(2026, 3, 5, 12)))

    def test_contract_of_the_day_decides(self):
        self.anna.write({"contract_date_start": "2026-01-01", "contract_date_end": "2026-02-28"})
        self.anna.create_version(
            {
                "date_version": "2026-03-01",
                "contract_date_start": "2026-03-01",
                "contract_date_end": False,
                "resource_calendar_id": self.calendar_berlin.id,
            }
        )
        self.env.flush_all()
        # Odoo brings the calendar of the resource up to date only when somebody writes the employee
        self.anna.resource_id.calendar_id = self.calendar
        self.anna.resource_id.tz = "Europe/Berlin"
        self.assertTrue(self._absence(self.agent, datetime(2026, 3, 2, 6)))
        self.assertFalse(self._absence(self.agent, datetime(2026, 3, 2, 15)))

    def test_employee_of_two_companies(self):
        """His hours are those of the team's company; a leave in one keeps him away from both."""
        company = self.env["res.company"].create({"name": "Second"})
        self.agent.company_ids |= company
        evening = self.calendar.copy({"company_id": company.id})
        evening.attendance_ids.filtered(lambda a: a.hour_from == 13).hour_to = 21
        second = self._create_employee(
            self.agent,
            evening,
            company_id=company.id,
            work_contact_id=False,
        )
        team = self.env["service_desk.team"].create({"name": "Second", "company_id": company.id})
        at = datetime(2026, 3, 2, 15)
        self.assertEqual(
            self.agent._service_desk_absences(at, team=self.team_it)[self.agent.id].reason_code,
            "hours",
        )
        self.assertFalse(self.agent._service_desk_absences(at, team=team))
        self._leave(self.anna, "2026-03-02", "2026-03-03")
        self.assertTrue(self.agent._service_desk_absences(at, team=team))
        self.assertTrue(second.active)

    def test_out_of_office_and_leave_together(self):
        self.agent.write(
            {"out_of_office_from": "2026-03-02 04:00:00", "out_of_office_to": "2026-03-03 13:00:00"}
        )
        self._leave(self.anna, "2026-03-04")
        absence = self._absence(self.agent)
        self.assertEqual(absence.reason_code, "out_of_office")
        self.assertEqual(absence.until, datetime(2026, 3, 5, 4))

    def test_public_holiday_of_the_region(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "date_from": "2026-03-02 04:00:00",
                "date_to": "2026-03-02 13:00:00",
            }
        )
        self.assertEqual(self._absence(self.agent).reason_code, "hours")
        self.assertEqual(self._absence(self.agent).until, datetime(2026, 3, 3, 4))

    def test_absence_of_many_is_a_few_queries(self):
        users = self.agent | self.agent2 | self.boss
        users._service_desk_absences()
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            users._service_desk_absences()
