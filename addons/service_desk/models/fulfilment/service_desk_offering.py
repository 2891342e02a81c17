from odoo import fields, models


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    plan_id = fields.Many2one(
        "service_desk.fulfilment.plan",
        "Fulfilment Plan",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The tasks that a request becomes.",
    )
