from odoo import fields, models

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
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "kind, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="sla", tracking=True)
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, copy=False, tracking=True
    )
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
    # ------------------------------------------------------------------ scope
    service_ids = fields.Many2many("service_desk.service", string="Services", check_company=True)
    offering_ids = fields.Many2many("service_desk.offering", string="Offerings")
    team_ids = fields.Many2many(
        "service_desk.team",
        string="Teams",
        check_company=True,
        help="Who keeps the promise. OLA: which team.",
    )
    supplier_id = fields.Many2one(
        "res.partner", help="Who keeps the promise of a contract with a supplier."
    )
    valid_from = fields.Date()
    valid_until = fields.Date()
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
        string="Stands On", domain="[('kind', '!=', 'sla')]",
    )  # fmt: skip
    line_ids = fields.One2many("service_desk.agreement.line", "agreement_id", "Targets", copy=True)
    version_ids = fields.One2many("service_desk.agreement.version", "agreement_id", "Versions")
    version_id = fields.Many2one(
        "service_desk.agreement.version", "Version in Force", readonly=True, copy=False
    )

    def action_publish(self):
        """Put the agreement, as it is now, in force: new clocks follow it; running ones keep theirs."""
        for agreement in self:
            agreement.version_id = self.env["service_desk.agreement.version"]._publish(agreement)
            agreement.state = "active"
        return True

    def _definition(self):
        """Return the agreement as plain data, as a version keeps it (docs/developers/agreements.md)."""
        self.ensure_one()
        metrics = self.line_ids.target_ids.metric_id
        return {
            "kind": self.kind,
            "name": self.name,
            "calendar": {"source": self.calendar_source, "calendar_id": self.calendar_id.id},
            "pauses": {"waiting": self.waiting, "approval": self.pauses_for_approval},
            "from": self.counts_from,
            "metrics": {metric.code: metric._definition() for metric in metrics},
            "lines": [line._definition() for line in self.line_ids],
            "alerts": self._alert_definitions(),
        }

    def _alert_definitions(self):
        """Hook: the warnings and actions of the agreement as plain data."""
        return []
