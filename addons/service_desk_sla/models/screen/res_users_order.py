from odoo import fields, models

ORDERS = [("priority", "By priority, the newest first"), ("due", "By deadline, the next one first")]


class ResUsers(models.Model):
    _inherit = "res.users"

    service_desk_order = fields.Selection(
        ORDERS,
        "Order of Tickets",
        default="priority",
        required=True,
        help="How lists and boards of tickets are sorted until one clicks another column.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "service_desk_order"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "service_desk_order"]
