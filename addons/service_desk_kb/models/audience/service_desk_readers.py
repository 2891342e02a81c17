from odoo import api, fields, models


class ServiceDeskReaders(models.Model):
    """An audience together with services: what articles of the same readers share.

    There are few of them however many articles there are; what a person may read is a short list of ids, and an
    index can carry it.
    """

    _name = "service_desk.readers"
    _description = "Readers of Articles"
    _log_access = False

    audience_id = fields.Many2one(
        "service_desk.audience", required=True, readonly=True, ondelete="restrict", index=True
    )
    services = fields.Char(
        readonly=True, default="", help="Ids of services, where the audience asks for them."
    )

    _readers_uniq = models.UniqueIndex("(audience_id, services)", "These readers exist already.")

    @api.model
    def _of(self, audience, services):
        """Return the readers of an audience and services; made when they are the first."""
        key = ""
        if audience.reach == "services":
            key = ",".join(map(str, sorted(services.ids)))
        # sudo: a consequence of what the author chose
        readers_sudo = self.sudo()
        known = readers_sudo.search(
            [("audience_id", "=", audience.id), ("services", "=", key)], limit=1
        )
        return known or readers_sudo.create({"audience_id": audience.id, "services": key})

    @api.model
    def _ids_for(self, partner):
        """Return the ids of the readers that a person is one of at this moment, as a sorted list."""
        audience_ids = self.env["service_desk.audience"]._ids_for(partner)
        # sudo: only ids are taken
        found = self.sudo().search_fetch(
            [("audience_id", "in", list(audience_ids))], ["audience_id", "services"]
        )
        by_services = found.filtered(lambda one: one.audience_id.reach == "services")
        visible = self._visible_service_ids(partner) if by_services else frozenset()
        return sorted(
            one.id
            for one in found
            if one not in by_services
            or not visible.isdisjoint(map(int, filter(None, one.services.split(","))))
        )

    @api.model
    def _visible_service_ids(self, partner):
        """Return the services of which a person may ask for something, with all that they are part of."""
        if not partner:
            return frozenset()
        offering_ids = self.env["service_desk.catalog"]._visible_ids(partner)
        # sudo: only paths of services are taken
        services_sudo = self.env["service_desk.offering"].sudo().browse(offering_ids).service_id
        return frozenset(
            int(above)
            for service in services_sudo
            for above in service.parent_path.strip("/").split("/")
        )
