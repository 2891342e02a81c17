from odoo import api, fields, models
from odoo.exceptions import UserError

MAX_COMMENT = 2_000


class ServiceDeskArticleVote(models.Model):
    """What one reader says of an article; never public, read by its owner."""

    _name = "service_desk.article.vote"
    _description = "Vote on an Article"
    _order = "id desc"
    _rec_name = "article_id"

    article_id = fields.Many2one(
        "service_desk.article", required=True, readonly=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Reader", required=True, readonly=True, ondelete="cascade", index=True
    )
    is_helpful = fields.Boolean(readonly=True)
    comment = fields.Text(readonly=True)

    _reader_uniq = models.UniqueIndex("(article_id, partner_id)", "A reader votes once.")


class ServiceDeskArticle(models.Model):
    _inherit = "service_desk.article"

    vote_ids = fields.One2many("service_desk.article.vote", "article_id", "Votes", readonly=True)
    helpful_count = fields.Integer("Helped", compute="_compute_votes", compute_sudo=True)
    unhelpful_count = fields.Integer("Did Not Help", compute="_compute_votes", compute_sudo=True)

    def _compute_votes(self):
        groups = self.env["service_desk.article.vote"]._read_group(
            [("article_id", "in", self.ids)], ["article_id", "is_helpful"], ["__count"]
        )
        counts = {(article.id, is_helpful): count for article, is_helpful, count in groups}
        for article in self:
            article.helpful_count = counts.get((article.id, True), 0)
            article.unhelpful_count = counts.get((article.id, False), 0)


class ServiceDeskKnowledge(models.AbstractModel):
    _inherit = "service_desk.knowledge"

    @api.model
    def vote(self, article_id, is_helpful, comment=""):
        """Say whether an article helped; a second vote of the same reader replaces the first.

        :param str comment: why, for the owner's eyes only
        :raises AccessError: when there is no such article for the user
        :raises UserError: for a visitor, or for a comment that is none
        """
        article_sudo, reader = self._article_sudo(article_id), self._reader()
        if not reader:
            raise UserError(self.env._("Log in to say whether it helped."))
        if not isinstance(comment, str) or len(comment) > MAX_COMMENT:
            raise UserError(
                self.env._("A comment is a text of at most %(most)s letters.", most=MAX_COMMENT)
            )
        votes_sudo = article_sudo.vote_ids.filtered(lambda vote: vote.partner_id == reader)
        vals = {"is_helpful": bool(is_helpful), "comment": comment.strip()}
        if votes_sudo:
            votes_sudo.write(vals)
        else:
            votes_sudo.create({"article_id": article_sudo.id, "partner_id": reader.id, **vals})
        return True
