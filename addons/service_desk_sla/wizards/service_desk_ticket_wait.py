from odoo import fields, models


class ServiceDeskTicketWait(models.TransientModel):
    _inherit = "service_desk.ticket.wait"

    hand = fields.Selection(related="reason_id.hand")
    supplier_id = fields.Many2one(
        "res.partner", help="Who has the ticket now; the contract with him runs until it is back."
    )

    def _move(self, state, vals):
        if self.supplier_id and self.hand == "supplier":
            vals = dict(vals, supplier_id=self.supplier_id.id)
        return super()._move(state, vals)
