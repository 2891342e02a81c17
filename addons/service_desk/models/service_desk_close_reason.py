from odoo import fields, models


class ServiceDeskCloseReason(models.Model):
    _name = "service_desk.close.reason"
    _description = "Close Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    type_ids = fields.Many2many(
        "service_desk.ticket.type", string="Ticket Types", help="None means all types."
    )
