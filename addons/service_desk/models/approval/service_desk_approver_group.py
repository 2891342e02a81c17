from odoo import fields, models


class ServiceDeskApproverGroup(models.Model):
    """A small list of people who approve together; a service owner keeps it without any right on users."""

    _name = "service_desk.approver.group"
    _description = "Approvers"
    _inherit = "service_desk.owned.mixin"
    _order = "name, id"

    service_id = fields.Many2one(help="Its owner edits the list. Empty: managers only.")
    partner_ids = fields.Many2many(
        "res.partner",
        "service_desk_approver_group_partner_rel",
        "group_id",
        "partner_id",
        string="People",
        help="Colleagues, portal users, or contacts who answer from their mail.",
    )
