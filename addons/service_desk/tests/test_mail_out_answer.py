from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_mail import ServiceDeskMailCommon


@tagged("post_install", "-at_install")
class TestMailOutAnswer(ServiceDeskMailCommon):
    """Agents' answers: who gets them, and how they are taken back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings.undo_send_seconds = 10

    def _schedule(self, message):
        return self.env["mail.message.schedule"].search([("mail_message_id", "=", message.id)])

    def _leave(self, message):
        self._schedule(message).scheduled_datetime = fields.Datetime.now() - timedelta(seconds=1)
        self.env["mail.message.schedule"]._send_notifications_cron()

    def test_answer_waits_for_the_undo_time(self):
        ticket = self._create_silent_ticket(user_id=self.agent2.id)
        message = self._answer(ticket, "Soon.")
        self.assertFalse(self._new_mails())
        wait = (self._schedule(message).scheduled_datetime - fields.Datetime.now()).total_seconds()
        self.assertTrue(0 < wait <= 10, wait)
        self._leave(message)
        self.assertEqual(self._new_mails().recipient_ids, self.requester | self.agent2.partner_id)

    def test_answer_leaves_right_after_the_undo_time_not_with_the_hourly_round(self):
        ticket = self._create_silent_ticket()
        message = self._answer(ticket, "Soon.")
        self._schedule(message).scheduled_datetime = fields.Datetime.now() - timedelta(seconds=1)
        self.env["ir.cron.trigger"].search([]).unlink()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("mail.ir_cron_send_scheduled_message").method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self._new_mails(self.requester))
        queue = self.env.ref("mail.ir_cron_mail_scheduler_action")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", queue.id)]))

    def test_undo_gives_the_text_back_and_the_ticket_waits_again(self):
        ticket = self._create_silent_ticket()
        ticket.message_post(
            body="Help!",
            author_id=self.requester.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        since = ticket.needs_reply_since
        self.assertTrue(since)
        file = (
            self.env["ir.attachment"]
            .with_user(self.agent)
            .create({"name": "a.txt", "raw": b"a", "res_model": ticket._name, "res_id": ticket.id})
        )
        message = self._answer(ticket, "Wrong customer!", attachment_ids=file.ids)
        self.assertFalse(ticket.needs_reply)
        self.assertTrue(ticket.first_response_at)
        answer = ticket.with_user(self.agent).action_undo_send(message.id)
        self.assertIn("Wrong customer!", answer["body"])
        self.assertEqual(answer["attachment_ids"], file.ids)
        self.assertTrue(file.exists())
        self.assertFalse(message.exists())
        self.assertFalse(self._schedule(message))
        self.assertRecordValues(
            ticket,
            [
                {
                    "needs_reply_since": since,
                    "first_response_at": False,
                    "last_agent_message_at": False,
                }
            ],
        )
        self.env["mail.message.schedule"]._send_notifications_cron()
        self.assertFalse(self._new_mails(self.requester))

    def test_answer_that_has_not_left_is_undone_not_emptied(self):
        ticket = self._create_silent_ticket()
        message = self._answer(ticket, "Soon.")
        as_agent = ticket.with_user(self.agent)
        with self.assertRaisesRegex(UserError, "undo it instead"), self.env.cr.savepoint():
            as_agent._message_update_content(message.sudo(), body="")
        as_agent._message_update_content(message.sudo(), body="Sooner.")
        self._leave(message)
        as_agent._message_update_content(message.sudo(), body="")
        self.assertTrue(ticket.first_response_at)

    def test_empty_message_is_no_answer(self):
        ticket = self._create_silent_ticket()
        self._answer(ticket, "")
        self.assertFalse(ticket.first_response_at)
        self.assertEqual(ticket.state, "new")

    def test_undo_is_for_the_author_and_in_time_only(self):
        ticket = self._create_silent_ticket()
        message = self._answer(ticket, "Mine.")
        with self.assertRaises(AccessError):
            ticket.with_user(self.agent2).action_undo_send(message.id)
        with self.assertRaisesRegex(UserError, "no such answer"):
            self._create_silent_ticket().with_user(self.agent).action_undo_send(message.id)
        self._leave(message)
        with self.assertRaisesRegex(UserError, "too late"):
            ticket.with_user(self.agent).action_undo_send(message.id)
        self.assertTrue(message.exists())

    def test_zero_seconds_send_at_once(self):
        self.settings.undo_send_seconds = 0
        ticket = self._create_silent_ticket()
        message = self._answer(ticket, "Now.")
        self.assertFalse(self._schedule(message))
        self.assertEqual(len(self._new_mails(self.requester)), 1)

    def test_words_of_requesters_do_not_wait(self):
        ticket = self._create_silent_ticket(user_id=self.agent.id)
        message = ticket.message_post(
            body="Still broken",
            author_id=self.requester.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(self._schedule(message))
        mail = self._new_mails(self.agent.partner_id)
        self.assertEqual(len(mail), 1)
        self.assertIn("Rita Requester (IT)", self._headers(mail)["X-Service-Desk-From"])

    def test_requester_without_contact_gets_the_answer(self):
        self.settings.undo_send_seconds = 0
        ticket = self._create_silent_ticket(partner_id=False, email_from="nobody@example.net")
        self._answer(ticket, "We help you too.")
        self.assertEqual(len(self._new_mails(email="nobody@example.net")), 1)

    def test_employee_gets_mail_not_an_inbox_line_he_cannot_open(self):
        self.settings.undo_send_seconds = 0
        self.employee.notification_type = "inbox"
        self.agent2.notification_type = "inbox"
        ticket = self._create_silent_ticket(
            partner_id=self.employee.partner_id.id, user_id=self.agent2.id
        )
        message = self._answer(ticket, "For our own people.")
        types = {n.res_partner_id: n.notification_type for n in message.notification_ids}
        self.assertEqual(
            types, {self.employee.partner_id: "email", self.agent2.partner_id: "inbox"}
        )
        self.assertNotIn("/mail/view", self._new_mails(self.employee.partner_id).body_html)

    def test_reply_to_serves_the_composer_in_mass_mode_too(self):
        tickets = self._create_silent_ticket() | self._create_silent_ticket()
        tickets[1].team_id = self.team_private
        replies = tickets._notify_get_reply_to_batch()
        self.assertEqual(replies[tickets[0].id], '"IT" <it@desk.example.com>')
        self.assertEqual(replies[tickets[1].id], '"Security" <security@desk.example.com>')
        self.team_it.alias_name = False
        self.assertIn("catchall@desk.example.com", tickets._notify_get_reply_to()[tickets[0].id])
