from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    service_desk_calendar_id = fields.Many2one(
        "resource.calendar",
        "Opening Hours",
        groups="service_desk.service_desk_group_agent",
        help="When the site, or the customer, is open: agreements can promise by these hours.",
    )
