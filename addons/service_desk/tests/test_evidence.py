from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestEvidence(ServiceDeskCommon):
    """What happened to a ticket stays readable, whoever would like it gone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._create_ticket(user_id=cls.agent.id)
        cls.note = cls.ticket.with_user(cls.agent2).message_post(
            body="He lied to us", subtype_xmlid="mail.mt_note"
        )
        cls._end_of_transaction()
        cls.ticket.with_user(cls.agent).write({"priority": "3"})
        cls._end_of_transaction()
        cls.track = cls.env["mail.message"].search(
            [
                ("model", "=", cls.ticket._name),
                ("res_id", "=", cls.ticket.id),
                ("tracking_value_ids", "!=", False),
            ],
            limit=1,
        )

    @classmethod
    def _end_of_transaction(cls):
        """Write what Odoo writes at the end of a transaction: the tracking."""
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    def test_nobody_deletes_messages_or_tracking(self):
        self.assertTrue(self.track)
        for user in (
            self.agent,
            self.agent2,
            self.lead,
            self.manager,
            self.auditor,
            self.employee,
            self.portal_a,
        ):
            for message in (self.note, self.track):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    message.with_user(user).unlink()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.track.tracking_value_ids.with_user(user).unlink()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.track.tracking_value_ids.with_user(user).write({"new_value_char": "0"})

    def test_only_the_author_corrects_his_words(self):
        for user in (self.agent, self.lead, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.note.with_user(user).write({"body": "He was right"})
        self.note.with_user(self.agent2).write({"body": "He was mistaken"})
        for vals in (
            {"author_id": self.agent.partner_id.id},
            {"date": "2020-01-01 00:00:00"},
            {"res_id": self.ticket.id + 1},
            {"model": "res.partner", "res_id": self.customer_a.id},
            {"subtype_id": self.env.ref("mail.mt_comment").id},
            {"is_internal": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.note.with_user(self.agent2).write(vals)

    def test_foreign_message_cannot_be_moved_onto_a_ticket(self):
        message = self.env["mail.message"].create(
            {
                "model": "res.partner",
                "res_id": self.customer_b.id,
                "author_id": self.agent.partner_id.id,
                "body": "x",
            }
        )
        with self.assertRaises(AccessError):
            message.with_user(self.agent).write(
                {"model": "service_desk.ticket", "res_id": self.ticket.id}
            )

    def test_done_tickets_stay_and_deleted_open_ones_leave_a_line(self):
        done = self._create_ticket(name="done")
        done.write({"state": "solved"})
        with self.assertRaises(UserError):
            done.with_user(self.manager).unlink()
        for user in (self.agent, self.lead, self.auditor, self.employee, self.portal_a):
            with self.assertRaises(AccessError):
                self.ticket.with_user(user).unlink()
        number = self.ticket.number
        self.ticket.with_user(self.manager).unlink()
        line = self.team_it.message_ids[0]
        self.assertIn(number, line.body)
        self.assertNotIn("printer", line.body)
        self.assertEqual(line.author_id, self.manager.partner_id)

    def test_first_response_cannot_be_backdated(self):
        ticket = self._create_ticket()
        try:
            with self.cr.savepoint():
                ticket.with_user(self.agent).message_post(
                    body="hello",
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                    date="2020-01-01 00:00:00",
                )
        except (AccessError, ValueError):
            return
        self.assertGreaterEqual(ticket.first_response_at, ticket.create_date)

    def test_former_requester_hears_nothing_more(self):
        self.assertIn(self.customer_a, self.ticket.message_partner_ids)
        self.ticket.with_user(self.agent).write({"partner_id": self.customer_b.id})
        self.assertNotIn(self.customer_a, self.ticket.message_partner_ids)
        self.assertIn(self.customer_b, self.ticket.message_partner_ids)
        answer = self.ticket.with_user(self.agent).message_post(
            body="Only for the new one", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertNotIn(self.customer_a, answer.notified_partner_ids | answer.partner_ids)
        with self.assertRaises(AccessError):
            answer.with_user(self.portal_a).read(["body"])
