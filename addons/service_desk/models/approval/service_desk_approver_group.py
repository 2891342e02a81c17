from odoo import fields, models


class ServiceDeskApproverGroup(models.Model):
    """A small list of people who approve together; a service owner keeps it without any right on users."""

    _name = "service_desk.approver.group"
    _description = "Approvers"
    _inherit = "service_desk.anchored.mixin"
    _anchors = frozenset({"service_id"})
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    service_id = fields.Many2one(
        "service_desk.service",
        index="btree_not_null",
        ondelete="restrict",
        help="Its owner edits the list. Empty: managers only.",
    )
    company_id = fields.Many2one(
        related="service_id.company_id", store=True, precompute=True, index=True
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "service_desk_approver_group_partner_rel",
        "group_id",
        "partner_id",
        string="People",
        help="Colleagues, portal users, or contacts who answer from their mail.",
    )
