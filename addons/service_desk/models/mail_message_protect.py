"""What was said on a ticket stays said: nobody deletes a message or tracking, nobody rewrites another's."""

from odoo import api, models
from odoo.exceptions import AccessError

TICKET = "service_desk.ticket"
#: Who said it, when, where and to whom: nobody changes that afterwards.
IDENTITY_FIELDS = frozenset(
    {
        "author_id", "author_guest_id", "date", "email_from", "is_internal", "message_id", "message_type",
        "model", "parent_id", "partner_ids", "record_name", "reply_to", "res_id", "subtype_id",
        "tracking_value_ids",
    }
)  # fmt: skip
#: What was said: its author may correct it (Odoo marks it as edited), others may not.
CONTENT_FIELDS = frozenset({"attachment_ids", "body", "subject"})


class MailMessage(models.Model):
    _inherit = "mail.message"

    def write(self, vals):
        touched = vals.keys() & (IDENTITY_FIELDS | CONTENT_FIELDS)
        if touched and not self.env.su:
            self._check_ticket_evidence(vals)
        return super().write(vals)

    def _check_ticket_evidence(self, vals):
        """Refuse to rewrite what was said on tickets.

        :raises AccessError: when who, when or where is changed, or the words of another person
        """
        messages_sudo = self._on_tickets_sudo()
        if vals.get("model") == TICKET or (messages_sudo and vals.keys() & IDENTITY_FIELDS):
            raise AccessError(
                self.env._("Who wrote a message to a ticket, and when, cannot be changed.")
            )
        foreign = messages_sudo.filtered(
            lambda message: message.author_id != self.env.user.partner_id
        )
        if foreign and vals.keys() & CONTENT_FIELDS:
            raise AccessError(self.env._("Only the author can change what he wrote to a ticket."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_tickets(self):
        if not self.env.su and self._on_tickets_sudo():
            raise AccessError(
                self.env._("Messages of a ticket are kept as evidence and cannot be deleted.")
            )

    def _on_tickets_sudo(self):
        """Return the messages of ``self`` that stand on tickets; sudo: only to look where they stand."""
        return self.sudo().filtered(lambda message: message.model == TICKET)
