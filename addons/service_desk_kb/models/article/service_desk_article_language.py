"""The same article in several languages, side by side."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ServiceDeskArticle(models.Model):
    _inherit = "service_desk.article"

    original_id = fields.Many2one(
        "service_desk.article",
        "Translation of",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('original_id', '=', False), ('id', '!=', id)]",
        help="The article that it says in another language.",
    )
    translation_ids = fields.One2many("service_desk.article", "original_id", "Translations")

    _translation_uniq = models.UniqueIndex(
        "(original_id, lang) WHERE original_id IS NOT NULL AND active IS TRUE",
        "There is a version in this language already.",
    )

    @api.constrains("original_id", "lang")
    def _check_original_id(self):
        for article in self.filtered("original_id"):
            original = article.original_id
            if original.original_id or article.translation_ids:
                raise ValidationError(
                    self.env._("A translation hangs on the original, not on another translation.")
                )
            if original.lang == article.lang:
                raise ValidationError(
                    self.env._("“%(title)s” is in this language already.", title=original.name)
                )

    def _all_languages(self):
        """Return the article with all versions in other languages."""
        self.ensure_one()
        original = self.original_id or self
        return original | original.translation_ids
