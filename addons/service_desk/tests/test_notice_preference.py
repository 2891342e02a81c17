from odoo.exceptions import AccessError
from odoo.tests import Form, tagged, users

from .common_mail import ServiceDeskMailCommon


@tagged("post_install", "-at_install")
class TestNoticePreference(ServiceDeskMailCommon):
    """Who wants to hear of what: the person before his company before the built-in."""

    def test_even_the_acknowledgement_may_be_off(self):
        self.requester.service_desk_notice_opened = "never"
        ticket = self._create_ticket(partner_id=self.requester.id)
        self._run_notices()
        self.assertFalse(self._new_mails(self.requester))
        notice = self.env["service_desk.notice"].search(
            [("ticket_id", "=", ticket.id), ("event", "=", "opened")]
        )
        self.assertEqual(notice.outcome, "unwanted")

    def test_digest_gathers_tickets_into_one_mail(self):
        self.requester.service_desk_notice_state = "digest"
        tickets = self._create_silent_ticket(state="open") | self._create_silent_ticket(
            state="open", name="No paper"
        )
        tickets.with_user(self.agent).write({"state": "solved"})
        self._run_notices()
        self.assertFalse(self._new_mails(self.requester))
        self._run_notices(digests=True)
        mail = self._new_mails(self.requester)
        self.assertEqual(len(mail), 1)
        for ticket in tickets:
            self.assertIn(ticket.number, self._text(mail))
        self.assertEqual(self._subject(mail), "Service desk: changes in 2 tickets")

    def test_digest_comes_at_the_hour_of_the_reader(self):
        self.settings.digest_hour = 7
        self.requester.write({"service_desk_notice_state": "digest", "tz": "Asia/Yekaterinburg"})
        ticket = self._create_silent_ticket(state="open")
        ticket.with_user(self.agent).write({"state": "solved"})
        self._run_notices()
        notice = self.env["service_desk.notice"].search([("ticket_id", "=", ticket.id)])
        self.assertEqual((notice.due_at.hour, notice.due_at.minute), (2, 0))

    def test_company_default_and_own_choice(self):
        self.env["service_desk.notice.preference"].with_user(self.manager).create(
            {"event": "state", "mode": "never"}
        )
        self.colleague.service_desk_notice_state = "now"
        ticket = self._create_silent_ticket(state="open", participant_ids=[(4, self.colleague.id)])
        ticket.with_user(self.agent).write({"state": "solved"})
        self._run_notices()
        self.assertFalse(self._new_mails(self.requester))
        self.assertEqual(len(self._new_mails(self.colleague)), 1)

    @users("sd_agent1")
    def test_agent_chooses_for_himself_and_for_customers_only(self):
        self.env.user.service_desk_notice_woke = "never"
        self.assertEqual(self.env.user.partner_id.service_desk_notice_woke, "never")
        self.agent.group_ids += self.env.ref("base.group_partner_manager")
        customer = self.requester.with_user(self.agent)
        customer.service_desk_notice_state = "never"
        self.assertEqual(customer.service_desk_notice_state, "never")
        customer.service_desk_notice_state = False
        self.assertFalse(
            self.env["service_desk.notice.preference"]
            .sudo()
            .search([("partner_id", "=", customer.id)])
        )
        with self.assertRaises(AccessError):
            self.agent2.partner_id.with_user(self.agent).service_desk_notice_woke = "never"

    def test_preferences_form_of_an_agent(self):
        view = "base.view_users_form_simple_modif"
        self.agent.tz = "Europe/Moscow"  # the form of employees demands it
        with Form(
            self.env["res.users"].with_user(self.agent).browse(self.agent.id), view=view
        ) as form:
            form.service_desk_notice_new_in_team = "digest"
        self.assertEqual(self.agent.partner_id.service_desk_notice_new_in_team, "digest")
