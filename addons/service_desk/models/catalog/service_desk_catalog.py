"""The one door to the catalog: what portal, phone, programmes and mail may see and ask for."""

from odoo import api, models
from odoo.exceptions import AccessError


class ServiceDeskCatalog(models.AbstractModel):
    """Answers as the person who asks; nobody else has a right on offerings but the desk and their owners."""

    _name = "service_desk.catalog"
    _description = "Service Catalog"

    @api.model
    def _visible_ids(self, partner):
        """Return the ids of the published offerings that ``partner`` may use, as a frozenset."""
        offerings_sudo = self.env["service_desk.offering"].sudo()
        domain = [("state", "=", "published"), ("service_id.active", "=", True)]
        return frozenset(offerings_sudo.search(domain).ids)

    @api.model
    def _check_use(self, offering, partner):
        """Refuse an offering that ``partner`` may not use: in the same words as one that does not exist.

        :raises AccessError:
        """
        if not offering or offering.id not in self._visible_ids(partner):
            raise self._no_such_offering()

    @api.model
    def _no_such_offering(self):
        """Return the one refusal for all that is not there for somebody."""
        return AccessError(
            self.env._("There is no such offering for the requester. Look for another one.")
        )

    # ------------------------------------------------------------- who asks
    @api.model
    def _may_ask_for_others(self):
        """Tell whether the user asks for other people: agents do."""
        return self.env["service_desk.ticket"].has_access("create")

    @api.model
    def _person(self, partner_id):
        """Return for whom a call of the door asks: the user himself, or whom an agent names.

        :raises AccessError: for a visitor, and for whoever names another person and is no agent
        """
        own = self.env.user.partner_id
        if self.env.user._is_public():
            raise AccessError(self.env._("Log in to see what you can ask for."))
        if not partner_id or partner_id == own.id:
            return own
        tickets = self.env["service_desk.ticket"]
        partner = self.env["res.partner"].browse(tickets._id_argument(partner_id))
        if not self._may_ask_for_others() or not partner.exists() or not partner.has_access("read"):
            raise AccessError(self.env._("There is no such person, or you cannot ask for him."))
        return partner

    @api.model
    def _offering_argument(self, offering_id, partner):
        """Return the offering that a call names, as superuser.

        :raises AccessError: when ``partner`` may not use it, or there is none
        """
        self.env["service_desk.ticket"]._id_argument(offering_id)
        # sudo: who asks has no right on offerings; that this one is his is checked here
        offering_sudo = self.env["service_desk.offering"].sudo().browse(offering_id).exists()
        self._check_use(offering_sudo, partner)
        return offering_sudo.with_context(lang=self.env.lang)
