"""Replies: who may speak on a ticket, and what his words cause."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .mail_in_common import MailInCommon


@tagged("post_install", "-at_install")
class TestMailInReply(MailInCommon):
    def setUp(self):
        super().setUp()
        self.ticket, _row = self._receive(Subject="Printer")
        self.first = self._last_mail(self.ticket)
        self.first_id = self.first.message_id

    def _reply(self, **headers):
        return self._receive(**{"In_Reply_To": self.first_id, "Subject": "Re: Printer", **headers})

    def _assert_held(self, row, reason, ticket=None):
        self.assertRecordValues(row, [{"state": "held", "reason": reason}])
        if ticket:
            self.assertEqual(row.ticket_id, ticket)
            self.assertTrue(ticket.has_unverified_mail)

    # ------------------------------------------------------------- it lands
    def test_requester_reply_lands(self):
        ticket, row = self._reply(text="It still burns.", files=[("фото.png", b"x")])
        self.assertEqual(ticket, self.ticket)
        message = self._last_mail(ticket)
        self.assertEqual(message.author_id, self.customer_a)
        self.assertEqual(message.parent_id, self.first)
        self.assertIn("still burns", message.body)
        self.assertEqual(message.attachment_ids.name, "фото.png")
        self.assertEqual(row.result, "reply")

    def test_number_in_subject_is_enough_for_who_is_on_the_ticket(self):
        for subject in ("Re: [%s] Printer", "FW again %s", "Re[2]: %s"):
            ticket, _row = self._receive(Subject=subject % self.ticket.number, text=subject)
            self.assertEqual(ticket, self.ticket, subject)

    def test_foreign_number_makes_a_ticket(self):
        ticket, _row = self._receive(Subject="Order ABC-123456")
        self.assertTrue(ticket)
        self.assertNotEqual(ticket, self.ticket)

    def test_reply_reopens_solved_ticket(self):
        self._solve(self.ticket, "solved")
        self._reply()
        self.assertRecordValues(
            self.ticket, [{"state": "open", "reopen_count": 1, "needs_reply": True}]
        )

    def test_who_suppresses_answers_is_read_but_reopens_nothing(self):
        self._solve(self.ticket, "solved")
        ticket, _row = self._reply(text="Status update", X_Auto_Response_Suppress="All")
        self.assertEqual(ticket, self.ticket)
        self.assertRecordValues(self.ticket, [{"state": "solved", "reopen_count": 0}])

    def test_reply_without_text_says_so(self):
        self._reply(text="")
        self.assertIn("The message is empty", self.ticket.message_ids[0].body)

    def test_reply_to_closed_ticket_reopens_within_days_else_follows_up(self):
        self._solve(self.ticket, "solved")
        self._solve(self.ticket, "closed")
        ticket, _row = self._reply(text="Again within days")
        self.assertEqual((ticket, ticket.state), (self.ticket, "open"))
        self._solve(self.ticket, "closed")
        self.ticket.closed_at = fields.Datetime.now() - timedelta(days=self.team_it.reopen_days + 1)
        later, _row = self._reply(text="Again after weeks")
        self.assertNotEqual(later, self.ticket)
        self.assertEqual(self.ticket.state, "closed")
        self.assertRecordValues(
            later.link_ids, [{"kind": "follows_up", "other_id": self.ticket.id}]
        )

    def test_reply_ends_the_wait(self):
        self.ticket.write({"state": "waiting"})
        self._reply()
        self.assertEqual(self.ticket.state, "open")

    def test_reply_to_archived_ticket_brings_it_back(self):
        self.ticket.active = False
        ticket, _row = self._reply()
        self.assertEqual(ticket, self.ticket)
        self.assertTrue(ticket.active)

    def test_reply_to_deleted_ticket_makes_a_new_one_with_a_note(self):
        message_id = f"<123.456-openerp-{self.ticket.id}-service_desk.ticket@desk>"
        self.ticket.unlink()
        ticket, _row = self._reply(In_Reply_To=message_id)
        self.assertTrue(ticket)
        self.assertIn("does not exist any more", "".join(ticket.message_ids.mapped("body")))

    def test_colleague_lands_by_setting(self):
        self.env["res.partner"].create(
            {"name": "Carl", "email": "carl@firm-a.example.org", "parent_id": self.firm_a.id}
        )
        ticket, _row = self._reply(From="carl@firm-a.example.org", text="Me too")
        self.assertEqual(ticket, self.ticket)
        self.assertNotIn("carl@firm-a.example.org", ticket.participant_ids.mapped("email"))
        self.settings.accept_replies_of_colleagues = False
        _ticket, row = self._reply(From="carl@firm-a.example.org", text="Me three")
        self._assert_held(row, "stranger_reply", self.ticket)

    def test_reference_to_another_model_makes_a_ticket_only(self):
        other = self.firm_b.message_post(
            body="Hello", message_type="email", message_id="<partner-1@desk>"
        )
        ticket, _row = self._receive(References="<partner-1@desk>", From="bella@firm-b.example.org")
        self.assertTrue(ticket)
        self.assertEqual(
            self.firm_b.message_ids.filtered(lambda m: m.message_type == "email"), other
        )

    # ------------------------------------------------------------- it is held
    def test_stranger_with_message_id_or_number_is_held(self):
        count = len(self.ticket.message_ids)
        for headers in (
            {"Subject": "Re: Printer"},
            {"In_Reply_To": None, "Subject": f"Re: {self.ticket.number}"},
        ):
            _ticket, row = self._reply(
                From="Eve <eve@evil.example.net>", Cc="eve@evil.example.net", **headers
            )
            self._assert_held(row, "stranger_reply", self.ticket)
        self.assertEqual(len(self.ticket.message_ids), count)
        self.assertFalse(self.env["res.partner"].search([("email", "ilike", "eve@evil")]))

    def test_lead_accepts_stranger(self):
        _ticket, row = self._reply(From="Eve <eve@friend.example.net>", text="I know more")
        with self.assertRaisesRegex(Exception, "Team leads and managers"):
            row.with_user(self.agent).action_accept()
        row.with_user(self.lead).action_accept_join()
        self.assertRecordValues(
            row, [{"state": "processed", "result": "reply", "decided_by_id": self.lead.id}]
        )
        self.assertFalse(self.ticket.has_unverified_mail)
        self.assertEqual(self.ticket.participant_ids.email, "eve@friend.example.net")
        self.assertIn("I know more", self._last_mail(self.ticket).body)
        self.assertEqual(self._last_mail(self.ticket).author_id.email, "eve@friend.example.net")

    def test_lead_makes_ticket_or_discards(self):
        _ticket, row = self._reply(From="Eve <eve@friend.example.net>", text="Another matter")
        row.with_user(self.lead).action_make_ticket()
        self.assertEqual((row.state, row.result), ("processed", "ticket"))
        self.assertNotEqual(row.ticket_id, self.ticket)
        _ticket, row = self._reply(From="Eve <eve@friend.example.net>", text="Nonsense")
        row.with_user(self.lead).action_discard()
        self.assertEqual((row.state, row.reason), ("filed", "discarded"))
        self.assertFalse(self.ticket.has_unverified_mail)

    def test_reply_to_internal_note_is_held(self):
        note = self.ticket.message_post(
            body="secret", subtype_xmlid="mail.mt_note", message_type="comment"
        )
        _ticket, row = self._reply(In_Reply_To=note.message_id)
        self._assert_held(row, "note_reply", self.ticket)

    def test_forged_agent_reply_is_held_and_never_sent(self):
        mails = self.env["mail.mail"].search_count([])
        _ticket, row = self._reply(
            From=self.agent.email_formatted, auth="fail", text="Send me money"
        )
        self._assert_held(row, "unverified_sender", self.ticket)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertNotIn("money", "".join(self.ticket.message_ids.mapped("body")))
        row.with_user(self.lead).action_accept()
        message = self._last_mail(self.ticket)
        self.assertTrue(message.subtype_id.internal)
        self.assertFalse(message.author_id)
        self.assertFalse(
            self.env["mail.message.schedule"].search([("mail_message_id", "=", message.id)])
        )

    def test_forged_customer_reply_changes_nothing(self):
        self._solve(self.ticket, "solved")
        _ticket, row = self._reply(auth="fail")
        self._assert_held(row, "unverified_sender", self.ticket)
        self.assertRecordValues(self.ticket, [{"state": "solved", "reopen_count": 0}])

    def test_forged_authentication_header_is_ignored(self):
        raw = self._raw(
            From=self.agent.email_formatted, In_Reply_To=self.first.message_id, auth="fail"
        )
        raw = raw.replace(
            b"MIME-Version",
            b"Authentication-Results: evil.example.net; dmarc=pass\nMIME-Version",
            1,
        )
        _ticket, row = self._process(
            b"Authentication-Results: evil.example.net; dmarc=pass header.from=x\n" + raw
        )
        self._assert_held(row, "unverified_sender", self.ticket)

    def test_agent_whom_our_server_could_not_prove_does_not_speak_to_customers(self):
        ticket, _row = self._receive()
        first_id = self._last_mail(ticket).message_id
        for results in ("spf=pass smtp.mailfrom=evil.example.net", "dmarc=none; spf=none"):
            raw = self._raw(
                From=self.agent.email_formatted, text=f"Pay {results}", In_Reply_To=first_id
            ).replace(
                b"MIME-Version",
                f"Authentication-Results: mx.desk.example.com; {results}\nMIME-Version".encode(),
                1,
            )
            landed, row = self._process(raw)
            self.assertFalse(landed)
            self.assertRecordValues(row, [{"state": "held", "reason": "unverified_sender"}])
        self.assertNotIn("Pay", "".join(ticket.message_ids.mapped("body")))
        inside, _row = self._receive(
            From=self.agent.email_formatted, In_Reply_To=first_id, text="Hi"
        )
        self.assertEqual(inside, ticket, "mail from inside is not checked by our server")

    def test_agent_answers_by_mail(self):
        ticket, row = self._reply(From=self.agent.email_formatted, auth="pass", text="Unplug it.")
        self.assertEqual(ticket, self.ticket)
        message = self._last_mail(ticket)
        self.assertEqual(message.author_id, self.agent.partner_id)
        self.assertRecordValues(ticket, [{"needs_reply": False, "state": "open"}])
        self.assertTrue(
            self.env["mail.message.schedule"].search([("mail_message_id", "=", message.id)])
        )
        self.assertEqual(row.result, "reply")

    def test_agent_of_another_team_is_a_stranger_on_a_private_ticket(self):
        secret = self._create_ticket(team_id=self.team_private.id)
        _ticket, row = self._receive(
            From=self.agent.email_formatted, auth="pass", Subject=f"Re: {secret.number}"
        )
        self._assert_held(row, "stranger_reply", secret)

    # --------------------------------------------------------------- people
    def test_cc_of_a_reply_is_only_proposed(self):
        self._reply(
            Cc="Carol <carol@firm-a.example.org>, it@desk.example.com, catchall@desk.example.com"
        )
        self.assertFalse(self.ticket.participant_ids)
        self.assertIn("carol@firm-a.example.org", self.ticket.proposed_participants)
        self.assertNotIn("desk.example.com", self.ticket.proposed_participants)
        self.assertNotIn(
            "carol@firm-a.example.org", self.ticket.message_partner_ids.mapped("email")
        )
        self.ticket.with_user(self.agent).action_accept_proposed()
        self.assertEqual(self.ticket.participant_ids.email, "carol@firm-a.example.org")
        self.assertIn("carol@firm-a.example.org", self.ticket.message_partner_ids.mapped("email"))
        self.assertFalse(self.ticket.proposed_participants)
