from odoo import fields, models


class ServiceDeskService(models.Model):
    _inherit = "service_desk.service"

    entitlement_ids = fields.One2many(
        "service_desk.entitlement",
        "service_id",
        "For Whom",
        help="Holds for all offerings of the service and of its parts, besides their own rows.",
    )
