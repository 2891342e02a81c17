"""What is known of people, as far as conditions can ask for it: read anew each time, in a constant number of queries."""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL


class ServiceDeskEntitlement(models.Model):
    _inherit = "service_desk.entitlement"

    @api.model
    def _facts_of(self, partners):
        """Return ``{partner id: {dimension: frozenset of ids}}`` of contacts, for the conditions of rows.

        Facts are closed upwards: a site with all it is part of, a tag with the tags above it, a group with those
        it implies. So a condition is met by one common id. Nothing is kept: what changes holds at once.
        """
        contacts = self._facts_of_contacts(partners)
        users = self._facts_of_users(partners)
        strangers = [partner_id for partner_id in contacts if not users.get(partner_id)]
        companies = self._companies_of_contacts(strangers)
        facts = {partner_id: {} for partner_id in partners.ids}
        for partner_id, known in contacts.items():
            path, tags = known
            login = users.get(partner_id) or {
                "company": companies[partner_id],
                "group": frozenset(),
                "kind": frozenset(("contact",)),
            }
            facts[partner_id] = {
                "person": frozenset((partner_id,)),
                "customer": path,
                "site": path,
                "customer_tag": tags,
                **login,
            }
        return facts

    @api.model
    def _facts_of_contacts(self, partners):
        """Return ``{id: (itself with all above, tags of all these with those above them)}`` of those that exist."""
        self.env["res.partner"].flush_model(["parent_id", "category_id"])
        self.env["res.partner.category"].flush_model(["parent_path"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE path (person_id, id, parent_id) AS (
                    SELECT id, id, parent_id FROM res_partner WHERE id = ANY(%s)
                     UNION
                    SELECT path.person_id, above.id, above.parent_id
                      FROM path JOIN res_partner above ON above.id = path.parent_id
                )
                SELECT path.person_id, array_agg(path.id), string_agg(tag.parent_path, '')
                  FROM path
             LEFT JOIN res_partner_res_partner_category_rel rel ON rel.partner_id = path.id
             LEFT JOIN res_partner_category tag ON tag.id = rel.category_id
              GROUP BY path.person_id
                """,
                partners.ids,
            )
        )
        return {
            person_id: (frozenset(path), frozenset(map(int, filter(None, (tags or "").split("/")))))
            for person_id, path, tags in rows
        }

    @api.model
    def _companies_of_contacts(self, partner_ids):
        """Return ``{contact id: ids of companies}`` of people without a login; one of no company belongs to all."""
        if not partner_ids:
            return {}
        self.env["res.partner"].flush_model(["company_id"])
        self.env["res.company"].flush_model(["active"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id, p.company_id,
                       CASE WHEN p.company_id IS NULL THEN everywhere.ids END
                  FROM res_partner p,
                       (SELECT array_agg(id) AS ids FROM res_company WHERE active) everywhere
                 WHERE p.id = ANY(%s)
                """,
                partner_ids,
            )
        )
        return {
            partner_id: frozenset(everywhere or (company_id,))
            for partner_id, company_id, everywhere in rows
        }

    @api.model
    def _facts_of_users(self, partners):
        """Return ``{contact id: {"company", "group", "kind"}}`` of those who have, or had, a login.

        A colleague whose logins are all archived has left: he is of no kind at all, and nothing is for him. A
        customer who lost his login is a contact as before.
        """
        self.env["res.users"].flush_model(
            ["partner_id", "active", "share", "group_ids", "company_ids"]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT u.partner_id, u.active, u.share,
                       ARRAY(SELECT cid FROM res_company_users_rel WHERE user_id = u.id),
                       ARRAY(SELECT gid FROM res_groups_users_rel WHERE uid = u.id)
                  FROM res_users u
                 WHERE u.partner_id = ANY(%s)
              ORDER BY u.active, u.id
                """,
                partners.ids,
            )
        )
        logins = defaultdict(list)
        for partner_id, active, share, company_ids, group_ids in rows:
            logins[partner_id].append((active, share, company_ids, group_ids))
        return {
            partner_id: facts
            for partner_id, own in logins.items()
            if (facts := self._facts_of_logins(own))
        }

    @api.model
    def _facts_of_logins(self, logins):
        """Return what the logins of one person say of him; None for a customer whose logins are archived."""
        working = [login for login in logins if login[0]]
        if not working and all(share for _active, share, _companies, _groups in logins):
            return None
        # Archived logins of the same person count for nothing; of one who has left only his companies are told.
        kinds = {"portal" if share else "internal" for _active, share, _c, _g in working}
        groups = {group for _active, _share, _c, own in working for group in own}
        return {
            "kind": frozenset(kinds),
            "company": frozenset(company for login in working for company in login[2]),
            "group": frozenset(groups | set(self._groups_above(tuple(sorted(groups))))),
        }

    @api.model
    def _groups_above(self, group_ids):
        """Return the groups that these imply; Odoo keeps them in memory."""
        return self.env["res.groups"]._get_group_definitions().get_superset_ids(group_ids)

    @api.model
    def _paths_up(self, partners):
        """Return ``{id: frozenset of the contact and all it is part of}``, for addresses that a bridge knows."""
        return {place: known[0] for place, known in self._facts_of_contacts(partners).items()}

    @api.model
    def _is_asked(self, *dimensions):
        """Tell whether any row asks for one of these: what nobody asks for need not be found out."""
        return not self._rulebook().dimensions.isdisjoint(dimensions)
