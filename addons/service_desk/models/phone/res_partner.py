"""Contacts by number: from the end, so that the country or the trunk prefix may be missing on either side."""

from odoo import api, models
from odoo.tools import SQL

from ...telephony.number import SHORTEST_SUFFIX


class ResPartner(models.Model):
    _inherit = "res.partner"

    _service_desk_phone_end_index = models.Index(
        "(reverse(phone_sanitized) text_pattern_ops) WHERE phone_sanitized IS NOT NULL"
    )
    _service_desk_phone_start_index = models.Index(
        "(phone_sanitized text_pattern_ops) WHERE phone_sanitized IS NOT NULL"
    )
    _service_desk_phone_raw_end_index = models.Index(
        r"(reverse(regexp_replace(phone, '\D', '', 'g')) text_pattern_ops) WHERE phone IS NOT NULL"
    )

    @api.model
    def _service_desk_ids_by_phone(self, number, limit=20):
        """Return ids of contacts whose number is or ends like ``number``; the exact ones first.

        Rights are not looked at: callers search among the ids with their own.

        :param telephony.Number number: what was typed or has called
        """
        if len(number.national) < SHORTEST_SUFFIX:
            return []
        self.flush_model(["phone", "phone_sanitized", "active"])
        rows = self.env.execute_query(
            SQL(
                "(SELECT id, 0 AS rank FROM res_partner WHERE phone_sanitized LIKE %(exact)s"
                " AND active IS TRUE LIMIT %(limit)s)"
                " UNION ALL (SELECT id, 1 FROM res_partner WHERE phone_sanitized IS NOT NULL"
                " AND reverse(phone_sanitized) LIKE %(end)s AND active IS TRUE LIMIT %(limit)s)"
                " UNION ALL (SELECT id, 1 FROM res_partner WHERE phone IS NOT NULL"
                " AND reverse(regexp_replace(phone, '\\D', '', 'g')) LIKE %(end)s"
                " AND active IS TRUE LIMIT %(limit)s)",
                exact=number.e164 or "-",
                end=f"{number.national[::-1]}%",
                limit=limit,
            )
        )
        ranks = {}
        for partner_id, rank in rows:
            ranks[partner_id] = min(rank, ranks.get(partner_id, 1))
        return sorted(ranks, key=lambda partner_id: (ranks[partner_id], partner_id))[:limit]

    @api.model
    def _service_desk_ids_by_phone_start(self, prefixes, limit=20):
        """Return ids of contacts whose whole number starts with one of ``prefixes`` (``+7495…``)."""
        if not prefixes:
            return []
        self.flush_model(["phone_sanitized", "active"])
        starts = [
            SQL(
                "(SELECT id FROM res_partner WHERE phone_sanitized LIKE %s AND active IS TRUE LIMIT %s)",
                f"{prefix}%",
                limit,
            )
            for prefix in prefixes
        ]
        return [row[0] for row in self.env.execute_query(SQL(" UNION ").join(starts))][:limit]

    @api.model
    def _service_desk_firm_by_phone(self, number):
        """Return the one firm whose numbers differ from ``number`` in the last two digits only (may be empty).

        The lines of one switchboard stand side by side.
        """
        if not number or not number.e164:
            return self.browse()
        ids = self._service_desk_ids_by_phone_start([number.e164[:-2]], limit=50)
        firms = self.search([("id", "in", ids)]).commercial_partner_id
        return firms if len(firms) == 1 and firms.is_company else self.browse()

    def _service_desk_caller_rows(self):
        """Return a row for each contact: who he is, where from, how many open tickets the user may see."""
        counts = {
            partner.id: count
            for partner, count in self.env["service_desk.ticket"]._read_group(
                [("partner_id", "in", self.ids), ("is_open", "=", True)],
                ["partner_id"],
                ["__count"],
            )
        }
        return [partner._service_desk_caller_row(counts.get(partner.id, 0)) for partner in self]

    def _service_desk_caller_row(self, open_count):
        firm = self.commercial_partner_id
        site = self.parent_id
        parts = [
            firm.name if firm != self else "",
            site.name if site and site != firm else "",
            self.function,
            self.city,
        ]
        is_site = site and self.type == "other"
        return {
            "id": self.id,
            "name": self.name or self.display_name,
            "detail": " · ".join(part for part in parts if part),
            "phone": self.phone or "",
            "kind": "firm" if self.is_company else "site" if is_site else "person",
            "open_count": open_count,
        }
