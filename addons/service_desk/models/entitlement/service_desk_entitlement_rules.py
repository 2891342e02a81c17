"""The rows of all offerings, compiled once and kept until one of them, an offering or a service changes."""

from collections import defaultdict

from odoo import api, models, tools

from ...entitling import Level, Row, Rulebook, Terms


class ServiceDeskEntitlement(models.Model):
    _inherit = "service_desk.entitlement"

    @api.model
    @tools.ormcache()
    def _rulebook(self):
        """Return the :class:`Rulebook` of all offerings; asked for by everybody, kept for all workers.

        sudo: the rows hold for people who may not read them.
        """
        rows_sudo = self.sudo().with_context(active_test=False)
        rows_sudo = rows_sudo.search([("place_id", "!=", False)])
        by_place = defaultdict(lambda: defaultdict(list))
        for row in rows_sudo:
            place = (
                ("offering", row.offering_id.id)
                if row.offering_id
                else ("service", row.service_id.id)
            )
            by_place[place][row.kind].append(row._compiled())
        levels = {
            place: Level(tuple(kinds["allow"]), tuple(kinds["refuse"]))
            for place, kinds in by_place.items()
        }
        return Rulebook(levels, self._terms())

    def _compiled(self):
        """Return the row as plain data."""
        conditions = self._conditions()
        return Row(self.id, tuple(conditions.items()), self._has_lost(conditions))

    @api.model
    def _terms(self):
        """Return ``{offering id: Terms}`` of all offerings, drafts included.

        An offering below an archived service is as good as retired.
        """
        everything = {"active_test": False}
        offerings_sudo = self.env["service_desk.offering"].sudo().with_context(**everything)
        services_sudo = self.env["service_desk.service"].sudo().with_context(**everything)
        places = {
            service.id: [int(above) for above in service.parent_path.strip("/").split("/")]
            for service in services_sudo.search_fetch([], ["parent_path", "active"])
        }
        closed = set(services_sudo.search([("active", "=", False)]).ids)
        fetched = offerings_sudo.search_fetch([], ["service_id", "company_id", "state", "active"])
        return {
            offering.id: Terms(
                offering.company_id.id or 0,
                (
                    ("offering", offering.id),
                    *(("service", a) for a in places[offering.service_id.id]),
                ),
                offering.active
                and offering.state == "published"
                and closed.isdisjoint(places[offering.service_id.id]),
            )
            for offering in fetched
        }

    # ---------------------------------------------------------------- questions
    @api.model
    def _refused(self, uses):
        """Return those of ``(offering id, partner id)`` that are refused: not published, unknown, or not for him."""
        return self._not_so(uses, self._rulebook().is_for)

    @api.model
    def _foreign(self, uses):
        """Return those of ``(offering id, partner id)`` where the offering, published or not, is not for him."""
        return self._not_so(uses, self._rulebook().is_meant_for)

    @api.model
    def _not_so(self, uses, holds):
        if not uses:
            return set()
        partners = self.env["res.partner"].browse({partner_id for _, partner_id in uses} - {0})
        facts = self._facts_of(partners)
        return {use for use in uses if not holds(use[0], facts.get(use[1], {}))}
