"""Where attendance is used, nobody gets a ticket who is not checked in."""

from datetime import timedelta

from odoo.tests import freeze_time, tagged

from odoo.addons.service_desk_hr.tests.common import MONDAY, HrCommon


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestAttendance(HrCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team_it.needs_check_in = True

    def _check_in(self, employee, at=MONDAY):
        return self.env["hr.attendance"].create({"employee_id": employee.id, "check_in": at})

    def _absences(self, at=None, team=None):
        users = self.agent | self.agent2
        return users._service_desk_absences(at, team=team or self.team_it)

    def _give_out(self):
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_assign").method_direct_trigger()

    def test_only_who_is_checked_in_is_there(self):
        self._check_in(self.anna)
        self.assertEqual(set(self._absences()), {self.agent2.id})
        self.assertEqual(self._absences()[self.agent2.id].reason_code, "not_checked_in")

    def test_list_of_people_says_it(self):
        profile = self.env["service_desk.agent"]._of_users(self.agent)
        self.assertEqual(profile.presence_text, "Not checked in")

    def test_checked_out_and_leave(self):
        attendance = self._check_in(self.anna, MONDAY - timedelta(hours=1))
        attendance.check_out = MONDAY - timedelta(minutes=1)
        self.assertIn(self.agent.id, self._absences())
        self._leave(self.boris, "2026-03-02")
        self._check_in(self.boris)
        self.assertEqual(self._absences()[self.agent2.id].reason_code, "leave")

    def test_forgotten_check_out_says_nothing_of_today(self):
        self._check_in(self.anna, MONDAY - timedelta(days=1))
        self.assertIn(self.agent.id, self._absences())

    def test_other_teams_do_not_ask(self):
        self.assertFalse(self._absences(team=self.team_private))
        self.team_it.needs_check_in = False
        self.assertFalse(self._absences())

    def test_nobody_knows_of_moments_to_come(self):
        self.assertFalse(self._absences(MONDAY + timedelta(days=1)))

    def test_no_ticket_before_check_in_and_at_once_after_it(self):
        ticket = self._create_ticket()
        self._give_out()
        self.assertFalse(ticket.user_id)
        self.assertEqual(ticket.assign_code, "absent")
        triggers = self.env["ir.cron.trigger"].sudo()
        domain = [("cron_id", "=", self.env.ref("service_desk.ir_cron_assign").id)]
        triggers.search(domain).unlink()
        self._check_in(self.anna)
        self.env.cr.precommit.run()
        self.assertTrue(triggers.search(domain), "the runner comes at once")
        self._give_out()
        self.assertEqual(ticket.user_id, self.agent)

    def test_check_out_stops_new_ones_and_moves_nothing(self):
        attendance = self._check_in(self.anna, MONDAY - timedelta(hours=1))
        mine = self._create_ticket()
        self._give_out()
        self.assertEqual(mine.user_id, self.agent)
        attendance.check_out = MONDAY
        other = self._create_ticket()
        self._give_out()
        self.assertEqual(mine.user_id, self.agent)
        self.assertFalse(other.user_id)

    def test_agent_checks_in_himself(self):
        """From the menu bar, without any right on attendances or scheduled actions."""
        self._create_ticket()
        self._give_out()
        self.env.invalidate_all()
        self.anna.sudo().with_user(self.agent).sudo()._attendance_action_change()
        self.env.cr.precommit.run()
        self.assertNotIn(self.agent.id, self._absences())

    def test_members_who_cannot_check_in_are_named(self):
        self.team_it.member_ids |= self.lead
        self.assertEqual(self.team_it.check_in_note, "Lena Lead")
        self.team_it.needs_check_in = False
        self.assertFalse(self.team_it.check_in_note)
