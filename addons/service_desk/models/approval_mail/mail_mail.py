from odoo import models

from .service_desk_approval_link import PAGE


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_body(self):
        """Put the one-time link into a mail to an approver, at the moment it leaves."""
        body = super()._prepare_outgoing_body()
        if PAGE not in (body or ""):
            return body
        # sudo: the queue of mails belongs to the system
        return self.env["service_desk.approval.link"].sudo()._put_into(self.mail_message_id, body)
