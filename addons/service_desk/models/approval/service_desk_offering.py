from odoo import fields, models


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    approval_policy_id = fields.Many2one(
        "service_desk.approval.policy",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        domain="['|', ('service_id', '=', False), ('service_id', 'parent_of', service_id)]",
        help="Who must agree before work starts. Empty: nobody.",
    )
