import smtplib

from odoo import models
from odoo.tools.mail import email_domain_extract, email_normalize

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from .service_desk_ticket_mail_out import FROM_HEADER, SUBJECT_HEADER


class DeliveryLog:
    """What the mail server said to one mail; travels in the context while it is sent."""

    def __init__(self):
        self.is_transient = False
        self.postponed_until = None

    def note(self, error):
        """Remember whether ``error`` passes by itself: 4xx answers and broken connections do."""
        while error is not None:
            if isinstance(error, smtplib.SMTPRecipientsRefused):
                codes = [code for code, _text in error.recipients.values()]
                self.is_transient = all(400 <= code < 500 for code in codes)
                return
            if isinstance(error, smtplib.SMTPResponseException):
                self.is_transient = 400 <= error.smtp_code < 500
                return
            if isinstance(error, (smtplib.SMTPServerDisconnected, OSError)):
                self.is_transient = True
                return
            error = error.__cause__ or error.__context__


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _build_email__(self, email_from, email_to, subject, body, email_cc=None, email_bcc=None, reply_to=False,
                       attachments=None, message_id=None, references=None, object_id=False, subtype="plain",
                       headers=None, body_alternative=None, subtype_alternative="plain"):  # fmt: skip
        """Let mails of tickets leave under the team's address and with their number, whoever wrote the message."""
        headers = dict(headers or {})
        email_from = headers.pop(FROM_HEADER, None) or email_from
        subject = headers.pop(SUBJECT_HEADER, None) or subject
        return super()._build_email__(
            email_from, email_to, subject, body, email_cc=email_cc, email_bcc=email_bcc, reply_to=reply_to,
            attachments=attachments, message_id=message_id, references=references, object_id=object_id,
            subtype=subtype, headers=headers, body_alternative=body_alternative,
            subtype_alternative=subtype_alternative,
        )  # fmt: skip

    def _prepare_email_message__(self, message, smtp_session):
        """Keep the team's address as the visible sender where the server may send for its domain.

        Odoo would put its one notifications address there for every server without a filter; customers
        would not know who writes, and their address books would collect the wrong address.
        """
        sender = email_normalize(message["From"]) or ""
        session_from = getattr(smtp_session, "smtp_from", None)
        is_ours = self.env.context.get("service_desk_delivery") is not None
        same_domain = email_domain_extract(session_from or "") == email_domain_extract(sender)
        if not (
            is_ours and same_domain and self._match_from_filter(sender, smtp_session.from_filter)
        ):
            return super()._prepare_email_message__(message, smtp_session)
        smtp_session.smtp_from = message["From"]
        try:
            return super(
                IrMailServer, self.with_context(domain_notifications_email=sender)
            )._prepare_email_message__(message, smtp_session)
        finally:
            smtp_session.smtp_from = session_from  # the session serves other mails too

    def send_email(self, message, *args, **kwargs):
        """Send as Odoo does; besides, note for mails of tickets what kind of failure it was."""
        log = self.env.context.get("service_desk_delivery")
        if log is None:
            return super().send_email(message, *args, **kwargs)
        try:
            return super().send_email(message, *args, **kwargs)
        except smtplib.SMTPServerDisconnected as error:
            # Odoo would leave the whole batch as failed; ours is tried again
            log.note(error)
            raise MailDeliveryException(
                self.env._("The mail server has closed the connection."), str(error)
            ) from error
        except Exception as error:
            log.note(error)
            raise
