"""Merging and mail: replies land on the survivor, requesters hear of it once, customers stay apart."""

from odoo.tests import tagged

from .mail_in_common import MailInCommon

CANARY = "Zanzibarquokka"


@tagged("post_install", "-at_install")
class TestMergeMail(MailInCommon):
    def setUp(self):
        super().setUp()
        self.other, _row = self._receive(Subject="Network", text="Down since nine")
        self.first = self._last_mail(self.other)
        self.first_id = self.first.message_id
        self.survivor = self._create_ticket(name="No network", partner_id=self.customer_a.id)

    def _merge(self):
        self.env.cr.precommit.run()
        self.other.with_user(self.agent)._merge_into(self.survivor.with_user(self.agent))
        self.env.cr.precommit.run()

    def _pending(self, ticket, event):
        domain = [("ticket_id", "=", ticket.id), ("event", "=", event), ("sent_at", "=", False)]
        return self.env["service_desk.notice"].search(domain)

    def test_reply_lands_on_the_survivor(self):
        self._merge()
        ticket, row = self._receive(In_Reply_To=self.first_id, Subject="Re: Network", text="Still?")
        self.assertEqual(ticket, self.survivor)
        self.assertEqual(row.result, "reply")
        self.assertTrue(self.survivor.needs_reply)

    def test_number_in_the_subject_lands_on_the_survivor(self):
        self._merge()
        ticket, _row = self._receive(Subject=f"Re: [{self.other.number}] Network", text="Still?")
        self.assertEqual(ticket, self.survivor)

    def test_number_lands_at_the_end_of_a_chain(self):
        last = self._create_ticket(name="All of it")
        self._merge()
        self.survivor.with_user(self.agent)._merge_into(last.with_user(self.agent))
        ticket, _row = self._receive(Subject=f"Re: [{self.other.number}] Network", text="Still?")
        self.assertEqual(ticket, last)

    def test_reply_after_undo_lands_where_it_belongs(self):
        self._merge()
        self.other.with_user(self.agent).action_undo_merge()
        ticket, _row = self._receive(
            In_Reply_To=self.first_id, Subject="Re: Network", text="Still?"
        )
        self.assertEqual(ticket, self.other)

    def test_requester_is_told_once_and_not_of_the_end(self):
        self._merge()
        notice = self._pending(self.survivor, "merged")
        self.assertEqual(notice.partner_id, self.customer_a)
        self.assertFalse(self._pending(self.other, "state"))
        notice._process()
        self.assertEqual(notice.outcome, "sent")
        body = notice.message_id.body
        self.assertIn(self.other.number, body)
        self.assertIn(self.survivor.number, body)

    def test_undone_merge_is_not_told(self):
        self._merge()
        self.other.with_user(self.agent).action_undo_merge()
        notice = self._pending(self.survivor, "merged")
        notice._process()
        self.assertEqual(notice.outcome, "omitted")

    def test_answer_in_its_undo_time_goes_to_whom_it_was_written(self):
        self.other.participant_ids = self.customer_b
        answer = self.other.with_user(self.agent).message_post(
            body="We are at it", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self._merge()
        told = answer.notified_partner_ids
        self.assertIn(self.customer_b, told)
        self.assertFalse(
            self.env["mail.message.schedule"].search([("mail_message_id", "=", answer.id)])
        )

    def test_participant_of_another_firm_is_not_let_in(self):
        self.other.participant_ids = self.customer_b
        self._merge()
        self.assertNotIn(self.customer_b, self.survivor.participant_ids)
        self.assertNotIn(self.customer_b, self.survivor.message_partner_ids)
        answer = self.survivor.message_post(
            body=CANARY, message_type="comment", subtype_xmlid="mail.mt_comment",
            author_id=self.agent.partner_id.id,
        )  # fmt: skip
        self.assertNotIn(self.customer_b, answer.notified_partner_ids)
        _ticket, row = self._receive(
            In_Reply_To=self.first_id, Subject="Re: Network", text="And we?",
            From="Bella Customer <bella@firm-b.example.org>",
        )  # fmt: skip
        self.assertRecordValues(
            row, [{"state": "held", "reason": "stranger_reply", "ticket_id": self.survivor.id}]
        )

    def test_notes_stay_inside_after_merge_and_undo(self):
        note = self.other.message_post(
            body=CANARY, message_type="comment", subtype_xmlid="mail.mt_note",
            attachments=[("canary.txt", b"hidden")],
        )  # fmt: skip
        mails_before = self.env["mail.mail"].search([]).ids
        self._merge()
        self.other.with_user(self.agent).action_undo_merge()
        self._pending(self.survivor, "merged")._process()
        new = self.env["mail.mail"].search([("id", "not in", mails_before)])
        self.assertFalse([mail for mail in new if CANARY in str(mail.body_html) + str(mail.body)])
        self.assertFalse(note.notified_partner_ids & (self.customer_a | self.customer_b))
        self.assertEqual(note.attachment_ids.res_id, self.other.id)
        self.assertFalse(note.attachment_ids.with_user(self.portal_a).has_access("read"))
