from datetime import timedelta

from odoo import api, fields, models

KEEP_DAYS = 400
MAX_TEXT = 200


class ServiceDeskKnowledgeLog(models.Model):
    """What was looked for, what was found, and what was taken of it. Nobody is named in it."""

    _name = "service_desk.knowledge.log"
    _description = "Search of Knowledge"
    _log_access = False
    _order = "id desc"
    _rec_name = "text"

    at = fields.Datetime(required=True, readonly=True, index=True, default=fields.Datetime.now)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    text = fields.Char(readonly=True)
    found = fields.Integer("Articles Found", readonly=True)
    article_id = fields.Many2one(
        "service_desk.article", "Opened", readonly=True, ondelete="set null", index="btree_not_null"
    )

    @api.autovacuum
    def _gc_old(self):
        """Forget what was looked for more than a year ago."""
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.search([("at", "<", limit)], limit=10_000).unlink()
