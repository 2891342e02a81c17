"""The one door to the catalog: what portal, phone, programmes and mail may see and ask for."""

from odoo import api, models


class ServiceDeskCatalog(models.AbstractModel):
    """Answers as the person who asks; nobody else has a right on offerings but the desk and their owners."""

    _name = "service_desk.catalog"
    _description = "Service Catalog"

    @api.model
    def _visible_ids(self, partner):
        """Return the ids of the published offerings that ``partner`` may use, as a frozenset."""
        offerings_sudo = self.env["service_desk.offering"].sudo()
        return frozenset(offerings_sudo.search([("state", "=", "published")]).ids)
