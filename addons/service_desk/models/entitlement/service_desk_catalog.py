from odoo import api, models
from odoo.exceptions import AccessError


class ServiceDeskCatalog(models.AbstractModel):
    _inherit = "service_desk.catalog"

    @api.model
    def _visible_ids(self, partner):
        """Return the ids of the published offerings that ``partner`` may use now, as a frozenset.

        Nobody at all may use nothing.
        """
        if not partner:
            return frozenset()
        entitlements = self.env["service_desk.entitlement"]
        return entitlements._rulebook().visible(entitlements._facts_of(partner)[partner.id])

    @api.model
    def _check_use(self, offering, partner):
        """Refuse an offering that is not for ``partner``; one that does not exist is refused in the same words.

        :raises AccessError: when the person may not use the offering, or it is a draft, retired or unknown
        """
        if not offering._is_for(partner):
            raise self._no_such_offering()

    @api.model
    def _no_such_offering(self):
        """Return the one refusal for all that is not there for somebody."""
        return AccessError(
            self.env._("There is no such offering for the requester. Look for another one.")
        )
