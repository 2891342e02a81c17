from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestConversation(ServiceDeskCommon):
    def _customer_writes(self, ticket, body="It is still broken", partner=None):
        return ticket.message_post(
            body=body,
            author_id=(partner or self.customer_a).id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _agent_answers(self, ticket, body="We look into it", note=False, user=None):
        return ticket.with_user(user or self.agent).message_post(
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_note" if note else "mail.mt_comment",
        )

    def test_whose_turn_it_is(self):
        ticket = self._create_ticket()
        self._customer_writes(ticket)
        since = ticket.needs_reply_since
        self.assertTrue(since)
        self._customer_writes(ticket, "Hello?")
        self.assertEqual(ticket.needs_reply_since, since, "the first unanswered message counts")
        self._agent_answers(ticket, note=True)
        self.assertTrue(ticket.needs_reply, "a note is no answer")
        answer = self._agent_answers(ticket)
        self.assertRecordValues(
            ticket,
            [
                {
                    "needs_reply": False,
                    "first_response_at": answer.date,
                    "last_agent_message_at": answer.date,
                }
            ],
        )
        self.assertEqual(ticket.state, "open", "an answered ticket is in work")
        self._agent_answers(ticket, "More")
        self.assertEqual(ticket.first_response_at, answer.date)

    def test_reply_ends_a_wait_for_the_requester_only(self):
        ticket = self._create_ticket()
        ticket.state = "waiting"
        self._customer_writes(ticket)
        self.assertEqual(ticket.state, "open")
        ticket.write(
            {
                "state": "waiting",
                "waiting_reason_id": self.env.ref("service_desk.waiting_reason_date").id,
            }
        )
        self._customer_writes(ticket)
        self.assertEqual(ticket.state, "waiting", "an agreed date is not moved by a message")
        self.assertTrue(ticket.needs_reply)

    def test_reply_reopens_a_solved_ticket(self):
        ticket = self._create_ticket()
        ticket.state = "solved"
        self._customer_writes(ticket)
        self.assertRecordValues(ticket, [{"state": "open", "reopen_count": 1, "needs_reply": True}])

    def test_machine_message_neither_reopens_nor_counts(self):
        ticket = self._create_ticket()
        ticket.state = "solved"
        self._customer_writes(ticket.with_context(service_desk_machine_mail=True))
        self.assertEqual(ticket.state, "solved")
        ticket.state = "waiting"
        self._customer_writes(ticket.with_context(service_desk_machine_mail=True))
        self.assertEqual(ticket.state, "waiting", "a machine does not end a wait")

    def test_agent_who_asks_for_himself_is_a_requester(self):
        ticket = self._create_ticket(partner_id=self.agent.partner_id.id, user_id=self.agent2.id)
        self._agent_answers(ticket, "My own laptop")
        self.assertTrue(ticket.needs_reply)
        self._agent_answers(ticket, "Brought you a new one", user=self.agent2)
        self.assertFalse(ticket.needs_reply)

    def test_employee_without_desk_rights_is_a_requester(self):
        ticket = self._create_ticket(partner_id=self.employee.partner_id.id)
        self._customer_writes(ticket, partner=self.employee.partner_id)
        self.assertTrue(ticket.needs_reply)

    def test_followers_are_the_people_of_the_ticket(self):
        ticket = self._create_ticket(
            user_id=self.agent.id, participant_ids=[(6, 0, self.firm_a.ids)]
        )
        self.assertEqual(
            ticket.message_partner_ids, self.customer_a | self.firm_a | self.agent.partner_id
        )
        ticket.partner_id = self.customer_b
        self.assertEqual(
            ticket.message_partner_ids,
            self.customer_b | self.firm_a | self.agent.partner_id,
            "the former requester hears nothing more",
        )
        ticket.participant_ids = False
        self.assertEqual(ticket.message_partner_ids, self.customer_b | self.agent.partner_id)

    @mute_logger("odoo.sql_db")
    def test_followed_by_two_at_the_same_moment_is_tried_again(self):
        ticket = self._create_ticket()
        followers_sudo = self.env["mail.followers"].sudo()
        vals = {
            "res_model": ticket._name,
            "res_id": ticket.id,
            "partner_id": ticket.partner_id.id,
        }
        with self.assertRaises(ConcurrencyError), self.env.cr.savepoint():
            followers_sudo.create([vals])

    def test_note_notifies_nobody_outside(self):
        ticket = self._create_ticket(user_id=self.agent2.id)
        note = self._agent_answers(ticket, "Internal: customer is slow", note=True)
        self.assertFalse(note.notification_ids.res_partner_id.filtered("partner_share"))
