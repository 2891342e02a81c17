from odoo import api, fields, models


class ServiceDeskSettings(models.Model):
    _inherit = "service_desk.settings"

    approval_link_days = fields.Integer(
        "Links to Approvals Live (days)",
        default=14,
        help="So long the link in a mail to an approver can be used, unless it is decided before.",
    )

    @api.constrains("approval_link_days")
    def _check_approval_link_days(self):
        self._check_not_negative()
