from datetime import timedelta

from odoo import api, fields, models


class ServiceDeskTicketWait(models.TransientModel):
    """Asks what the tickets wait for, and until when."""

    _name = "service_desk.ticket.wait"
    _description = "Let Tickets Wait"
    _inherit = "service_desk.move.dialog"

    reason_id = fields.Many2one(
        "service_desk.waiting.reason",
        required=True,
        default=lambda self: self.env["service_desk.waiting.reason"].search([], limit=1),
    )
    until = fields.Datetime(compute="_compute_until", store=True, readonly=False)

    @api.depends("reason_id")
    def _compute_until(self):
        for wizard in self:
            days = wizard.reason_id.default_days
            wizard.until = fields.Datetime.now() + timedelta(days=days) if days else False

    def action_confirm(self):
        """Put the tickets on wait."""
        self.ensure_one()
        vals = {
            **self._asked_values(),
            "waiting_reason_id": self.reason_id.id,
            "waiting_until": self.until,
        }
        if self.next_step:
            vals["next_step"] = self.next_step
        self._move("waiting", vals)
        return {"type": "ir.actions.act_window_close"}
