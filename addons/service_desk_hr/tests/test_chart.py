from odoo.tests import freeze_time, new_test_user, tagged

from .common import MONDAY, HrCommon


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestChart(HrCommon):
    """Who answers for an employee, and who does it while the manager is away."""

    def test_manager_of_the_chart(self):
        self.assertEqual(self.agent._service_desk_manager(), self.boss)

    def test_manager_of_the_profile_goes_first(self):
        profile = self.env["service_desk.agent"]._of_users(self.agent)
        profile.manager_id = self.lead
        self.assertEqual(self.agent._service_desk_manager(), self.lead)

    def test_manager_without_user_is_passed_over(self):
        director = new_test_user(self.env, login="sd_director", groups="base.group_user")
        above = self._create_employee(director)
        self.employee_boss.write({"user_id": False, "parent_id": above.id})
        self.assertEqual(self.agent._service_desk_manager(), director)

    def test_archived_manager_is_passed_over(self):
        self.employee_boss.parent_id = self._create_employee(self.lead)
        self.boss.active = False
        self.assertEqual(self.agent._service_desk_manager(), self.lead)

    def test_head_of_department_where_nobody_is_above(self):
        head = self.env["hr.department"].create(
            {"name": "IT", "manager_id": self.employee_boss.id, "company_id": self.company.id}
        )
        own = self.env["hr.department"].create(
            {"name": "Desk", "parent_id": head.id, "company_id": self.company.id}
        )
        own.manager_id = self.anna
        self.anna.write({"parent_id": False, "department_id": own.id})
        self.anna.parent_id = False
        self.assertEqual(self.agent._service_desk_manager(), self.boss, "he is head of his own")

    def test_people_above_each_other_end(self):
        self.employee_boss.user_id = False
        self.employee_boss.parent_id = self.boris
        self.boris.write({"user_id": False, "parent_id": self.employee_boss.id})
        self.assertFalse(self.agent._service_desk_manager())

    def test_agent_asks_without_rights_on_employees(self):
        manager = self.agent2.with_user(self.agent2)._service_desk_manager()
        self.assertEqual(manager, self.boss)

    def test_stand_in_of_a_manager_on_leave(self):
        self._leave(self.employee_boss, "2026-03-02", "2026-03-06")
        manager = self.agent._service_desk_manager()
        self.assertFalse(manager._service_desk_stand_in(), "nobody stands in")
        self.env["service_desk.agent"]._of_users(self.boss).deputy_id = self.agent2
        self.assertEqual(manager._service_desk_stand_in(), self.agent2)
        self._leave(self.boris, "2026-03-02")
        self.env["service_desk.agent"]._of_users(self.agent2).deputy_id = self.boss
        self.assertFalse(manager._service_desk_stand_in(), "deputies of each other end")
