from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("sla", "With customers (SLA)"),
    ("ola", "Between teams (OLA)"),
    ("uc", "With a supplier (UC)"),
]
STATES = [("draft", "Draft"), ("active", "In Force"), ("ended", "Ended")]
CALENDAR_SOURCES = [
    ("agreement", "The agreement's calendar"),
    ("site", "The calendar of the site"),
    ("customer", "The calendar of the customer"),
    ("team", "The calendar of the team"),
]
WAITING = [
    ("reason", "When the waiting reason says so"),
    ("always", "Always"),
    ("never", "Never"),
]
COUNTS_FROM = [("opening", "The ticket's opening"), ("agreed", "The moment it applies")]


class ServiceDeskAgreement(models.Model):
    """What is promised to whom, as one table of targets that people can read."""

    _name = "service_desk.agreement"
    _description = "Service Level Agreement"
    _inherit = ["mail.thread", "mail.activity.mixin", "service_desk.kept.mixin"]
    _order = "kind, sequence, id"
    _check_company_auto = True
    _kept_fields = frozenset(
        {
            "active",
            "state",
            "version_id",
            "ended_at",
            "name",
            "sequence",
            "company_id",
            "valid_from",
            "valid_until",
            "service_ids",
            "offering_ids",
        }
    )
    #: What only the steps of its life write: publishing, ending, renewing.
    _own_marks = frozenset({"state", "version_id", "ended_at", "reminded_until"})

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="sla", tracking=True)
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, copy=False, tracking=True
    )
    description = fields.Text(translate=True, help="What is agreed, in words; not for clocks.")
    sequence = fields.Integer(
        default=10, help="Of two that fit equally well the first one applies."
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    owner_id = fields.Many2one(
        "res.users",
        "Responsible",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    runs_beside = fields.Boolean(
        "Besides Others",
        help="Applies together with the agreement that fits best, with clocks of its own.",
    )
    # ---------------------------------------------------------------- for whom
    entitlement_ids = fields.One2many(
        "service_desk.entitlement",
        "agreement_id",
        "Parties",
        copy=True,
        help="Without a row: for everybody of the company. Rows are alternatives.",
    )
    # ------------------------------------------------------------------ scope
    service_ids = fields.Many2many(
        "service_desk.service",
        string="Services",
        check_company=True,
        help="With all that is part of them. No service and no offering: all.",
    )
    offering_ids = fields.Many2many(
        "service_desk.offering",
        string="Offerings",
        check_company=True,
        help="Besides the services.",
    )
    team_ids = fields.Many2many(
        "service_desk.team",
        string="Teams",
        check_company=True,
        help="The teams that keep the promise; the clocks run while one of them has the ticket.",
    )
    supplier_id = fields.Many2one(
        "res.partner",
        check_company=True,
        index="btree_not_null",
        help="Who keeps the promise of a contract with a supplier.",
    )
    valid_from = fields.Date(help="The first day, by the time zone of the working hours.")
    valid_until = fields.Date(tracking=True, help="The last day. Empty: without an end.")
    ended_at = fields.Datetime(readonly=True, copy=False)
    # ------------------------------------------------------------------- time
    calendar_source = fields.Selection(CALENDAR_SOURCES, default="agreement", required=True)
    calendar_id = fields.Many2one(
        "resource.calendar", "Working Hours", check_company=True, help="Empty: day and night."
    )
    waiting = fields.Selection(
        WAITING, "Stands Still While Waiting", default="reason", required=True
    )
    pauses_for_approval = fields.Boolean("Stands Still for Approvals", default=True)
    counts_from = fields.Selection(COUNTS_FROM, default="opening", required=True)
    # ------------------------------------------------------------------ below
    underpinning_ids = fields.Many2many(
        "service_desk.agreement", "service_desk_agreement_underpinning_rel", "agreement_id", "below_id",
        string="Stands On", domain="[('kind', '!=', 'sla')]", check_company=True,
    )  # fmt: skip
    line_ids = fields.One2many("service_desk.agreement.line", "agreement_id", "Targets", copy=True)
    version_ids = fields.One2many("service_desk.agreement.version", "agreement_id", "Versions")
    version_id = fields.Many2one(
        "service_desk.agreement.version", "Version in Force", readonly=True, copy=False
    )

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_own_marks(
                {name for name, value in vals.items() if value and value != "draft"}
            )
        creating = (
            self if self.env.su else self.with_env(self.env(context=self._context_without_marks()))
        )
        agreements = super(ServiceDeskAgreement, creating).create(vals_list)
        self.env["res.users"]._forget_service_desk_agreements()
        return agreements.with_env(self.env)

    def write(self, vals):
        self._check_own_marks(vals.keys())
        self._check_kept_by_versions(vals)
        result = super().write(vals)
        if self._kept_fields & vals.keys():
            self.env["res.users"]._forget_service_desk_agreements()
        return result

    def _context_without_marks(self):
        """Return the context without defaults for marks: a remote call brings its own context."""
        marks = {f"default_{name}" for name in self._own_marks}
        return {key: value for key, value in self.env.context.items() if key not in marks}

    @api.model
    def _check_own_marks(self, names):
        """Refuse what only publishing, ending and renewing write.

        :raises UserError: for whoever writes it himself
        """
        if self._own_marks & names and not self.env.su:
            raise UserError(
                self.env._("An agreement comes into force by publishing and goes by ending it.")
            )

    def _check_kept_by_versions(self, vals):
        """Refuse another kind or company for what has been in force: its clocks were counted for these."""
        for name in ("kind", "company_id"):
            if name not in vals:
                continue
            changed = self.filtered(
                lambda one, name=name: one.version_id and one._value_of(name) != vals[name]
            )
            if changed:
                raise UserError(
                    self.env._(
                        "“%(name)s” has been in force: its kind and company stay. Make a copy instead.",
                        name=changed[0].name,
                    )
                )

    def _value_of(self, name):
        value = self[name]
        return value.id if isinstance(value, models.BaseModel) else value

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%(name)s (copy)", name=agreement.name)}
            if "name" not in (default or {})
            else vals
            for agreement, vals in zip(self, super().copy_data(default=default), strict=True)
        ]
