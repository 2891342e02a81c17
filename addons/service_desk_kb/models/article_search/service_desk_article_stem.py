from odoo import fields, models


class ServiceDeskArticleStem(models.Model):
    """A stem that stands in articles, and in how many: what tells how telling it is."""

    _name = "service_desk.article.stem"
    _description = "Stem of Articles"
    _log_access = False
    _rec_name = "stem"

    stem = fields.Char(required=True, readonly=True, index="trigram")
    articles = fields.Integer(required=True, readonly=True, default=0)

    _stem_uniq = models.UniqueIndex("(stem)")
    _prefix_index = models.Index("(stem text_pattern_ops)")


class ServiceDeskArticlePosting(models.Model):
    """That a stem stands in an article, and what it adds to its score before the stem's rarity.

    The best articles of a stem stand first in an index of each group of readers: a question reads a few hundred
    rows of it, however many articles there are.
    """

    _name = "service_desk.article.posting"
    _description = "Stem in an Article"
    _log_access = False
    _rec_name = "stem_id"

    stem_id = fields.Many2one(
        "service_desk.article.stem", required=True, readonly=True, ondelete="cascade"
    )
    article_id = fields.Many2one(
        "service_desk.article", required=True, readonly=True, ondelete="cascade", index=True
    )
    readers_id = fields.Many2one(
        "service_desk.readers", required=True, readonly=True, ondelete="cascade"
    )
    impact = fields.Float(required=True, readonly=True)

    _exact_index = models.UniqueIndex("(stem_id, article_id) INCLUDE (impact)")
    _best_index = models.Index("(stem_id, readers_id, impact DESC) INCLUDE (article_id)")
