"""Which agreements fit a ticket: by specificity, then by order (docs/developers/service-levels.md)."""

from typing import NamedTuple

from odoo import api, models, tools

from ...matching import Book, read

#: What a party may name, the most specific first; dimensions of bridges stand before the company.
SPECIFICITY = ("person", "site", "work_location", "customer", "department", "job", "manager")
LEAST_SPECIFIC = ("customer_tag", "region", "equipment", "group", "company", "kind")
#: What a request says besides the moment.
ASKED = (
    "partner_id",
    "site_id",
    "company_id",
    "team_id",
    "type_id",
    "priority",
    "service_id",
    "offering_id",
    "supplier_id",
)


class Fit(NamedTuple):
    """What one slot of a ticket goes by. ``line`` is the row of the version's definition."""

    agreement_id: int
    version_id: int
    line: dict
    why: dict


class Fits(dict):
    """``{slot: Fit}``, and in ``why`` the grounds of all of it, as ``ticket._explain("agreement", why)`` takes them.

    ``why`` is empty where the company has no agreement at all.
    """

    why = {}


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    @api.model
    def _fitting(self, requests):
        """Return ``[Fits]``, one for each of ``requests``, in a constant number of queries.

        :param requests: dictionaries with ``partner_id, site_id, company_id, team_id, type_id, priority, service_id,
            offering_id, supplier_id`` (ids or None) and ``at`` (naive UTC)
        :return: slots: ``sla``, ``ola:<team id>``, ``uc:<supplier id>``, ``beside:<agreement id>``
        """
        book = self._book()
        asked = [self._asked(request) for request in requests]
        if not any(one["company_id"] in book.companies for one in asked):
            return [Fits() for _request in asked]
        facts = self._facts_of_requests(asked, book)
        known = {}
        fits = []
        for one in asked:
            key = tuple(one.values())
            if key not in known:
                own = facts[one["partner_id"], one["site_id"]]
                known[key] = self._fits_of(book.find(one, own), one["company_id"])
            fits.append(known[key])
        return fits

    @api.model
    def _asked(self, request):
        """Return a request with all its keys in their order; what is empty is None."""
        return {**{name: request.get(name) or None for name in ASKED}, "at": request["at"]}

    @api.model
    def _fits_of(self, found, company_id):
        """Return what the book has found as :class:`Fits`."""
        fits = Fits()
        told = [self._why(one) for one in found]
        for one, why in zip(found, told, strict=True):
            if one.chosen:
                fits[one.slot] = Fit(
                    one.chosen.id, one.chosen.version_id, one.verdict.line.data, why
                )
        if told:
            fits.why = {"company_id": company_id, "slots": told}
        return fits

    # --------------------------------------------------------------------- book
    @api.model
    @tools.ormcache()
    def _book(self):
        """Return the :class:`Book` of all agreements that are, or were, in force; kept until one of them or a service changes.

        sudo: agreements hold for people who may not read them.
        """
        in_force = [("state", "in", ("active", "ended")), ("version_id", "!=", False)]
        agreements_sudo = self.sudo().search(in_force)
        candidates = [agreement._candidate() for agreement in agreements_sudo]
        return Book(candidates, self._service_paths(), self._weights())

    def _candidate(self):
        """Return the agreement as its version in force says it."""
        self.ensure_one()
        version = self.version_id
        return read(
            version.definition,
            id=self.id,
            version_id=version.id,
            number=version.number,
            name=self.with_context(lang=None).name,
            company_id=self.company_id.id,
            sequence=self.sequence,
            valid_from=self.valid_from or None,
            valid_until=self.valid_until or None,
            ended_at=self.ended_at or None,
            tz=self._time_zone(version.definition),
        )

    @api.model
    def _service_paths(self):
        """Return ``{service id: (itself, what it is part of, …)}``."""
        services_sudo = self.env["service_desk.service"].sudo().with_context(active_test=False)
        return {
            service.id: tuple(map(int, reversed(service.parent_path.strip("/").split("/"))))
            for service in services_sudo.search_fetch([], ["parent_path"])
        }

    @api.model
    def _weights(self):
        """Return ``{dimension: bit}``: a party that names the heavier dimension is more specific."""
        dimensions = [*self.env["service_desk.entitlement"]._dimensions(), "kind"]
        others = [name for name in dimensions if name not in SPECIFICITY + LEAST_SPECIFIC]
        order = [*SPECIFICITY, *others, *LEAST_SPECIFIC]
        return {name: 1 << place for place, name in enumerate(reversed(order))}
