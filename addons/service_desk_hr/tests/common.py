from datetime import datetime, timedelta

from odoo.tests import new_test_user

from odoo.addons.service_desk.tests.common import ServiceDeskCommon

#: A Monday, 10:00 in Ulyanovsk (+4).
MONDAY = datetime(2026, 3, 2, 6, 0)


class HrCommon(ServiceDeskCommon):
    """The people of the desk are employees: two in Ulyanovsk, one in Berlin, with their manager above them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._create_calendar("Europe/Ulyanovsk")
        cls.calendar_berlin = cls._create_calendar("Europe/Berlin")
        cls.team_it.write({"assign_method": "balanced", "calendar_id": cls.calendar.id})
        cls.boss = new_test_user(cls.env, login="sd_boss01", groups="base.group_user", name="Boss")
        cls.hr_user = new_test_user(
            cls.env,
            login="sd_hr_user1",
            groups="hr_holidays.group_hr_holidays_manager,hr.group_hr_manager",
            name="Hanna HR",
        )
        cls.employee_boss = cls._create_employee(cls.boss)
        cls.anna = cls._create_employee(cls.agent, parent_id=cls.employee_boss.id)
        cls.boris = cls._create_employee(cls.agent2, parent_id=cls.employee_boss.id)
        cls.leave_type = cls.env["hr.leave.type"].create(
            {
                "name": "Canary Disease",
                "requires_allocation": False,
                "leave_validation_type": "hr",
                "request_unit": "hour",
            }
        )
        cls.training_type = cls.env["hr.leave.type"].create(
            {
                "name": "Training",
                "requires_allocation": False,
                "leave_validation_type": "hr",
                "time_type": "other",
            }
        )
        cls.cron = cls.env.ref("service_desk_hr.ir_cron_begin_absences")

    @classmethod
    def _create_calendar(cls, tz):
        """Monday to Friday, 8:00-12:00 and 13:00-17:00."""
        hours = [(8, 12, "morning"), (13, 17, "afternoon")]
        return cls.env["resource.calendar"].create(
            {
                "name": tz,
                "tz": tz,
                "attendance_ids": [(5, 0, 0)]
                + [
                    (
                        0,
                        0,
                        {
                            "name": f"{day} {period}",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": period,
                        },
                    )
                    for day in range(5)
                    for start, end, period in hours
                ],
            }
        )

    @classmethod
    def _create_employee(cls, user, calendar=None, **vals):
        calendar = calendar or cls.calendar
        user.tz = user.tz if user.employee_ids else calendar.tz  # Odoo keeps one for all
        return cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": cls.company.id,
                "resource_calendar_id": calendar.id,
                "tz": calendar.tz,
                "work_contact_id": user.partner_id.id,
                **vals,
            }
        )

    def _request_leave(self, employee, start, end=None, **vals):
        """Return a leave that nobody has approved yet, of whole days by default."""
        return self.env["hr.leave"].create(
            {
                "employee_id": employee.id,
                "holiday_status_id": self.leave_type.id,
                "request_date_from": start,
                "request_date_to": end or start,
                **vals,
            }
        )

    def _approve(self, leave):
        leave.with_user(self.hr_user).action_approve()
        return leave

    def _leave(self, employee, start, end=None, **vals):
        return self._approve(self._request_leave(employee, start, end, **vals))

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def _absence(self, user, at=None):
        return user._service_desk_absences(at).get(user.id)

    def _days(self, count):
        return timedelta(days=count)
