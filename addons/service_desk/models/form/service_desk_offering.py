from odoo import fields, models


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    form_id = fields.Many2one(
        "service_desk.form",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="What is asked of who wants it.",
    )

    def _form_version(self):
        """Return the version that requesters are asked now; empty where nothing is asked."""
        self.ensure_one()
        # sudo: requesters have no right on forms; what they are asked is told them by the catalog
        return self.sudo().form_id.version_id.with_env(self.env)
