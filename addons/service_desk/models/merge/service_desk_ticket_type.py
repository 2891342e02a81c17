from odoo import fields, models


class ServiceDeskTicketType(models.Model):
    _inherit = "service_desk.ticket.type"

    require_children_done = fields.Boolean(
        "Children First",
        help="A ticket of this type cannot be solved while one of its children is open.",
    )
