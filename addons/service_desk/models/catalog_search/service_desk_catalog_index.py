"""The words of the catalog, compiled once and kept: plain data that all searches of a worker share."""

import re

from odoo import api, models, tools
from odoo.tools import SQL

from ...wordsearch import Document, Index, Query

#: How much a word tells, by where it stands.
WEIGHTS = {"name": 2.6, "search_words": 2.6, "summary": 1.6, "description": 0.5}
SERVICE_WEIGHT, ABOVE_WEIGHT, FORM_WEIGHT = 0.9, 0.5, 0.5
#: Characters of one text that are looked at.
MAX_TEXT = 1_500
TAG = re.compile(r"<[^<>]*>")


class ServiceDeskCatalog(models.AbstractModel):
    _inherit = "service_desk.catalog"

    @api.model
    def _search_offerings(self, text, partner, limit=10):
        """Find offerings that a person may use by his own words: at most one query besides his entitlement.

        :param str text: whatever he typed; what is too long is cut
        :return: ``[{"offering_id", "score", "why"}]``, the best first. ``why`` names the words: ``{"word",
            "found", "how"}``, of which ``how`` is word, form, beginning, typo, keyboard, letters, synonym
            or learned
        """
        query = Query.of(text or "")
        visible = self._visible_ids(partner) if query.pieces else ()
        if not visible:
            return []
        stem_of = self.env["service_desk.routing"]._stems(query.words())
        hits = self._search_index().search(query, stem_of, visible, limit)
        return [
            {"offering_id": hit.id, "score": round(hit.score, 2), "why": hit.why} for hit in hits
        ]

    @api.model
    @tools.ormcache()
    def _search_index(self):
        """Return the :class:`Index` of all published offerings in all languages; kept until one changes."""
        documents = self._search_documents()
        synonyms = [
            synonym._terms() for synonym in self.env["service_desk.synonym"].sudo().search([])
        ]
        stem_of = self.env["service_desk.routing"]._stems(Index.words(documents, synonyms))
        return Index(documents, synonyms, stem_of)

    @api.model
    def _search_documents(self):
        """Return the :class:`Document` of each published offering.

        sudo: the index is everybody's; what one may see of it is decided with each search.
        """
        offerings_sudo = self.env["service_desk.offering"].sudo()
        ids = offerings_sudo.search([("state", "=", "published")]).ids
        texts = {offering_id: [] for offering_id in ids}
        for offering_id, *values in self._all_translations(offerings_sudo, tuple(WEIGHTS), ids):
            for weight, found in zip(WEIGHTS.values(), values, strict=True):
                texts[offering_id] += [(weight, text) for text in found]
        for offering_id, found in self._search_more(ids).items():
            texts[offering_id] += found
        learned = self._learned_phrases(ids)
        return [Document(key, texts[key], learned.get(key, [])) for key in ids]

    @api.model
    def _search_more(self, ids):
        """Return ``{offering id: [(weight, text)]}`` of what else tells what an offering is about."""
        services_sudo = self.env["service_desk.service"].sudo()
        paths = (
            self.env["service_desk.offering"].sudo().browse(ids).service_id.mapped("parent_path")
        )
        steps = {int(step) for path in paths for step in (path or "").split("/") if step}
        names = dict(self._all_translations(services_sudo, ("name",), list(steps)))
        more = {}
        versions_sudo = self.env["service_desk.form.version"].sudo()
        offerings_sudo = self.env["service_desk.offering"].sudo().browse(ids)
        for offering_sudo in offerings_sudo.with_context(active_test=False):
            definition = offering_sudo.form_id.version_id.definition
            path = offering_sudo.service_id.parent_path or ""
            *above, own = [int(part) for part in path.split("/") if part] or [0]
            more[offering_sudo.id] = [
                *((SERVICE_WEIGHT, text) for text in names.get(own, ())),
                *((ABOVE_WEIGHT, text) for part in above for text in names.get(part, ())),
                (FORM_WEIGHT, versions_sudo._words(definition or {})),
            ]
        return more

    @api.model
    def _learned_phrases(self, ids):
        """Return ``{offering id: [phrase]}`` of the words that count."""
        rows = (
            self.env["service_desk.catalog.term"]
            .sudo()
            ._read_group(
                [("offering_id", "in", ids), ("state", "=", "used")],
                ["offering_id"],
                ["text:array_agg"],
            )
        )
        return {offering.id: texts for offering, texts in rows}

    @api.model
    def _all_translations(self, records, names, ids):
        """Return ``(id, [texts of the first field], …)`` in all languages: one query."""
        records.flush_model(names)
        rows = self.env.execute_query(
            SQL(
                "SELECT id, %s FROM %s WHERE id = ANY(%s)",
                SQL(", ").join(SQL.identifier(name) for name in names),
                SQL.identifier(records._table),
                list(ids),
            )
        )
        return [(key, *map(_texts, values)) for key, *values in rows]


def _texts(translations):
    """Return the different texts of a translated column."""
    values = dict.fromkeys((translations or {}).values())
    return [TAG.sub(" ", text)[:MAX_TEXT] for text in values if text]
