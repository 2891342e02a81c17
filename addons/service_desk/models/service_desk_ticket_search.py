"""The one search box: number, subject, requester, address – each looked up by its own index, then merged.

An OR over joined tables in one query defeats every index (3 s at a million tickets); separate bounded
look-ups take milliseconds.
"""

import re
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.fields import Domain

#: Matches kept from each look-up.
HITS = 200
#: A word with so many matches is frequent: all of them would be too many to read.
FREQUENT = 800
#: So many of the newest tickets are always looked through for a word, however frequent it is.
RECENT = 20_000
#: Where the request keeps its look-ups.
KEPT = "service_desk.text_ids"
NUMBER_PATTERN = re.compile(r"^[A-Z0-9]{1,8}-\d{1,12}$", re.IGNORECASE)


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    query = fields.Char("Ticket", compute="_compute_query", search="_search_query", store=False)

    def _compute_query(self):
        self.query = False

    @api.model
    def _search_query(self, operator, value):
        if operator not in ("ilike", "=", "in", "=ilike", "like"):
            return NotImplemented
        texts = (
            [value]
            if isinstance(value, str)
            else [text for text in value or [] if isinstance(text, str)]
        )
        ids = set()
        for text in texts:
            ids.update(self._kept_text_ids(text.strip()[:200]))
        return Domain("id", "in", sorted(ids, reverse=True))

    # ------------------------------------------------- one look-up for a request
    @api.model
    @api.readonly
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        """Read a page and its count; words are looked up once for both."""
        with self._keeping_text_ids():
            return super().web_search_read(domain, specification, offset, limit, order, count_limit)

    @contextmanager
    def _keeping_text_ids(self):
        """Keep what words were found to mean as long as nothing is written: within one request that reads."""
        cache = self.env.cr.cache
        cache[KEPT] = {}
        try:
            yield
        finally:
            cache.pop(KEPT, None)

    @api.model
    def _kept_text_ids(self, text):
        kept = self.env.cr.cache.get(KEPT)
        if kept is None:
            return self._search_text_ids(text)
        key = (self.env.uid, self.env.su, tuple(self.env.companies.ids), text)
        if key not in kept:
            kept[key] = self._search_text_ids(text)
        return kept[key]

    # ------------------------------------------------------------------ look-ups
    @api.model
    def _search_text_ids(self, text):
        """Return ids of tickets that match ``text``, newest first in each look-up, at most a few hundred."""
        if not text:
            return []
        if NUMBER_PATTERN.match(text):
            found = self.with_context(active_test=False)._search(
                [("number", "=", text.upper())], limit=1
            )
            if ids := list(found):
                return ids
        tickets = self.with_context(active_test=False)
        ids = []
        if any(char.isdigit() for char in text):
            ids += tickets._newest_hits(Domain("number", "ilike", text))
        ids += tickets._newest_hits(Domain("name", "ilike", text))
        # sudo: only ids are taken; which tickets are found is decided by the user's own rules
        partners = (
            self.env["res.partner"]
            .sudo()
            ._search(Domain("name", "ilike", text) | Domain("email", "ilike", text), limit=HITS)
        )
        if partner_ids := list(partners):
            ids += tickets._newest_hits(
                Domain("partner_id", "in", partner_ids),
                Domain("commercial_partner_id", "in", partner_ids),
            )
        return ids

    @api.model
    def _newest_hits(self, *domains):
        """Return ids for each domain: all of a rare word, the newest of a frequent one.

        Without an order the planner takes the word's index; ordered, it would walk the whole table for
        a rare word. So a frequent word is looked up once more among the newest tickets only.
        """
        ids = []
        for domain in domains:
            found = list(self._search(domain, order="", limit=FREQUENT))
            ids += self._frequent_hits(domain, found) if len(found) == FREQUENT else found
        return ids

    @api.model
    def _frequent_hits(self, domain, some):
        """Return the newest hits of a frequent word, and the open ones.

        Open work is small and what people look for: none of it may hide behind newer history.
        """
        newest = next(iter(self._search([], order="id desc", limit=1)), 0)
        recent = domain & Domain("id", ">", newest - RECENT)
        still_open = domain & Domain("is_open", "=", True) & Domain("active", "=", True)
        return [
            *self._search(still_open, order="id desc", limit=FREQUENT),
            *self._search(recent, order="id desc", limit=HITS),
            *some[:HITS],
        ]
