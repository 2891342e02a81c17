from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.service_desk.models.service_desk_activity_labels import (
    ACTIVITY_STATES,
    DECORATIONS,
)

KINDS = [
    ("how_to", "How to"),
    ("faq", "Question and answer"),
    ("known_error", "Known error"),
    ("instruction", "Instruction"),
]
STATES = [
    ("draft", "Draft"),
    ("review", "In Review"),
    ("published", "Published"),
    ("outdated", "Outdated"),
]
#: What readers meet: an outdated article says so, and is found after the others.
READ_STATES = ("published", "outdated")


class ServiceDeskArticle(models.Model):
    """What the organisation knows, written once and read by whom it is for.

    ``draft_body`` is what authors work on; ``body`` is what readers read, and only publishing changes it.
    """

    _name = "service_desk.article"
    _description = "Article"
    _inherit = [
        "service_desk.marks.mixin",
        "html.field.history.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _parent_store = True
    _order = "parent_path, sequence, id"
    _check_company_auto = True

    def _default_audience_id(self):
        return self.env.ref("service_desk_kb.audience_internal", raise_if_not_found=False)

    name = fields.Char("Title", required=True, tracking=True)
    summary = fields.Char(help="One sentence under the title, in lists and suggestions.")
    search_words = fields.Char(
        help="Other words that people use for it. They are searched, and shown to nobody."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, default="how_to", required=True)
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, copy=False, tracking=True, index=True
    )
    company_id = fields.Many2one("res.company", index=True, default=lambda self: self.env.company)
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    # ------------------------------------------------------------------- texts
    draft_body = fields.Html(
        "Text",
        sanitize=True,
        sanitize_attributes=True,
        sanitize_form=True,
        help="What authors work on. Readers meet it when it is published.",
    )
    body = fields.Html("Published Text", readonly=True, copy=False)
    is_changed = fields.Boolean(compute="_compute_is_changed")
    # ------------------------------------------------------------------- places
    parent_id = fields.Many2one(
        "service_desk.article", "Below", index=True, ondelete="restrict", check_company=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("service_desk.article", "parent_id", "Articles Below")
    tag_ids = fields.Many2many("service_desk.tag", string="Tags")
    service_ids = fields.Many2many(
        "service_desk.service", string="Services", check_company=True, help="What it is about."
    )
    # ------------------------------------------------------------------- people
    owner_id = fields.Many2one(
        "res.users",
        required=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        help="Who answers for it, and is reminded to look at it again.",
    )
    audience_id = fields.Many2one(
        "service_desk.audience",
        required=True,
        ondelete="restrict",
        default=lambda self: self._default_audience_id(),
        tracking=True,
    )
    readers_id = fields.Many2one(
        "service_desk.readers",
        compute="_compute_readers_id",
        store=True,
        precompute=True,
        compute_sudo=True,
        index=True,
        ondelete="restrict",
    )
    can_read = fields.Boolean(compute="_compute_can_read", search="_search_can_read")
    # ------------------------------------------------------------------- times
    published_at = fields.Datetime(readonly=True, copy=False)
    review_at = fields.Date(
        "Look Again On",
        copy=False,
        help="The owner is reminded then to see whether it still holds.",
    )

    # listed again so that our translations hold them
    activity_state = fields.Selection(ACTIVITY_STATES)
    activity_exception_decoration = fields.Selection(DECORATIONS)

    _review_index = models.Index("(review_at) WHERE review_at IS NOT NULL AND active IS TRUE")

    @api.model
    def _get_versioned_fields(self):
        return ["draft_body"]

    @api.depends("audience_id", "audience_id.reach", "service_ids")
    def _compute_readers_id(self):
        readers = self.env["service_desk.readers"]
        for article in self:
            article.readers_id = article.audience_id and readers._of(
                article.audience_id, article.service_ids._origin
            )

    @api.depends("draft_body", "body")
    def _compute_is_changed(self):
        for article in self:
            article.is_changed = bool(article.body) and article.draft_body != article.body

    # ------------------------------------------------------------- who may read
    @api.depends_context("uid")
    def _compute_can_read(self):
        readable = self.filtered_domain(self._search_can_read("in", [True]))
        for article in self:
            article.can_read = article in readable

    @api.model
    def _search_can_read(self, operator, value):
        """Return which articles the user is one of the readers of; looked up anew each time."""
        if operator != "in":
            return NotImplemented
        user = self.env.user
        partner = user.partner_id if not user._is_public() else user.partner_id.browse()
        readers_ids = self.env["service_desk.readers"]._ids_for(partner)
        return [("readers_id", "in", readers_ids), ("state", "in", READ_STATES)]

    def _is_read_by(self, partner):
        """Tell whether a person is one of the article's readers at this moment.

        :param partner: ``res.partner``; empty for a visitor
        """
        self.ensure_one()
        readers_ids = self.env["service_desk.readers"]._ids_for(partner)
        return self.active and self.state in READ_STATES and self.readers_id.id in readers_ids

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An article cannot be below itself."))
