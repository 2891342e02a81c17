import ast
from datetime import timedelta

from odoo import fields
from odoo.tools.mail import html2plaintext

from .common import ServiceDeskCommon


class ServiceDeskMailCommon(ServiceDeskCommon):
    """What tests of outgoing mail need: run the queue of notices, look at the mails that were made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.env["service_desk.settings"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.settings = cls.settings or cls.env["service_desk.settings"].create(
            {"company_id": cls.company.id}
        )
        cls.settings.write({"undo_send_seconds": 0, "notice_quiet_seconds": 60})
        cls.requester = cls.env["res.partner"].create(
            {
                "name": "Rita Requester",
                "email": "rita@firm-a.example.org",
                "parent_id": cls.firm_a.id,
                "lang": "en_US",
            }
        )
        cls.colleague = cls.env["res.partner"].create(
            {
                "name": "Karl Colleague",
                "email": "karl@firm-b.example.org",
                "parent_id": cls.firm_b.id,
                "lang": "en_US",
            }
        )

    def setUp(self):
        super().setUp()
        self.env.cr.flush()
        self.env["service_desk.notice"].search([]).unlink()
        self.last_mail_id = self.env["mail.mail"].search([], limit=1).id or 0

    @classmethod
    def _create_silent_ticket(cls, **vals):
        """Create a ticket of which nobody was told anything."""
        vals = {"partner_id": cls.requester.id, **vals}
        ticket = cls._create_ticket(**vals)
        cls.env.cr.flush()
        cls.env["service_desk.notice"].search([("ticket_id", "=", ticket.id)]).unlink()
        return ticket

    def _run_notices(self, digests=False):
        """Let the quiet time pass, and the daily digest too if wanted, then run the scheduled action."""
        self.env.cr.flush()
        self._make_due([("is_digest", "=", False)])
        self._trigger_cron()
        if digests:
            self._make_due([("is_digest", "=", True)])
            self._trigger_cron()

    def _make_due(self, domain):
        past = fields.Datetime.now() - timedelta(seconds=1)
        self.env["service_desk.notice"].search([("sent_at", "=", False), *domain]).due_at = past
        self.env.flush_all()

    def _trigger_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_send_notices").method_direct_trigger()
        self.env.invalidate_all()

    def _new_mails(self, partner=None, email=None):
        mails = self.env["mail.mail"].search([("id", ">", self.last_mail_id)], order="id")
        if partner:
            mails = mails.filtered(lambda mail: partner in mail.recipient_ids)
        if email:
            mails = mails.filtered(lambda mail: email in (mail.email_to or ""))
        return mails

    def _headers(self, mail):
        return ast.literal_eval(mail.headers or "{}")

    def _subject(self, mail):
        return self._headers(mail)["X-Service-Desk-Subject"]

    def _text(self, mail):
        return html2plaintext(mail.body_html)

    def _answer(self, ticket, body="An answer", user=None, **kwargs):
        return ticket.with_user(user or self.agent).message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment", **kwargs
        )

    def _note(self, ticket, body="A note", user=None, **kwargs):
        return ticket.with_user(user or self.agent).message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_note", **kwargs
        )
