"""How a question is read, and which articles it finds."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.service_desk.wordsearch.keyboard import on_other_keyboard

from ...articlewords import Candidate, grams, idf, rank, stripped

#: Stems both languages: Latin words go to the English dictionary.
CONFIG = "russian"
#: A question longer than this is a letter; its beginning says what it is about.
MOST_CHARS = 1_000
MOST_STEMS = 24
#: So many candidates are compared in full.
CANDIDATES = 100
#: At least so many articles are looked at for each stem and group of readers.
LEAST_DEPTH = 40
DEPTH = 600
#: What a stem counts that was only guessed.
PREFIX_FACTOR = 0.7
TYPO_FACTOR = 0.6
MOST_GUESSES = 8
#: So many articles are found in a list of the back office.
MOST_IN_LIST = 80


class ServiceDeskArticle(models.Model):
    _inherit = "service_desk.article"

    question = fields.Char(compute="_compute_question", search="_search_question")

    def _compute_question(self):
        self.question = False

    @api.model
    def _search_question(self, operator, value):
        """Find articles by people's own words, as readers do; besides by a part of the title, for authors."""
        if operator not in ("ilike", "=", "in") or not value:
            return NotImplemented
        texts = (
            [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]
        )
        domain = Domain.FALSE
        for text in texts:
            found = self._find_articles(text, self.env.user.partner_id, MOST_IN_LIST)
            domain |= Domain("id", "in", [article_id for article_id, _score in found])
            domain |= Domain("name", "ilike", text)
        return domain

    @api.model
    def _find_articles(self, text, partner, limit=10, is_typing=False):
        """Return ``[(article id, score)]`` of the published articles that a person may read, the best first.

        :param str text: the person's own words
        :param partner: ``res.partner``; empty for a visitor
        :param bool is_typing: the last word is a beginning
        """
        text = stripped(text, MOST_CHARS)
        asked = self._asked_stems(text, is_typing)
        readers_ids = self.env["service_desk.readers"]._ids_for(partner)
        if not asked or not readers_ids:
            return []
        candidates = self._candidates(asked, readers_ids)
        return rank(candidates, grams(text))[:limit]

    # -------------------------------------------------------------- the question
    @api.model
    def _asked_stems(self, text, is_typing):
        """Return ``{stem id: what it counts}``: rarity, repetition, and whether it was only guessed."""
        spoken = self._stems(text)
        known = self._known_stems(spoken)
        missing = [stem for stem in spoken if stem not in known]
        total = self._indexed_count()
        asked = {
            stem_id: idf(articles, total) * min(spoken[stem], 2) ** 0.5
            for stem, (stem_id, articles) in known.items()
        }
        words = text.split()
        if is_typing and words:
            self._add_guesses(asked, self._stems_that_begin(words[-1]), PREFIX_FACTOR, total)
        if missing:
            self._add_guesses(asked, self._meant(text, missing), TYPO_FACTOR, total)
        best = sorted(asked.items(), key=lambda one: -one[1])
        return dict(best[:MOST_STEMS])

    @api.model
    def _add_guesses(self, asked, guesses, factor, total):
        for stem_id, articles in guesses:
            asked.setdefault(stem_id, idf(articles, total) * factor)

    @api.model
    def _stems(self, text):
        """Return ``{stem: how often}`` of a text, as the index has them."""
        rows = self.env.execute_query(
            SQL(
                "SELECT lexeme, cardinality(positions) FROM unnest(to_tsvector(%s::regconfig, %s))",
                CONFIG,
                text,
            )
        )
        return dict(rows)

    @api.model
    def _known_stems(self, stems):
        """Return ``{stem: (id, number of articles)}`` of those that stand in articles."""
        rows = self.env.execute_query(
            SQL(
                "SELECT stem, id, articles FROM service_desk_article_stem WHERE stem = ANY(%s) AND articles > 0",
                list(stems),
            )
        )
        return {stem: (stem_id, articles) for stem, stem_id, articles in rows}

    @api.model
    def _stems_that_begin(self, word):
        """Return ``[(stem id, number of articles)]`` of the most frequent stems that begin so."""
        start = word.lower().replace("\\", "").replace("%", "").replace("_", "\\_")
        if len(start) < 2:
            return []
        return self.env.execute_query(
            SQL(
                "SELECT id, articles FROM service_desk_article_stem WHERE stem LIKE %s AND articles > 0"
                " ORDER BY articles DESC LIMIT %s",
                f"{start}%",
                MOST_GUESSES,
            )
        )

    @api.model
    def _meant(self, text, missing):
        """Return ``[(stem id, number of articles)]`` that unknown words may mean: other keyboard, typing errors."""
        other = self._known_stems(self._stems(on_other_keyboard(text)))
        found = list(other.values())
        if not other and self.env.registry.has_trigram:
            for stem in missing[:MOST_GUESSES]:
                found += self._alike_stems(stem)
        return found

    @api.model
    def _alike_stems(self, stem):
        return self.env.execute_query(
            SQL(
                "SELECT id, articles FROM service_desk_article_stem WHERE stem %% %s AND articles > 0"
                " ORDER BY similarity(stem, %s) DESC LIMIT 2",
                stem,
                stem,
            )
        )

    @api.model
    def _indexed_count(self):
        """Return the number of articles that PostgreSQL believes to be there; exact while they are few."""
        return max(
            1,
            self.env.execute_query(
                SQL(
                    "SELECT greatest(reltuples, 1)::int FROM pg_class WHERE relname = %s",
                    self._table,
                )
            )[0][0],
            self.env.execute_query(
                SQL(
                    "SELECT max(articles) FROM (SELECT articles FROM service_desk_article_stem ORDER BY articles DESC LIMIT 1) top"
                )
            )[0][0]
            or 1,
        )

    # ------------------------------------------------------------ the candidates
    @api.model
    def _candidates(self, asked, readers_ids):
        """Return the likeliest articles with what they are compared by."""
        self.flush_model(["active", "state", "readers_id", "name", "beginning"])
        depth = max(LEAST_DEPTH, DEPTH // len(readers_ids))
        rows = self.env.execute_query(
            SQL(
                """
                WITH asked (stem_id, telling) AS (SELECT * FROM unnest(%(stems)s, %(telling)s::float8[])),
                likely AS (
                    SELECT best.article_id, sum(best.impact * asked.telling) AS score
                      FROM asked
                      CROSS JOIN unnest(%(readers)s) AS readers (id)
                      CROSS JOIN LATERAL (
                           SELECT article_id, impact FROM service_desk_article_posting
                            WHERE stem_id = asked.stem_id AND readers_id = readers.id
                         ORDER BY impact DESC LIMIT %(depth)s
                      ) best
                  GROUP BY best.article_id ORDER BY score DESC LIMIT %(limit)s
                ), exact AS (
                    SELECT likely.article_id, sum(posting.impact * asked.telling) AS score
                      FROM likely CROSS JOIN asked
                      JOIN service_desk_article_posting posting
                        ON posting.stem_id = asked.stem_id AND posting.article_id = likely.article_id
                  GROUP BY likely.article_id
                )
                SELECT article.id, exact.score, article.name, article.beginning
                  FROM exact JOIN service_desk_article article ON article.id = exact.article_id
                 WHERE article.active AND article.state IN ('published', 'outdated')
                   AND article.readers_id = ANY(%(readers)s)
                """,
                stems=list(asked),
                telling=list(asked.values()),
                readers=readers_ids,
                depth=depth,
                limit=CANDIDATES,
            )
        )
        return [Candidate(*row[:3], row[3] or "") for row in rows]
