from odoo import fields, models


class ServiceDeskWaitingReason(models.Model):
    _name = "service_desk.waiting.reason"
    _description = "Waiting Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    pauses_clocks = fields.Boolean(
        default=True,
        help="The clocks of the service level stand still while this is what we wait for.",
    )
    wakes_on_reply = fields.Boolean(
        default=True, help="A reply of the requester ends the wait by itself."
    )
    default_days = fields.Integer(
        "Wait for (days)",
        default=3,
        help="Until when to wait if nobody says so. 0 means without end.",
    )
