"""Who approves follows the chart of employees and their leaves."""

from datetime import timedelta

from odoo.tests import freeze_time, new_test_user, tagged

from .common import MONDAY, HrCommon


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestApproval(HrCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy, cls.head = (
            new_test_user(
                cls.env, login=f"sd_{name.lower()}99", groups="base.group_user", name=name
            )
            for name in ("Deputy", "Head")
        )
        cls.employee_head = cls._create_employee(cls.head)
        cls.shops, cls.office = cls.env["hr.department"].create(
            [
                {"name": "Shops", "manager_id": cls.employee_boss.id},
                {"name": "Office", "manager_id": cls.employee_head.id},
            ]
        )
        cls.egor = cls._create_employee(cls.employee, department_id=cls.shops.id)
        cls.env["service_desk.agent"].create({"user_id": cls.boss.id, "deputy_id": cls.deputy.id})
        service = cls.env["service_desk.service"].create(
            {
                "name": "Workplace",
                "company_id": cls.company.id,
                "team_id": cls.team_it.id,
                "owner_id": cls.hr_user.id,
            }
        )
        cls.policy = cls.env["service_desk.approval.policy"].create(
            {
                "name": "Manager",
                "service_id": service.id,
                "step_ids": [(0, 0, {"name": "Manager", "who": "manager"})],
            }
        )
        cls.offering = cls.env["service_desk.offering"].create(
            {
                "name": "Order a workplace",
                "service_id": service.id,
                "type_id": cls.type_request.id,
                "state": "published",
                "approval_policy_id": cls.policy.id,
            }
        )
        cls.away_cron = cls.env.ref("service_desk.ir_cron_approvers_away")

    def _order(self, partner=None):
        return self._create_ticket(
            name="A new workplace",
            offering_id=self.offering.id,
            type_id=self.type_request.id,
            partner_id=(partner or self.employee.partner_id).id,
        )

    def _asked(self, ticket):
        pending = ticket.approval_ids.request_ids.filtered(lambda r: r.state == "pending")
        return pending.partner_id

    def _run_away(self):
        with self.enter_registry_test_mode():
            self.away_cron.method_direct_trigger()

    def _wakes(self):
        return self.env["ir.cron.trigger"].search([("cron_id", "=", self.away_cron.id)])

    def test_another_department_is_another_approver(self):
        ticket = self._order()
        self.assertEqual(self._asked(ticket), self.boss.partner_id)
        self.egor.department_id = self.office
        self.assertEqual(self._asked(self._order()), self.head.partner_id)
        self.assertEqual(self._asked(ticket), self.boss.partner_id, "what was asked stays")

    def test_the_manager_goes_before_the_head(self):
        self.egor.parent_id = self.anna
        self.assertEqual(self._asked(self._order()), self.agent.partner_id)
        self.policy.step_ids.who = "department_head"
        self.assertEqual(self._asked(self._order()), self.boss.partner_id)

    def test_the_head_asks_for_himself(self):
        self.policy.step_ids.who = "department_head"
        self.shops.parent_id = self.office
        self.employee_boss.department_id = self.shops
        self.assertEqual(self._asked(self._order(self.boss.partner_id)), self.head.partner_id)

    def test_a_leave_of_today_gives_it_to_the_deputy_within_a_minute(self):
        ticket = self._order()
        self._wakes().unlink()
        leave = self._leave(self.employee_boss, "2026-03-02", "2026-03-06")
        soon = MONDAY + timedelta(minutes=1)
        self.assertLessEqual(min(self._wakes().mapped("call_at")), soon)
        # asked before the job runs: it forgets what is over by the clock of the database
        self.assertIn(leave.date_to, self._wakes().mapped("call_at"))
        self._run_away()
        self.assertEqual(self._asked(ticket), self.deputy.partner_id)
        texts = " ".join(ticket.approval_log_ids.mapped("text"))
        self.assertIn("Boss is away: Deputy decides.", texts)
        self.assertNotIn("Canary", texts)
        with freeze_time(leave.date_to + timedelta(seconds=1)):
            self._run_away()
        self.assertEqual(self._asked(ticket), self.boss.partner_id)

    def test_a_leave_that_is_still_to_come(self):
        ticket = self._order()
        self._wakes().unlink()
        leave = self._leave(self.employee_boss, "2026-03-04", "2026-03-06")
        self.assertIn(leave.date_from, self._wakes().mapped("call_at"))
        self._run_away()
        self.assertEqual(self._asked(ticket), self.boss.partner_id)
        with freeze_time(leave.date_from):
            self._run_away()
        self.assertEqual(self._asked(ticket), self.deputy.partner_id)

    def test_asked_during_the_leave(self):
        self._leave(self.employee_boss, "2026-03-02", "2026-03-06")
        self.assertEqual(self._asked(self._order()), self.deputy.partner_id)

    def test_people_without_a_login(self):
        cook, chef = self.env["res.partner"].create(
            [
                {"name": "Cook", "email": "cook@x.example"},
                {"name": "Chef", "email": "chef@x.example"},
            ]
        )
        above = self.env["hr.employee"].create({"name": "Chef", "work_contact_id": chef.id})
        self.env["hr.employee"].create(
            {"name": "Cook", "work_contact_id": cook.id, "parent_id": above.id}
        )
        self.assertEqual(self._asked(self._order(cook)), chef)
