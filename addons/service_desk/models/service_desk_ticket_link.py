from odoo import api, fields, models
from odoo.exceptions import ValidationError

LINK_KINDS = [
    ("relates", "relates to"),
    ("duplicates", "duplicates"),
    ("caused_by", "is caused by"),
    ("blocked_by", "is blocked by"),
    ("follows_up", "follows up"),
]


class ServiceDeskTicketLink(models.Model):
    _name = "service_desk.ticket.link"
    _description = "Ticket Link"
    _inherit = "service_desk.anchored.mixin"
    _order = "id desc"
    _anchors = frozenset({"ticket_id", "other_id"})

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(LINK_KINDS, required=True, default="relates")
    other_id = fields.Many2one(
        "service_desk.ticket", "Other Ticket", required=True, ondelete="cascade", index=True
    )
    other_state = fields.Selection(related="other_id.state", string="State")
    ticket_state = fields.Selection(related="ticket_id.state", string="State of the Linking Ticket")

    _pair_uniq = models.UniqueIndex(
        "(ticket_id, other_id, kind)", "These tickets are linked so already."
    )

    @api.constrains("ticket_id", "other_id")
    def _check_other_ticket(self):
        for link in self:
            if link.ticket_id == link.other_id:
                raise ValidationError(self.env._("A ticket cannot be linked to itself."))
            if link.ticket_id.company_id != link.other_id.company_id:
                raise ValidationError(
                    self.env._(
                        "%(ticket)s and %(other)s belong to different companies and cannot be linked.",
                        ticket=link.ticket_id.number,
                        other=link.other_id.number,
                    )
                )

    @api.depends("kind", "ticket_id", "other_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for link in self:
            link.display_name = (
                f"{link.ticket_id.number} {kinds.get(link.kind)} {link.other_id.number}"
            )
