from odoo import fields, models


class ServiceDeskOwnedMixin(models.AbstractModel):
    """For what the owner of a service keeps besides its offerings: forms, policies, plans, lists.

    Record rules ask ``service_id in user.service_desk_owned_service_ids``; what is of no service is the managers'.
    """

    _name = "service_desk.owned.mixin"
    _description = "Kept by the Owner of a Service"
    _inherit = "service_desk.anchored.mixin"
    _anchors = frozenset({"service_id"})

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    service_id = fields.Many2one(
        "service_desk.service", index="btree_not_null", ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        related="service_id.company_id", store=True, index="btree_not_null", precompute=True
    )
