from odoo import models


class ServiceDeskTicketMove(models.TransientModel):
    """Asks for what a move demands that neither solves tickets nor lets them wait."""

    _name = "service_desk.ticket.move"
    _description = "Move Tickets"
    _inherit = "service_desk.move.dialog"

    def action_confirm(self):
        """Fill in what was asked for and make the move."""
        self.ensure_one()
        self._move(False, self._asked_values())
        return {"type": "ir.actions.act_window_close"}
