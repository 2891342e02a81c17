"""Search for those who ask: plain data in their language, and a note of what was looked for."""

from odoo import api, models
from odoo.exceptions import UserError

MOST_HITS = 50


class ServiceDeskCatalog(models.AbstractModel):
    _inherit = "service_desk.catalog"

    @api.model
    def search_catalog(self, text, partner_id=False, limit=10):
        """Find offerings by a person's own words.

        :param str text: whatever was typed
        :param partner_id: agents only: the person whose catalog is searched
        :return: ``{"search_id", "hits"}``; each hit is what :meth:`get_catalog` tells of an offering, with
            ``offering_id``, ``service`` (its name), ``score`` and ``why``; only what the person may use
        :raises AccessError: for people who are not logged in, and where ``partner_id`` is not one's to name
        :raises UserError: when an argument is of the wrong kind
        """
        partner = self._person(partner_id)
        if not isinstance(text, str) or isinstance(limit, bool) or not isinstance(limit, int):
            raise UserError(self.env._("Search needs a text and a number of hits."))
        hits = self._search_offerings(text, partner, limit=max(1, min(limit, MOST_HITS)))
        offering_ids = [hit["offering_id"] for hit in hits]
        searches_sudo = self._searches_sudo()
        search_id = bool(text.strip()) and searches_sudo._note(
            self.env.user.partner_id, text, offering_ids
        )
        # texts of offerings that one may use are one's to see
        offerings_sudo = searches_sudo.env["service_desk.offering"].browse(offering_ids)
        with_image = self._ids_with_image(offerings_sudo)
        told = [
            {
                **self._told_offering(offering_sudo, with_image),
                "service": offering_sudo.service_id.name,
                **hit,
            }
            for hit, offering_sudo in zip(hits, offerings_sudo, strict=True)
        ]
        return {"search_id": search_id, "hits": told}

    @api.model
    def note_choice(self, search_id, offering_id):
        """Say which offering was taken after a search, whether that showed it or not.

        :return: whether it was noted: nothing is where the search is another's or long over
        :raises AccessError: for people who are not logged in
        """
        partner = self._person(False)
        if not (_is_id(search_id) and _is_id(offering_id)):
            return False
        search_sudo = self._searches_sudo()._of(partner, search_id)
        if offering_id not in (search_sudo.shown_ids or ()) and not self._may_choose(offering_id):
            return False
        return search_sudo._note_choice(offering_id)

    @api.model
    def _searches_sudo(self):
        """Return the log of searches; sudo: it is nobody's to write."""
        return self.env["service_desk.catalog.search"].sudo()

    @api.model
    def _may_choose(self, offering_id):
        """Tell whether an offering is there for the user: for himself, or to register for others."""
        if offering_id in self._visible_ids(self.env.user.partner_id):
            return True
        offerings = self.env["service_desk.offering"]
        return offerings.has_access("read") and bool(
            offerings.search([("id", "=", offering_id), ("state", "=", "published")])
        )


def _is_id(value):
    """Tell whether a value of a remote call can be the id of a record."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
