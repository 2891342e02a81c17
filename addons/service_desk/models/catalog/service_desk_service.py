from odoo import fields, models

#: What of a service decides who owns what.
TREE_FIELDS = frozenset({"owner_id", "parent_id", "active", "company_id"})


class ServiceDeskService(models.Model):
    _name = "service_desk.service"
    _inherit = ["service_desk.service", "service_desk.kept.mixin", "image.mixin"]
    _kept_fields = TREE_FIELDS

    sequence = fields.Integer(default=10)
    offering_ids = fields.One2many("service_desk.offering", "service_id", "Offerings")
