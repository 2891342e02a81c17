"""New mail becomes a ticket: of whom, for which team, with what."""

from odoo.tests import tagged, warmup

from .mail_in_common import MailInCommon


@tagged("post_install", "-at_install")
class TestMailInNew(MailInCommon):
    def test_customer_mail_becomes_ticket(self):
        ticket, row = self._receive(Subject="Printer", files=[("plan.pdf", b"%PDF-1.4 x")])
        self.assertRecordValues(
            ticket,
            [
                {
                    "name": "Printer",
                    "partner_id": self.customer_a.id,
                    "team_id": self.team_it.id,
                    "channel": "email",
                    "state": "new",
                    "needs_reply": True,
                    "commercial_partner_id": self.firm_a.id,
                }
            ],
        )
        self.assertIn("on fire", ticket.description)
        message = self._last_mail(ticket)
        self.assertEqual(message.author_id, self.customer_a)
        self.assertEqual(message.attachment_ids.mapped("name"), ["plan.pdf"])
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertRecordValues(row, [{"state": "processed", "result": "ticket", "ticket_id": ticket.id}])
        self.assertIn(b"Subject: Printer", row._raw_bytes())

    def test_unknown_sender_becomes_contact_once(self):
        first, _row = self._receive(From="Nina New <nina@new.example.net>")
        second, _row = self._receive(From="nina@new.example.net", Subject="Other")
        self.assertEqual(first.partner_id.name, "Nina New")
        self.assertEqual(first.partner_id, second.partner_id)

    def test_team_without_contacts_keeps_the_address(self):
        self.team_it.create_contacts = False
        ticket, _row = self._receive(From="Nina New <nina@new.example.net>")
        self.assertFalse(ticket.partner_id)
        self.assertRecordValues(ticket, [{"email_from": "nina@new.example.net", "partner_name": "Nina New"}])
        self.assertFalse(self._last_mail(ticket).author_id)

    @warmup
    def test_queries_of_new_mail(self):
        raw = self._raw()
        with self.assertQueryCount(32):
            self.env["mail.thread"].message_process(None, raw)

    @warmup
    def test_queries_of_reply(self):
        ticket, _row = self._receive()
        ticket.user_id = self.agent
        self.env.flush_all()
        raw = self._raw(In_Reply_To=self._last_mail(ticket).message_id)
        with self.assertQueryCount(32):
            self.env["mail.thread"].message_process(None, raw)
