from odoo import api, fields, models
from odoo.tools import is_html_empty


class ServiceDeskTicketSolve(models.TransientModel):
    """Asks for what the type demands before its tickets count as solved."""

    _name = "service_desk.ticket.solve"
    _description = "Solve Tickets"
    _inherit = "service_desk.move.dialog"

    type_ids = fields.Many2many("service_desk.ticket.type", compute="_compute_demands")
    require_resolution = fields.Boolean(compute="_compute_demands")
    require_close_reason = fields.Boolean(compute="_compute_demands")
    blocked_text = fields.Char("Blocked By", compute="_compute_demands")
    close_reason_id = fields.Many2one(
        domain="['|', ('type_ids', '=', False), ('type_ids', 'in', type_ids)]"
    )
    send_to_requester = fields.Boolean(
        default=True, help="Post the resolution as an answer that the requester gets."
    )

    @api.depends("ticket_ids", "move_id")
    def _compute_demands(self):
        for wizard in self:
            types = wizard.ticket_ids.type_id
            wizard.type_ids = types
            move = wizard._plain_move()
            demanded = move.required if move else ()
            wizard.require_resolution = (
                any(types.mapped("require_resolution")) or "resolution" in demanded
            )
            wizard.require_close_reason = (
                any(types.mapped("require_close_reason")) or "close_reason_id" in demanded
            )
            blockers = wizard.ticket_ids._origin._open_blockers() - wizard.ticket_ids._origin
            wizard.blocked_text = ", ".join(blockers.mapped("display_name"))

    def action_confirm(self):
        """Solve the tickets, and answer the requesters with the resolution where asked."""
        self.ensure_one()
        vals = self._asked_values()
        if not is_html_empty(self.resolution):
            vals["resolution"] = self.resolution
        if self.close_reason_id:
            vals["close_reason_id"] = self.close_reason_id.id
        # first the move: an answer alone would put a new ticket in work
        self._move("solved", vals)
        if self.send_to_requester and "resolution" in vals:
            for ticket in self.ticket_ids:
                ticket.message_post(
                    body=self.resolution, message_type="comment", subtype_xmlid="mail.mt_comment"
                )
        return {"type": "ir.actions.act_window_close"}
