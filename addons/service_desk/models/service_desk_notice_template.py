from markupsafe import Markup

from odoo import api, fields, models, tools
from odoo.tools.translate import html_translate

#: What a mail may tell; a key is an event, or a state that a ticket has entered.
TEMPLATE_KEYS = [
    ("opened", "Acknowledgement to the requester"),
    ("state_open", "In progress"),
    ("state_waiting", "Waiting"),
    ("state_solved", "Solved"),
    ("state_closed", "Closed"),
    ("state_cancelled", "Cancelled"),
    ("state_reopened", "Re-opened"),
    ("promise", "Next step or next update"),
    ("merged", "Merged into another ticket, to the requester"),
    ("assigned", "Assigned, to the agent"),
    ("new_in_team", "New in the team, to its members"),
    ("woke", "The wait is over, to the agent"),
    ("requester_wrote", "The requester wrote, to the team"),
    ("stage", "A stage of the workflow, to the requester"),
    ("moved", "A move of the workflow, to the agent or the team"),
    ("escalated", "Escalated"),
    ("unclassified", "Not classified in time, to the leads"),
    ("called", "Called on duty"),
    ("task_ready", "A task can begin, to its person"),
    ("task_in_team", "A task can begin, to the team"),
    ("task_late", "A task is late, to its person or the leads"),
]


class ServiceDeskNoticeTemplate(models.Model):
    """The words of one kind of notice. Placeholders are filled by ``service_desk.placeholder``: no code runs."""

    _name = "service_desk.notice.template"
    _description = "Text of a Notice"
    _inherit = "service_desk.kept.mixin"
    _order = "sequence, id"
    _rec_name = "key"
    _kept_fields = {"key", "active"}

    key = fields.Selection(TEMPLATE_KEYS, "Tells", required=True, readonly=True)
    active = fields.Boolean(default=True, help="An archived text is not sent to anybody.")
    sequence = fields.Integer(default=10)
    subject = fields.Char(
        required=True,
        translate=True,
        help="The number of the ticket is put before it: replies are filed by it.",
    )
    body = fields.Html(
        "Text",
        required=True,
        translate=html_translate,
        sanitize_attributes=True,
        sanitize_form=True,
    )
    placeholder_help = fields.Html("Placeholders", compute="_compute_placeholder_help")

    _key_uniq = models.UniqueIndex("(key)", "There is a text for this already.")

    @api.depends("key")
    @api.depends_context("lang")
    def _compute_placeholder_help(self):
        row = Markup("<tr><td><code>%s</code></td><td>%s</td></tr>")
        rows = Markup().join(
            row % ("{{" + name + "}}", label)
            for name, (label, _getter) in self.env["service_desk.placeholder"]
            ._placeholders()
            .items()
        )
        self.placeholder_help = Markup("<table class='table table-sm'>%s</table>") % rows

    @api.constrains("subject", "body")
    def _check_placeholders(self):
        placeholders = self.env["service_desk.placeholder"]
        for template in self:
            placeholders._check_text(template.subject)
            placeholders._check_text(template.body)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Check translations too: they are written past the constraints."""
        result = super()._update_field_translations(field_name, translations, digest, source_lang)
        for lang in translations:
            self.with_context(lang=lang)._check_placeholders()
        return result

    @api.model
    @tools.ormcache()
    def _ids_by_key(self):
        return {template.key: template.id for template in self.sudo().search([])}

    @api.model
    def _for_key(self, key):
        """Return the text for ``key`` as superuser, empty when a manager has archived it."""
        return self.sudo().browse(self._ids_by_key().get(key))
