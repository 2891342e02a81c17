from datetime import datetime, timedelta

from odoo.tests import freeze_time, tagged

from .escalation_common import MONDAY, EscalationCommon


@tagged("post_install", "-at_install")
class TestClassification(EscalationCommon):
    """A new ticket is classified within the norm of its team, or its leads hear of it once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team_it.classify_minutes = 30
        cls.service = cls.env["service_desk.service"].create({"name": "Tills"})

    def _watch(self, moment):
        self._run(moment, "ir_cron_raise_unclassified")

    def test_leads_are_told_once(self):
        ticket = self._ticket_at(MONDAY)
        self.assertEqual(ticket.classify_by, MONDAY + timedelta(minutes=30))
        self.assertIn(ticket.classify_by, self._wake_ups("ir_cron_raise_unclassified"))
        self._watch(MONDAY + timedelta(minutes=29))
        self.assertFalse(self._told(ticket))
        for minutes in (30, 31, 600):
            self._watch(MONDAY + timedelta(minutes=minutes))
            self.assertEqual(self._told(ticket), ["Lena Lead"])
        self.assertEqual(ticket.classify_raised_at, MONDAY + timedelta(minutes=30))
        self.assertIn(
            "Not classified within 30 working minutes. Told: Lena Lead.",
            ticket.decision_ids.mapped("text"),
        )

    def test_mail_of_it(self):
        ticket = self._ticket_at(MONDAY)
        moment = MONDAY + timedelta(minutes=30)
        self._watch(moment)
        self.env["service_desk.notice"].search([]).due_at = moment
        before = self.env["mail.mail"].search([])
        self._run(moment, "ir_cron_send_notices")
        mails = self.env["mail.mail"].search([]) - before
        mail = mails.filtered(lambda mail: self.lead.partner_id in mail.recipient_ids)
        self.assertIn(ticket.number, mail.body_html)
        self.assertIn("classified", mail.body_html)

    def test_working_minutes(self):
        evening = datetime(2026, 3, 6, 15, 50)  # Friday, ten minutes before the end
        self.assertEqual(self._ticket_at(evening).classify_by, datetime(2026, 3, 9, 8, 20))

    def test_choosing_the_service_classifies(self):
        ticket = self._ticket_at(MONDAY)
        self._write_at(MONDAY + timedelta(minutes=9), ticket, service_id=self.service.id)
        self.assertEqual(ticket.classified_at, MONDAY + timedelta(minutes=9))
        self._watch(MONDAY + timedelta(hours=1))
        self.assertFalse(self._told(ticket))
        self.assertTrue(self._ticket_at(MONDAY, service_id=self.service.id).classified_at)

    def test_confirming_classifies(self):
        ticket = self._ticket_at(MONDAY)
        with freeze_time(MONDAY):
            ticket.with_user(self.agent).action_confirm_classification()
        self.assertEqual(ticket.classified_at, MONDAY)

    def test_done_tickets_and_teams_without_norm(self):
        ticket = self._ticket_at(MONDAY)
        self._write_at(MONDAY, ticket, state="cancelled")
        other = self._ticket_at(MONDAY, team_id=self.team_private.id)
        self.assertFalse(other.classify_by)
        self._watch(MONDAY + timedelta(hours=2))
        self.assertFalse(self._told(ticket | other))

    def test_other_team_other_norm(self):
        ticket = self._ticket_at(MONDAY)
        team = self.env["service_desk.team"].create({"name": "Quick", "classify_minutes": 5})
        self._write_at(MONDAY + timedelta(minutes=2), ticket, team_id=team.id)
        self.assertTrue(ticket.classify_by)
        team.classify_minutes = 0
        self._write_at(MONDAY + timedelta(minutes=3), ticket, team_id=self.team_it.id)
        self._write_at(MONDAY + timedelta(minutes=4), ticket, team_id=team.id)
        self.assertFalse(ticket.classify_by)

    def test_not_classified_is_a_filter(self):
        ticket = self._ticket_at(MONDAY)
        done = self._ticket_at(MONDAY, service_id=self.service.id)
        found = self.env["service_desk.ticket"].search(
            [("is_open", "=", True), ("classified_at", "=", False)]
        )
        self.assertIn(ticket, found)
        self.assertNotIn(done, found)
