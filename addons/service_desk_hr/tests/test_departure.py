"""No open ticket stays with somebody who has left."""

from odoo.tests import freeze_time, tagged

from .common import MONDAY, HrCommon


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestDeparture(HrCommon):
    def setUp(self):
        super().setUp()
        self.ticket = self._create_ticket(user_id=self.agent.id)
        self.waiting = self._create_ticket(user_id=self.agent.id)
        self.waiting._write_state({"state": "waiting"})
        self.done = self._create_ticket(user_id=self.agent.id)
        self.done._write_state({"state": "closed"})

    def _wizard(self, user=None, **vals):
        return (
            self.env["hr.departure.wizard"]
            .with_user(user or self.hr_user)
            .with_context(active_ids=self.anna.ids, employee_termination=True)
            .create({"employee_ids": [(6, 0, self.anna.ids)], **vals})
        )

    def _assert_nothing_left(self):
        self.env.flush_all()
        self.assertFalse((self.ticket | self.waiting).user_id)
        self.assertEqual(self.done.user_id, self.agent, "history stays")

    def test_archiving_the_employee(self):
        self.anna.with_user(self.hr_user).action_archive()
        self._assert_nothing_left()
        self.assertEqual(self.agent._service_desk_absences()[self.agent.id].reason_code, "gone")

    def test_departure_wizard(self):
        wizard = self._wizard()
        self.assertIn("go to others", wizard.service_desk_note)
        self.assertNotRegex(wizard.service_desk_note, r"\d", "HR may see no ticket")
        wizard.action_register_departure()
        self._assert_nothing_left()

    def test_departure_wizard_of_a_manager_of_the_desk(self):
        self.hr_user.group_ids |= self.env.ref("service_desk.service_desk_group_manager")
        self.assertIn(": 2.", self._wizard().service_desk_note)

    def test_departure_with_the_user(self):
        self.hr_user.group_ids |= self.env.ref("base.group_erp_manager")
        self._wizard(remove_related_user=True).action_register_departure()
        self.assertFalse(self.agent.active)
        told = self.env["mail.message"].search_count([("body", "like", "works here no longer")])
        self.assertEqual(told, 1, "once, though the employee and his user were archived")
        self._assert_nothing_left()

    def test_archiving_the_user(self):
        self.agent.active = False
        self._assert_nothing_left()

    def test_leads_hear_of_somebody_without_tickets(self):
        (self.ticket | self.waiting).user_id = self.agent2
        self._plan_shift()
        self.anna.with_user(self.hr_user).action_archive()
        message = self.env["mail.message"].search(
            [("message_type", "=", "user_notification")], order="id desc", limit=1
        )
        self.assertIn(self.lead.partner_id, message.notified_partner_ids)
        self.assertIn("must take: 1, the first on 5 March", message.body)
        self.assertIn("still named", message.body)

    def _plan_shift(self):
        rota = self.env["service_desk.oncall"].create({"name": "IT", "team_id": self.team_it.id})
        self.env["service_desk.oncall.shift"].create(
            {
                "oncall_id": rota.id,
                "user_id": self.agent.id,
                "start_at": "2026-03-05 14:00:00",
                "end_at": "2026-03-06 04:00:00",
            }
        )

    def test_leads_are_told(self):
        self.anna.with_user(self.hr_user).action_archive()
        messages = self.env["mail.message"].search(
            [
                ("message_type", "=", "user_notification"),
                ("notified_partner_ids", "in", self.lead.partner_id.ids),
            ]
        )
        body = "".join(map(str, messages.mapped("body")))
        self.assertEqual(body.count("Anna Agent works here no longer"), 1)
        self.assertIn(self.ticket.number, body)
        self.assertIn("Anna Agent is still named in IT", body)

    def test_one_of_two_employments_ends(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.agent.company_ids |= company
        self._create_employee(
            self.agent,
            self.calendar.copy({"company_id": company.id}),
            company_id=company.id,
            work_contact_id=False,
        )
        self.anna.with_user(self.hr_user).action_archive()
        self.assertEqual(self.ticket.user_id, self.agent)

    def test_come_back(self):
        self.anna.with_user(self.hr_user).action_archive()
        self.anna.with_user(self.hr_user).action_unarchive()
        self.assertFalse(self.agent._service_desk_absences())

    def test_no_open_ticket_with_the_archived(self):
        """The invariant, whoever archives what."""
        for step in (self.boris.action_archive, self.agent.action_archive):
            step()
        gone = self.env["res.users"].with_context(active_test=False).search([])
        gone = gone.browse(gone._service_desk_left_ids()) | gone.filtered(lambda u: not u.active)
        self.assertFalse(
            self.env["service_desk.ticket"].search_count(
                [("user_id", "in", gone.ids), ("is_open", "=", True)]
            )
        )
