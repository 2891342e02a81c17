"""What is known of who asks and where: the person's facts, and those of the ticket's site."""

from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

#: Dimensions that addresses and their tags answer.
OF_PLACES = frozenset({"site", "customer", "customer_tag", "region"})
#: Steps on the way up from an address.
MOST_STEPS = 20
NOTHING = frozenset()


class Place(NamedTuple):
    """A contact on the way up from another one."""

    id: int
    steps: int
    is_company: bool
    state_id: int
    tags: dict  # {tag: its depth in the tree of tags}


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    @api.model
    def _facts_of_requests(self, requests, book):
        """Return ``{(partner id, site id): facts}`` for the parties that agreements name."""
        pairs = {(request["partner_id"], request["site_id"]) for request in requests}
        if not book.dimensions:
            return dict.fromkeys(pairs, {})
        entitlements = self.env["service_desk.entitlement"]
        partner_ids = {partner_id for partner_id, _site_id in pairs if partner_id}
        people = entitlements._facts_of(self.env["res.partner"].browse(partner_ids))
        ways = {}
        if not OF_PLACES.isdisjoint(book.dimensions):
            site_ids = {site_id for _partner_id, site_id in pairs if site_id}
            ways = self._ways_up(sorted(partner_ids | site_ids))
        depths = self._depths(book)
        return {
            (partner_id, site_id): self._united(
                people.get(partner_id, {}), ways.get(partner_id, ()), ways.get(site_id, ()), depths
            )
            for partner_id, site_id in pairs
        }

    @api.model
    def _united(self, person, own_way, site_way, depths):
        """Return the facts of a person together with those of the place that the ticket is about.

        The ticket's site stands in the place of the person's own: who reports for another shop gets what that
        shop was promised. Tags count of the person himself, of firms, and of the site with what it is part of.
        """
        facts = dict(person)
        near = {dimension: dict(known) for dimension, known in depths.items()}
        if site_way:
            facts["site"] = frozenset(place.id for place in site_way)
            facts["customer"] = facts.get("customer", NOTHING) | facts["site"]
        place_way = site_way or own_way
        tagged = [
            *place_way,
            *(place for place in own_way if not site_way or place.is_company or not place.steps),
        ]
        tags = {tag: depth for place in tagged for tag, depth in place.tags.items()}
        if own_way or site_way:
            facts["customer_tag"] = frozenset(tags)
        state_id = next((place.state_id for place in place_way if place.state_id), None)
        facts["region"] = frozenset((state_id,)) if state_id else NOTHING
        near["site"] = {place.id: place.steps for place in place_way}
        near["customer"] = {
            **{place.id: place.steps for place in site_way},
            **{place.id: place.steps for place in own_way},
        }
        near["customer_tag"] = {tag: -depth for tag, depth in tags.items()}
        facts["near"] = near
        return facts

    @api.model
    def _ways_up(self, partner_ids):
        """Return ``{contact id: [Place]}``: each contact with all it is part of, the nearest first."""
        self.env["res.partner"].flush_model(["parent_id", "category_id", "state_id", "is_company"])
        self.env["res.partner.category"].flush_model(["parent_path"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE way (origin, id, parent_id, steps) AS (
                    SELECT id, id, parent_id, 0 FROM res_partner WHERE id = ANY(%(ids)s)
                     UNION ALL
                    SELECT way.origin, above.id, above.parent_id, way.steps + 1
                      FROM way JOIN res_partner above ON above.id = way.parent_id
                     WHERE way.steps < %(most)s
                )
                SELECT way.origin, way.id, way.steps, place.is_company, place.state_id,
                       ARRAY(SELECT tag.parent_path
                               FROM res_partner_res_partner_category_rel rel
                               JOIN res_partner_category tag ON tag.id = rel.category_id
                              WHERE rel.partner_id = way.id)
                  FROM way JOIN res_partner place ON place.id = way.id
              ORDER BY way.steps
                """,
                ids=partner_ids,
                most=MOST_STEPS,
            )
        )
        ways = defaultdict(list)
        for origin, place_id, steps, is_company, state_id, paths in rows:
            tags = {
                int(tag): depth
                for path in paths
                for depth, tag in enumerate((path or "").strip("/").split("/"), 1)
                if tag
            }
            ways[origin].append(Place(place_id, steps, bool(is_company), state_id, tags))
        return ways

    @api.model
    def _depths(self, book):
        """Return ``{dimension: {value: minus its depth}}`` of trees that parties name (departments)."""
        entitlements = self.env["service_desk.entitlement"]
        dimensions = entitlements._dimensions()
        depths = {}
        for dimension in book.dimensions - OF_PLACES - {"kind"}:
            field = entitlements._fields.get(dimensions.get(dimension))
            if field is None or not field.relational:
                continue
            if not self.env[field.comodel_name]._parent_store:
                continue
            # sudo: only how deep a department lies is read
            named_sudo = self.env[field.comodel_name].sudo().with_context(active_test=False)
            found = named_sudo.search_fetch(
                [("id", "in", list(book.named(dimension)))], ["parent_path"]
            )
            depths[dimension] = {one.id: -(one.parent_path or "").count("/") for one in found}
        return depths
