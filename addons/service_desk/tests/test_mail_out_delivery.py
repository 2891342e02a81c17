from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .common_mail import ServiceDeskMailCommon
from .smtp_sink import SmtpSink, free_port

MAIL_LOGGERS = ("odoo.addons.mail.models.mail_mail", "odoo.addons.base.models.ir_mail_server")


@tagged("post_install", "-at_install")
class TestMailOutDelivery(ServiceDeskMailCommon):
    """What happens when the relay is slow, down or refuses: through a real SMTP server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.mail_server"].search([]).active = False
        cls.server = cls.env["ir.mail_server"].create(
            {
                "name": "sink",
                "smtp_host": "127.0.0.1",
                "smtp_port": free_port(),
                "smtp_encryption": "none",
            }
        )
        cls.env["mail.mail"].search([("state", "=", "outgoing")]).state = "cancel"

    def setUp(self):
        super().setUp()
        # Odoo sends nothing in tests; here the way to the server is the subject
        self.startPatcher(patch.object(IrMail_Server, "_disable_send", return_value=False))
        self.ticket = self._create_silent_ticket(user_id=self.agent.id, state="open")

    def _sink(self):
        return SmtpSink(self.server.smtp_port)

    def _run_queue(self):
        """Let the back-off pass and run Odoo's mail queue."""
        self.env["mail.mail"].search([("state", "=", "outgoing")]).scheduled_date = False
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("mail.ir_cron_mail_scheduler_action").method_direct_trigger()
        self.env.invalidate_all()

    def test_what_the_customer_sees(self):
        with self._sink() as sink:
            message = self._answer(self.ticket, "It works again.")
        (mail,) = sink.mails_to(self.requester.email)
        self.assertEqual(mail["From"], '"Anna Agent (IT)" <it@desk.example.com>')
        self.assertEqual(mail["Reply-To"], "IT <it@desk.example.com>")
        self.assertEqual(mail["Subject"], f"[{self.ticket.number}] The printer does not print")
        self.assertEqual(mail["Message-Id"], message.message_id)
        self.assertIn(message.message_id, mail["References"])
        self.assertEqual(mail["To"], "Rita Requester <rita@firm-a.example.org>")
        for header in (
            "Auto-Submitted",
            "X-Auto-Response-Suppress",
            "X-Service-Desk-Loop",
            "X-Service-Desk-From",
        ):
            self.assertIsNone(mail[header])
        text = mail.get_body(("plain",)).get_content()
        self.assertIn("It works again.", text)
        self.assertNotIn("/odoo", text)
        self.assertNotIn("/mail/view", text)

    def test_customers_of_two_firms_do_not_see_each_other(self):
        self.ticket.participant_ids = self.colleague
        with self._sink() as sink:
            self._answer(self.ticket, "To both.")
        (one,), (two,) = sink.mails_to(self.requester.email), sink.mails_to(self.colleague.email)
        self.assertNotIn(self.colleague.email, one.as_string())
        self.assertNotIn(self.requester.email, two.as_string())

    def test_relay_says_later_then_takes_it(self):
        with self._sink() as sink, mute_logger(*MAIL_LOGGERS):
            sink.data_answers = ["451 try later"] * 2
            self._answer(self.ticket, "First answer.")
            mail = self._new_mails(self.requester)
            self.assertEqual((mail.state, mail.service_desk_attempts), ("outgoing", 1))
            self.assertGreater(
                fields.Datetime.to_datetime(mail.scheduled_date), fields.Datetime.now()
            )
            self.assertEqual(
                set(mail.mail_message_id.notification_ids.mapped("notification_status")), {"ready"}
            )
            self._answer(self.ticket, "Second answer.")
            self.assertFalse(sink.received, "the second answer overtook the first")
            self.assertEqual(
                self._new_mails(self.requester).mapped("service_desk_attempts"), [2, 0]
            )
            self._run_queue()
            self._run_queue()
        texts = [
            mail.get_body(("plain",)).get_content() for mail in sink.mails_to(self.requester.email)
        ]
        self.assertEqual(len(texts), 2, "each answer once")
        self.assertIn("First answer.", texts[0])
        self.assertIn("Second answer.", texts[1])

    def test_relay_down_warns_and_recovers(self):
        with mute_logger(*MAIL_LOGGERS):
            self._answer(self.ticket, "Nobody hears this yet.")
            mail = self._new_mails(self.requester)
            self.assertEqual((mail.state, mail.service_desk_attempts), ("outgoing", 1))
            self.assertFalse(self.ticket.delivery_problem, "too early to worry people")
            mail.service_desk_failing_since = fields.Datetime.now() - timedelta(minutes=20)
            self._run_queue()
        self.assertEqual(mail.state, "outgoing")
        self.assertIn("Rita Requester", self.ticket.delivery_problem)
        domain = [("user_id", "=", self.manager.id), ("res_model", "=", "service_desk.ticket")]
        self.assertEqual(self.env["mail.activity"].search_count(domain), 1)
        with mute_logger(*MAIL_LOGGERS):
            self._run_queue()
        self.assertEqual(
            self.env["mail.activity"].search_count(domain), 1, "one activity for one outage"
        )
        with self._sink() as sink:
            self._run_queue()
            self._run_queue()
        self.assertEqual(len(sink.mails_to(self.requester.email)), 1)
        self.assertFalse(self.ticket.delivery_problem)

    def test_waiting_times_grow(self):
        self._answer(self.ticket, "x")
        mail = self._new_mails(self.requester)
        waits = []
        with mute_logger(*MAIL_LOGGERS):
            for _attempt in range(6):
                mail.service_desk_failing_since = fields.Datetime.now() - timedelta(days=1)
                mail.scheduled_date = False
                mail.send()
                waited = fields.Datetime.to_datetime(mail.scheduled_date) - fields.Datetime.now()
                waits.append(round(waited.total_seconds() / 60))
        self.assertEqual(waits, [2, 5, 15, 60, 60, 60])

    def test_refusal_is_final_and_told(self):
        with self._sink() as sink, mute_logger(*MAIL_LOGGERS):
            sink.rcpt_answers[self.requester.email] = "550 no such mailbox"
            self._answer(self.ticket, "Hello?")
            mail = self._new_mails(self.requester)
            self.assertEqual(mail.state, "exception")
            self._run_queue()
        self.assertFalse(sink.mails_to(self.requester.email))
        self.assertIn("no such mailbox", self.ticket.delivery_problem)
        self.assertIn("Rita Requester", self.ticket.delivery_problem)
        self.ticket.with_user(self.agent).action_dismiss_delivery_problem()
        self.assertFalse(self.ticket.delivery_problem)

    def test_one_of_two_readers_must_wait(self):
        self.ticket.participant_ids = self.colleague
        with self._sink() as sink, mute_logger(*MAIL_LOGGERS):
            sink.rcpt_answers[self.colleague.email] = "450 greylisted"
            self._answer(self.ticket, "To both.")
            sink.rcpt_answers.clear()
            self._run_queue()
        self.assertEqual(len(sink.mails_to(self.requester.email)), 1)
        self.assertEqual(len(sink.mails_to(self.colleague.email)), 1)

    def test_connection_that_breaks_in_the_middle(self):
        with self._sink() as sink, mute_logger(*MAIL_LOGGERS):
            sink.data_answers = ["hang up"]
            self._answer(self.ticket, "Cut off.")
            self.assertEqual(self._new_mails(self.requester).state, "outgoing")
            self._run_queue()
        self.assertEqual(len(sink.mails_to(self.requester.email)), 1)

    def test_mail_of_other_apps_fails_as_odoo_does(self):
        with mute_logger(*MAIL_LOGGERS):
            mail = self.env["mail.mail"].create(
                {"email_to": "x@example.net", "body_html": "<p>x</p>"}
            )
            mail.send()
        self.assertEqual((mail.state, mail.service_desk_attempts), ("exception", 0))

    def test_notice_leaves_with_its_headers(self):
        with self._sink() as sink:
            self.ticket.with_user(self.agent).write({"state": "solved"})
            self._run_notices()
            self._run_queue()
        (mail,) = sink.mails_to(self.requester.email)
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertEqual(mail["X-Auto-Response-Suppress"], "All")
        self.assertEqual(mail["X-Service-Desk-Loop"], self.ticket.number)
        self.assertEqual(mail["From"], "IT <it@desk.example.com>")
        self.assertIsNone(mail["Precedence"])
