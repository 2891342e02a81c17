from odoo import api, models


class ServiceDeskCatalog(models.AbstractModel):
    _inherit = "service_desk.catalog"

    @api.model
    @api.readonly
    def get_offering(self, offering_id, partner_id=False):
        """Add ``promise``: what the person gets when he asks for it now, see :meth:`get_promise`."""
        told = super().get_offering(offering_id, partner_id=partner_id)
        return {**told, "promise": self.get_promise(offering_id, partner_id=partner_id)}

    @api.model
    @api.readonly
    def get_promise(self, offering_id, partner_id=False, site_id=False):
        """Return within what time an offering is promised to a person at a site, were he to ask now.

        :param int partner_id: for whom an agent asks
        :param int site_id: the site that it is for; his own by default
        :return: ``[{"metric", "label", "due", "text"}]``; ``due`` is in UTC, or False while it must be approved first;
            ``text`` is in the caller's language and the person's time zone; empty where nothing is promised
        :raises AccessError: when the offering is not for this person
        :raises UserError: for a site of somebody else
        """
        partner = self._person(partner_id)
        offering_sudo = self._offering_argument(offering_id, partner)
        site = self._said_argument({"site_id": site_id} if site_id else {}, partner)
        request = self._promise_request(offering_sudo, partner, site.get("site_id"))
        return self.env["service_desk.promise"]._data_for(request, partner)

    @api.model
    def _promise_request(self, offering_sudo, partner, site_id=None):
        """Return the request that asking for an offering now would be, before any answer of its form.

        sudo: as for the request itself (``submit_request``)
        """
        vals = {
            "name": offering_sudo.name,
            "offering_id": offering_sudo.id,
            "partner_id": partner.id,
            "channel": self._channel(partner),
            **({"site_id": site_id} if site_id else {}),
        }
        tickets_sudo = self.env["service_desk.ticket"].sudo()
        tickets_sudo = tickets_sudo._with_request(vals, facts={"lang": partner.lang or ""})
        promises_sudo = self.env["service_desk.promise"].sudo().with_env(tickets_sudo.env)
        request = promises_sudo._request_of(vals)
        return {**request, **offering_sudo._approval_facts()}

    @api.model
    def _next_steps(self, offering_sudo, partner):
        """Begin with what is promised."""
        steps = super()._next_steps(offering_sudo, partner)
        request = self._promise_request(offering_sudo, partner)
        tz = partner.tz or self.env.context.get("tz")
        promises = self.env["service_desk.promise"]
        text = promises._text_for(request, partner, tz=tz, lang=self.env.lang)
        return [text, *steps] if text else steps
