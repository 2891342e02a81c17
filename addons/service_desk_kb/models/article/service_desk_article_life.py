"""From draft to reader: review, publishing, going out of date."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty


class ServiceDeskArticle(models.Model):
    _inherit = "service_desk.article"

    def action_submit(self):
        """Ask for review: whoever may publish looks at it."""
        self.check_access("write")
        for article in self:
            article._check_has_text()
            if article.state == "draft":
                article._set_marks(state="review")
        return True

    def action_publish(self):
        """Let readers meet the text as it stands now; it becomes a version.

        :raises UserError: for an article without text
        :raises AccessError: for whoever may not publish
        """
        self._check_may_publish()
        for article in self:
            article._check_has_text()
            article._publish()
        return True

    def action_set_draft(self):
        """Take it back from readers, or from review."""
        self._check_may_publish()
        self._set_marks(state="draft")
        return True

    def action_outdate(self):
        """Say that it no longer holds: readers see the warning, and it is found last."""
        self._check_may_publish()
        self.filtered(lambda article: article.body)._set_marks(state="outdated")
        return True

    def _check_has_text(self):
        self.ensure_one()
        if is_html_empty(self.draft_body):
            raise UserError(self.env._("“%(title)s” has no text yet.", title=self.name))

    def _check_may_publish(self):
        """Refuse publishing to authors who are not editors.

        :raises UserError: names who may
        """
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group("service_desk_kb.group_editor"):
            raise UserError(
                self.env._("Editors of the knowledge publish. Send it to review instead.")
            )

    def _publish(self):
        """Copy the draft to the readers' text, and keep it as a version."""
        self._set_marks(body=self.draft_body, state="published", published_at=fields.Datetime.now())
        self.env["service_desk.article.version"]._keep(self)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(article.published_at for article in self):
            raise UserError(
                self.env._("What was published is kept as evidence. Archive it instead.")
            )
