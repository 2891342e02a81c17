from odoo import fields, models


class ServiceDeskHandOverReason(models.Model):
    """Why a line passes a ticket on: what the reports of the lines are made of."""

    _name = "service_desk.hand_over.reason"
    _description = "Hand-over Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    require_note = fields.Boolean(
        "Demand an Explanation",
        default=True,
        help="The agent must say in his own words what the next line should know.",
    )
