from odoo import api, fields, models
from odoo.exceptions import UserError


class ServiceDeskArticleVersion(models.Model):
    """An article as it was published. It never changes."""

    _name = "service_desk.article.version"
    _description = "Version of an Article"
    _order = "article_id, number desc"
    _rec_name = "name"

    article_id = fields.Many2one(
        "service_desk.article", required=True, readonly=True, ondelete="cascade", index=True
    )
    number = fields.Integer(required=True, readonly=True)
    name = fields.Char("Title", required=True, readonly=True)
    body = fields.Html("Text", readonly=True)
    published_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    published_by_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user, ondelete="set null"
    )

    _number_uniq = models.Constraint("UNIQUE (article_id, number)", "This version exists already.")

    def write(self, vals):  # pylint: disable=method-required-super
        self.check_access("write")
        raise UserError(self.env._("A version of an article never changes."))

    @api.model
    def _keep(self, article):
        """Keep the published text as the next version, unless it is the last one unchanged."""
        # sudo: versions are made by publishing only
        versions_sudo = self.sudo()
        last = versions_sudo.search([("article_id", "=", article.id)], limit=1)
        if (last.name, last.body) != (article.name, article.body):
            versions_sudo.create(
                {
                    "article_id": article.id,
                    "number": last.number + 1,
                    "name": article.name,
                    "body": article.body,
                    "published_by_id": self.env.uid,
                }
            )


class ServiceDeskArticle(models.Model):
    _inherit = "service_desk.article"

    version_ids = fields.One2many(
        "service_desk.article.version", "article_id", "Versions", readonly=True
    )
