"""Equipment as answers: a colleague names what he may see of it, his own first of all."""

from odoo import api, models
from odoo.fields import Domain


class ServiceDeskFormKind(models.AbstractModel):
    _inherit = "service_desk.form.kind"

    @api.model
    def _kinds(self):
        return self._put_after(super()._kinds(), "location", "asset", self.env._("Equipment"))

    @api.model
    def _models(self):
        return {**super()._models(), "asset": "maintenance.equipment"}

    @api.model
    def _domain_asset(self, partner, user):
        """Equipment is named by colleagues only; which, Maintenance's own rules say."""
        return Domain.TRUE if user else Domain.FALSE

    @api.model
    def _prefills(self):
        return {**super()._prefills(), "asset": (self.env._("His only equipment"), {"asset"})}

    @api.model
    def _prefill_facts(self, partner):
        facts = super()._prefill_facts(partner)
        # sudo: who asks is told of what he has himself
        equipment_sudo = self.env["maintenance.equipment"].sudo()
        users = partner.sudo().user_ids
        owned = equipment_sudo.search([("owner_user_id", "in", users.ids)], limit=2)
        return {**facts, "asset": owned.id} if len(owned) == 1 else facts
