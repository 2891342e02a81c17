from odoo import fields, models

#: Sites of sites that are looked at on the way up.
MOST_STEPS = 10


class ResPartner(models.Model):
    _inherit = "res.partner"

    service_desk_manager_id = fields.Many2one(
        "res.partner",
        "Site Manager",
        domain="[('is_company', '=', False)]",
        index="btree_not_null",
        help="Who answers for this shop, branch or address; he is asked to approve requests for it.",
    )

    def _service_desk_site_manager(self):
        """Return who answers for the site, else for what it belongs to; may be empty."""
        site = self[:1]
        for _step in range(MOST_STEPS):
            if not site or site.service_desk_manager_id.active:
                break
            site = site.parent_id
        return site.service_desk_manager_id
