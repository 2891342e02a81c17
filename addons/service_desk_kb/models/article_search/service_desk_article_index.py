"""Bringing the index up to date: at once for the article at hand, in steps for many."""

from odoo import api, fields, models
from odoo.tools import SQL, html2plaintext

from ...articlewords import stripped
from ...articlewords.score import K1, B
from .service_desk_article_search import CONFIG

INDEX_CRON = "service_desk_kb.ir_cron_index_articles"
#: What the index is made of: weight, and the length in stems that is ordinary for it.
FIELDS = {"title": (2.0, 5), "words": (1.0, 8), "body": (1.0, 90), "files": (0.4, 400)}
#: So much of a text is indexed; an article longer than this is a book.
MOST_CHARS = 200_000
#: The beginning of the text that is compared by pieces of words.
BEGINNING = 300
#: A change of these changes what is found.
INDEXED = {"name", "summary", "search_words", "body", "state", "active", "readers_id", "service_ids", "audience_id"}  # fmt: skip


class ServiceDeskArticle(models.Model):
    _inherit = "service_desk.article"

    is_index_stale = fields.Boolean(default=True, readonly=True, copy=False)
    beginning = fields.Text(readonly=True, copy=False, prefetch=False)

    _stale_index = models.Index("(id) WHERE is_index_stale IS TRUE")

    @api.model_create_multi
    def create(self, vals_list):
        articles = super().create(vals_list)
        articles._index_later()
        return articles

    def write(self, vals):
        result = super().write(vals)
        if INDEXED & vals.keys():
            self._index_later()
        return result

    def _index_later(self):
        """Let the job bring the index up to date as soon as this transaction is through."""
        stale = self.filtered(lambda article: not article.is_index_stale)
        stale._set_marks(is_index_stale=True)
        self.env["ir.cron"]._service_desk_wake(INDEX_CRON, fields.Datetime.now())

    @api.model
    def _cron_index(self, limit=200):
        """Index what has changed, in steps that may be killed at any moment."""
        domain = [("is_index_stale", "=", True)]
        articles = self.sudo().with_context(active_test=False)
        self.env["ir.cron"]._commit_progress(remaining=articles.search_count(domain))
        while batch := articles.search(domain, order="id", limit=limit).try_lock_for_update():
            batch._index_sudo()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    def _index_sudo(self):
        """Make the rows of the index of these articles anew; of those that nobody reads there are none."""
        postings = self.env["service_desk.article.posting"]
        self.flush_recordset()
        self.env["service_desk.article.stem"].flush_model()
        self._drop_postings()
        read = self.filtered(lambda article: article.active and article.body)
        if read:
            self._add_postings(read._indexed_texts())
        postings.invalidate_model(flush=False)
        for article in self:
            text = html2plaintext(article.body or "")[:BEGINNING]
            words = f"{article.name} {article.summary or ''} {text}"
            article.write({"is_index_stale": False, "beginning": stripped(words, MOST_CHARS)})

    def _indexed_texts(self):
        """Return ``[(article id, readers id, field, text)]``."""
        files = self._texts_of_files()
        rows = []
        for article in self:
            texts = {
                "title": article.name,
                "words": " ".join(filter(None, (article.summary, article.search_words))),
                "body": html2plaintext(article.body),
                "files": files.get(article.id, ""),
            }
            rows += [
                (article.id, article.readers_id.id, field, stripped(text, MOST_CHARS))
                for field, text in texts.items()
                if text
            ]
        return rows

    def _texts_of_files(self):
        """Return ``{article id: words of its files}``, where an add-on has read them (attachment_indexation)."""
        files_sudo = self.env["ir.attachment"].sudo()
        found = files_sudo.search_fetch(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("res_field", "=", False)],
            ["res_id", "name", "index_content"],
        )
        texts = {}
        for file in found:
            words = f"{file.name or ''} {file.index_content or ''}"
            texts[file.res_id] = f"{texts.get(file.res_id, '')} {words}"
        return texts

    def _drop_postings(self):
        self.env.cr.execute(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM service_desk_article_posting WHERE article_id = ANY(%s) RETURNING stem_id
                ), counted AS (
                    SELECT stem_id, count(*) AS times FROM gone GROUP BY stem_id
                )
                UPDATE service_desk_article_stem stem SET articles = stem.articles - counted.times
                  FROM counted WHERE stem.id = counted.stem_id
                """,
                self.ids,
            )
        )

    @api.model
    def _add_postings(self, rows):
        """Insert the stems of texts: weighed by field and length, as BM25 wants them."""
        texts = SQL(", ").join(
            SQL("(%s, %s, %s, %s, %s)", article_id, readers_id, *FIELDS[field], text)
            for article_id, readers_id, field, text in rows
        )
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE service_desk_article_new ON COMMIT DROP AS
                WITH texts (article_id, readers_id, weight, ordinary, body) AS (VALUES %(texts)s),
                stems AS (
                    SELECT texts.article_id, texts.readers_id, texts.weight, texts.ordinary, one.lexeme,
                           cardinality(one.positions) AS times,
                           sum(cardinality(one.positions)) OVER (PARTITION BY texts.article_id, texts.ordinary) AS length
                      FROM texts, unnest(to_tsvector(%(config)s::regconfig, texts.body)) one
                )
                SELECT article_id, readers_id, lexeme AS stem,
                       sum(weight * times / (1 - %(b)s + %(b)s * length / ordinary)) AS weighted
                  FROM stems WHERE length(lexeme) < 64
              GROUP BY article_id, readers_id, lexeme;
                INSERT INTO service_desk_article_stem (stem, articles)
                SELECT stem, count(*) FROM service_desk_article_new GROUP BY stem ORDER BY stem
                    ON CONFLICT (stem) DO UPDATE
                   SET articles = service_desk_article_stem.articles + EXCLUDED.articles;
                INSERT INTO service_desk_article_posting (stem_id, article_id, readers_id, impact)
                SELECT known.id, fresh.article_id, fresh.readers_id,
                       fresh.weighted * (%(k1)s + 1) / (fresh.weighted + %(k1)s)
                  FROM service_desk_article_new fresh
                  JOIN service_desk_article_stem known ON known.stem = fresh.stem;
                DROP TABLE service_desk_article_new
                """,
                texts=texts,
                config=CONFIG,
                b=B,
                k1=K1,
            )
        )
