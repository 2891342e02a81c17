from odoo.tests import tagged

from .common_mail import ServiceDeskMailCommon


@tagged("post_install", "-at_install")
class TestNoticeMail(ServiceDeskMailCommon):
    """Which events become which mails, and for whom."""

    def test_acknowledgement_tells_the_number(self):
        ticket = self._create_ticket(partner_id=self.requester.id)
        self.env.cr.flush()
        notice = self.env["service_desk.notice"].search(
            [("ticket_id", "=", ticket.id), ("event", "=", "opened")]
        )
        self.assertEqual(notice.partner_id, self.requester)
        self._trigger_cron()
        mail = self._new_mails(self.requester)
        self.assertEqual(len(mail), 1)
        self.assertEqual(self._subject(mail), f"[{ticket.number}] The printer does not print")
        self.assertIn(ticket.number, self._text(mail))
        headers = self._headers(mail)
        self.assertEqual(headers["Auto-Submitted"], "auto-replied")
        self.assertEqual(headers["X-Auto-Response-Suppress"], "All")
        self.assertEqual(headers["X-Service-Desk-Loop"], ticket.number)
        self.assertEqual(mail.reply_to, '"IT" <it@desk.example.com>')
        self.assertNotIn("http", mail.body_html.replace("http-equiv", ""))
        self.assertEqual(notice.outcome, "sent")

    def test_no_acknowledgement_where_it_is_switched_off(self):
        self.team_it.acknowledge = False
        ticket = self._create_ticket(partner_id=self.requester.id)
        self.team_it.acknowledge = True
        other = (
            self.env["service_desk.ticket"]
            .with_context(service_desk_no_acknowledge=True)
            ._intake({"name": "Quiet", "team_id": self.team_it.id, "partner_id": self.requester.id})
        )
        self._run_notices()
        self.assertFalse(self._new_mails(self.requester))
        lines = self.env["service_desk.notice"].search([("ticket_id", "in", (ticket | other).ids)])
        self.assertNotIn("opened", lines.mapped("event"))

    def test_requester_without_contact_is_acknowledged(self):
        ticket = self._create_ticket(partner_id=False, email_from='"Nobody" <nobody@example.net>')
        self._run_notices()
        mail = self._new_mails(email="nobody@example.net")
        self.assertEqual(len(mail), 1)
        self.assertIn(ticket.number, self._subject(mail))

    def test_russian_reader_gets_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"].search([("name", "=", "service_desk")])._update_translations(
            ["ru_RU"]
        )
        self.requester.lang = "ru_RU"
        ticket = self._create_ticket(partner_id=self.requester.id)
        self._run_notices()
        text = self._text(self._new_mails(self.requester))
        self.assertIn("Мы получили ваше обращение", text)
        self.assertIn(ticket.number, text)
        self.assertNotIn("We have received", text)

    def test_twenty_changes_are_one_mail(self):
        ticket = self._create_silent_ticket(user_id=self.agent2.id)
        as_agent = ticket.with_user(self.agent)
        for step in range(20):
            as_agent.write({"next_step": f"Step {step}"})
            as_agent.write({"state": "open" if step % 2 else "waiting"})
        as_agent.write({"state": "solved"})
        self._run_notices()
        mails = self._new_mails(self.requester)
        self.assertEqual(len(mails), 1, mails.mapped("body_html"))
        self.assertIn("is solved", self._text(mails))
        self._run_notices()
        self.assertEqual(len(self._new_mails(self.requester)), 1, "told a second time")

    def test_state_that_changed_back_is_not_told(self):
        ticket = self._create_silent_ticket(user_id=self.agent.id, state="open")
        ticket.with_user(self.agent).write({"state": "waiting"})
        ticket.with_user(self.agent).write({"state": "open"})
        self._run_notices()
        self.assertFalse(self._new_mails(self.requester))

    def test_states_are_told_to_requester_and_participants(self):
        ticket = self._create_silent_ticket(
            user_id=self.agent.id, participant_ids=[(4, self.colleague.id)]
        )
        expected = {
            "open": "We are working on",
            "waiting": "is waiting",
            "solved": "is solved",
            "closed": "is closed",
            "cancelled": "is cancelled",
        }
        for state, words in expected.items():
            ticket.with_user(self.agent).write({"state": state})
            self._run_notices()
            for partner in (self.requester, self.colleague):
                self.assertIn(words, self._text(self._new_mails(partner)[-1]))
        ticket.with_user(self.agent).action_reopen()
        self._run_notices()
        self.assertIn("open again", self._text(self._new_mails(self.requester)[-1]))
        self.assertEqual(len(self._new_mails(self.requester)), 6)

    def test_answer_replaces_the_state_notice(self):
        ticket = self._create_silent_ticket()
        self._answer(ticket, "Please restart the printer.")
        self.assertEqual(ticket.state, "open")
        self._run_notices()
        mails = self._new_mails(self.requester)
        self.assertEqual(len(mails), 1)
        self.assertIn("Please restart", self._text(mails))

    def test_resolution_that_was_sent_is_not_told_again(self):
        ticket = self._create_silent_ticket(state="open", user_id=self.agent.id)
        wizard = self.env["service_desk.ticket.solve"].with_user(self.agent)
        wizard.create(
            {"ticket_ids": [(6, 0, ticket.ids)], "resolution": "<p>A new cartridge is in.</p>"}
        ).action_confirm()
        self._run_notices()
        mails = self._new_mails(self.requester)
        self.assertEqual(len(mails), 1)
        self.assertIn("new cartridge", self._text(mails))

    def test_solved_after_an_answer_is_told(self):
        ticket = self._create_silent_ticket(state="open", user_id=self.agent.id)
        self._answer(ticket, "Try it now.")
        ticket.with_user(self.agent).write({"state": "solved"})
        self._run_notices()
        self.assertEqual(len(self._new_mails(self.requester)), 2)
        self.assertIn("is solved", self._text(self._new_mails(self.requester)[-1]))

    def test_assignment_is_told_to_the_new_assignee_only_once(self):
        ticket = self._create_silent_ticket()
        ticket.with_user(self.agent).user_id = self.agent2
        self._run_notices()
        mails = self._new_mails(self.agent2.partner_id)
        self.assertEqual(len(mails), 1)
        self.assertIn("is yours now", self._text(mails))
        self.assertIn("/mail/view", mails.body_html)
        self.assertEqual(self._headers(mails)["Auto-Submitted"], "auto-generated")

    def test_who_takes_a_ticket_himself_is_not_told(self):
        ticket = self._create_silent_ticket()
        ticket.with_user(self.agent2).action_assign_to_me()
        self._run_notices()
        self.assertFalse(self._new_mails(self.agent2.partner_id))

    def test_promise_is_told_to_the_requester(self):
        ticket = self._create_silent_ticket(user_id=self.agent.id)
        ticket.with_user(self.agent).next_step = "The engineer comes tomorrow <b>early</b>"
        self._run_notices()
        mail = self._new_mails(self.requester)
        self.assertEqual(len(mail), 1)
        self.assertIn("The engineer comes tomorrow <b>early</b>", self._text(mail))
        self.assertIn("&lt;b&gt;", mail.body_html)

    def test_wake_is_told_to_the_assignee(self):
        ticket = self._create_silent_ticket(user_id=self.agent.id, state="open")
        ticket.write({"state": "waiting", "waiting_until": "2020-01-01 00:00:00"})
        self.env.cr.flush()
        self.env["service_desk.notice"].search([]).unlink()
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_wake_tickets").method_direct_trigger()
        self.env.invalidate_all()
        self._run_notices()
        self.assertIn("is over", self._text(self._new_mails(self.agent.partner_id)))
        self.assertFalse(self._new_mails(self.requester))

    def test_team_members_who_want_it_hear_of_new_tickets(self):
        self.agent.partner_id.service_desk_notice_new_in_team = "now"
        self._create_ticket(partner_id=self.requester.id)
        self._run_notices()
        self.assertEqual(len(self._new_mails(self.agent.partner_id)), 1)
        self.assertFalse(self._new_mails(self.agent2.partner_id), "told without being asked for")

    def test_former_requester_hears_nothing_more(self):
        ticket = self._create_silent_ticket(user_id=self.agent.id, state="open")
        ticket.with_user(self.agent).write({"state": "solved"})
        self.env.cr.flush()
        ticket.partner_id = self.customer_b
        self._run_notices()
        self.assertFalse(self._new_mails(self.requester))

    def test_two_tickets_of_one_person_are_two_mails(self):
        one, two = (
            self._create_silent_ticket(state="open"),
            self._create_silent_ticket(state="open"),
        )
        (one | two).with_user(self.agent).write({"state": "solved"})
        self._run_notices()
        self.assertEqual(len(self._new_mails(self.requester)), 2)

    def test_broken_notice_does_not_stop_the_others(self):
        one, two = (
            self._create_silent_ticket(state="open"),
            self._create_silent_ticket(state="open"),
        )
        (one | two).with_user(self.agent).write({"state": "solved"})
        self.env.cr.flush()
        notice = self.env["service_desk.notice"].search([("ticket_id", "=", one.id)])
        notice.payload = {}
        with self.assertLogs("odoo.addons.service_desk.models.service_desk_notice_send", "ERROR"):
            self._run_notices()
        self.assertEqual(len(self._new_mails(self.requester)), 1)
        self.assertFalse(notice.sent_at)
        self.assertEqual(notice.attempts, 1)
