"""The notice that a question goes on under another number."""

from odoo import api, models


class ServiceDeskNotice(models.Model):
    _inherit = "service_desk.notice"

    def _key_merged(self, ticket):
        return "merged" if ticket._merged_of_reader(self[0].partner_id) else False


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _merged_of_reader(self, partner):
        """Return the tickets merged into this one that ``partner`` (or an unknown sender) has asked."""
        merged = self.sudo().merged_ids
        return merged.filtered(
            lambda ticket: (
                ticket.partner_id == partner
                if partner
                else not ticket.partner_id and ticket.email_from == self.email_from
            )
        )


class ServiceDeskPlaceholder(models.AbstractModel):
    _inherit = "service_desk.placeholder"

    @api.model
    def _placeholders(self):
        return {
            **super()._placeholders(),
            "ticket.merged": (
                self.env._("Numbers of the reader's tickets that were merged into it"),
                lambda t, p: ", ".join(t._merged_of_reader(p).mapped("number")),
            ),
        }
