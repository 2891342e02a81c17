from odoo.tests import tagged

from .common_mail import ServiceDeskMailCommon

CANARY = "zanzibar-canary"


@tagged("post_install", "-at_install")
class TestMailOutCanary(ServiceDeskMailCommon):
    """The internal note never leaves, by whatever detour: its word is looked for in every mail."""

    def setUp(self):
        super().setUp()
        self.ticket = self._create_silent_ticket(
            user_id=self.agent.id, participant_ids=[(4, self.colleague.id)]
        )
        self.outside = self.requester | self.colleague
        self.note = self._note(self.ticket, f"Do not tell: {CANARY}")

    def _assert_nothing_left(self):
        self._run_notices(digests=True)
        for mail in self.env["mail.mail"].search([("id", ">", self.last_mail_id)]):
            if mail.recipient_ids & self.outside or mail.email_to:
                self.assertNotIn(
                    CANARY, f"{mail.subject} {mail.body_html} {mail.body} {mail.headers}"
                )
                self.assertNotIn(self.note.message_id, mail.references or "")
        told = self.env["mail.notification"].search([("res_partner_id", "in", self.outside.ids)])
        self.assertNotIn(CANARY, "".join(told.mail_message_id.mapped("body")))

    def test_mention_of_customers_is_taken_off_and_told(self):
        self.env["bus.bus"].search([]).unlink()
        people = self.outside | self.agent2.partner_id
        note = self._note(self.ticket, f"{CANARY} @Rita", partner_ids=people.ids)
        self.assertEqual(note.partner_ids, self.agent2.partner_id)
        self.assertIn(CANARY, self._new_mails(self.agent2.partner_id).body_html)
        self._assert_nothing_left()
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].search([]).mapped("message")
        self.assertTrue(
            any("Rita Requester" in text and "stays inside" in text for text in told), told
        )

    def test_employee_who_asks_is_an_outsider_too(self):
        ticket = self._create_silent_ticket(partner_id=self.employee.partner_id.id)
        note = self._note(ticket, CANARY, partner_ids=self.employee.partner_id.ids)
        self.assertFalse(note.notification_ids)
        self.assertFalse(self._new_mails(self.employee.partner_id))

    def test_customer_who_follows_notes_hears_none(self):
        note_type = self.env.ref("mail.mt_note")
        self.ticket.message_follower_ids.filtered(
            lambda f: f.partner_id in self.outside
        ).subtype_ids = note_type
        self._note(self.ticket, CANARY)
        self._assert_nothing_left()

    def test_answers_state_changes_and_reassignment_after_a_note(self):
        self._answer(self.ticket, "A public word.", parent_id=self.note.id)
        self.ticket.with_user(self.agent).write(
            {"user_id": self.agent2.id, "next_step": "We call you"}
        )
        self.ticket.with_user(self.agent).write({"state": "solved"})
        self.ticket.with_user(self.agent).action_reopen()
        self.assertTrue(self._new_mails(self.requester))
        self._assert_nothing_left()

    def test_digest_after_a_note(self):
        self.requester.service_desk_notice_state = "digest"
        self.ticket.with_user(self.agent).write({"state": "waiting"})
        self._assert_nothing_left()
        self.assertTrue(self._new_mails(self.requester))

    def test_scheduled_note_and_composer(self):
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.agent)
            .create(
                {
                    "model": self.ticket._name,
                    "res_ids": repr(self.ticket.ids),
                    "composition_mode": "comment",
                    "subtype_id": self.env.ref("mail.mt_note").id,
                    "partner_ids": [(6, 0, self.outside.ids)],
                    "body": f"<p>{CANARY}</p>",
                }
            )
        )
        composer.action_send_mail()
        self.env["mail.scheduled.message"].with_user(self.agent).create(
            {
                "model": self.ticket._name,
                "res_id": self.ticket.id,
                "body": f"<p>{CANARY}</p>",
                "is_note": True,
                "partner_ids": [(6, 0, self.outside.ids)],
                "author_id": self.agent.partner_id.id,
                "scheduled_date": "2099-01-01 00:00:00",
            }
        ).post_message()
        self._assert_nothing_left()

    def test_absent_agent_does_not_quote_the_note(self):
        self.agent.write(
            {
                "out_of_office_from": "2020-01-01 00:00:00",
                "out_of_office_to": "2099-01-01 00:00:00",
                "out_of_office_message": "<p>I am away.</p>",
            }
        )
        self._note(self.ticket, CANARY, user=self.agent2, partner_ids=self.agent.partner_id.ids)
        self.assertFalse(
            self.ticket.message_ids.filtered(lambda m: m.message_type == "out_of_office")
        )
        self.ticket.message_post(
            body="Hello?",
            author_id=self.requester.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self._assert_nothing_left()

    def test_note_with_address_that_is_no_contact(self):
        self._note(self.ticket, CANARY, outgoing_email_to="stranger@example.net")
        self.assertFalse(self._new_mails(email="stranger@example.net"))

    def test_agent_without_access_hears_nothing_of_a_private_ticket(self):
        self.ticket.message_subscribe(self.agent2.partner_id.ids)
        self.ticket.write({"is_confidential": True})
        self._answer(self.ticket, "Confidential words.")
        self.assertFalse(self._new_mails(self.agent2.partner_id))
        self.assertTrue(self._new_mails(self.requester))
