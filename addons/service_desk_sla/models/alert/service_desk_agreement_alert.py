"""What an agreement does before a deadline and when it is missed."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOMENTS = [
    ("percent", "Part of the time is used"),
    ("before", "Before the deadline"),
    ("breach", "The deadline is missed"),
    ("after", "After the deadline"),
]
MOST_PERCENT = 1000
MOST_MINUTES = 525_600
#: What is kept of a row in the version of its agreement, besides the reaction.
PLAIN_FIELDS = ("moment", "percent", "minutes")
REACTION_FIELDS = (
    "notify_assignee", "notify_leads", "notify_owner", "notify_manager", "notify_responsible", "call_oncall",
    "reassign", "raise_priority", "owner_follows", "tell_requester", "post_note", "escalate",
)  # fmt: skip
USUAL_ALERTS = (
    {"sequence": 10, "moment": "percent", "percent": 75, "notify_assignee": True},
    {
        "sequence": 20,
        "moment": "percent",
        "percent": 90,
        "notify_assignee": True,
        "notify_leads": True,
    },
    {
        "sequence": 30,
        "moment": "breach",
        "notify_assignee": True,
        "notify_leads": True,
        "notify_responsible": True,
    },
)


class ServiceDeskAgreementAlert(models.Model):
    """One warning of an agreement: when it is due on a clock, whom it tells and what it does."""

    _name = "service_desk.agreement.alert"
    _description = "Warning of an Agreement"
    _inherit = "service_desk.reaction.mixin"
    _order = "agreement_id, sequence, id"
    _rec_name = "summary"

    agreement_id = fields.Many2one(
        "service_desk.agreement", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="agreement_id.company_id")
    sequence = fields.Integer(default=10)
    metric_ids = fields.Many2many("service_desk.metric", string="Metrics", help="None means all.")
    moment = fields.Selection(MOMENTS, "When", required=True, default="percent")
    percent = fields.Integer(default=75, help="Of the target. More than 100: after the deadline.")
    minutes = fields.Integer(default=30, help="Of working time.")
    summary = fields.Char("Due", compute="_compute_summary")

    notify_leads = fields.Boolean(default=False)
    # its table is this add-on's, and goes with it
    notify_user_ids = fields.Many2many(
        relation="service_desk_agreement_alert_user_rel", column1="alert_id", column2="user_id"
    )
    notify_responsible = fields.Boolean("Tell the Agreement's Responsible")
    tell_requester = fields.Boolean(
        "Tell the Requester", help="A mail with the text “Takes longer than promised”."
    )
    post_note = fields.Boolean("Note on the Ticket", help="Internal, in the conversation.")
    escalate = fields.Boolean(
        "Start the Escalation Ladder",
        help="The steps of the ticket's ladder for “A warning of the agreement” fire.",
    )
    webhook_ids = fields.Many2many(
        "service_desk.webhook",
        string="Call Webhooks",
        groups="service_desk.service_desk_group_manager,service_desk.service_desk_group_auditor",
    )

    _numbers_positive = models.Constraint(
        "CHECK (percent > 0 AND minutes > 0)", "A part or a number of minutes is more than nothing."
    )

    @api.depends("moment", "percent", "minutes")
    @api.depends_context("lang")
    def _compute_summary(self):
        for alert in self:
            alert.summary = alert._describe()

    def _describe(self):
        """Return when the warning is due, in the reader's language."""
        self.ensure_one()
        if self.moment == "percent":
            return self.env._("%(percent)s%% of the time", percent=self.percent)
        if self.moment == "breach":
            return self.env._("The deadline is missed")
        length = self.env["service_desk.escalation.rung"]._minutes_text(self.minutes)
        if self.moment == "before":
            return self.env._("%(length)s before the deadline", length=length)
        return self.env._("%(length)s after the deadline", length=length)

    # -------------------------------------------------------------- constraints
    @api.constrains("percent", "minutes", "moment")
    def _check_numbers(self):
        for alert in self:
            if alert.moment == "percent" and not 0 < alert.percent <= MOST_PERCENT:
                raise ValidationError(
                    self.env._("A warning is at 1 to %(most)s percent.", most=MOST_PERCENT)
                )
            if alert.moment in ("before", "after") and not 0 < alert.minutes <= MOST_MINUTES:
                raise ValidationError(
                    self.env._("A warning is 1 minute to a year of working time away.")
                )

    @api.constrains("agreement_id")
    def _check_company_of_people(self):
        self._check_people()

    @api.constrains("notify_responsible", "tell_requester", "post_note", "escalate", "webhook_ids")
    def _check_does_something_else(self):
        self._check_does_something()

    @api.constrains("webhook_ids", "agreement_id")
    def _check_webhooks(self):
        # sudo: the addresses of others are not readable
        for alert in self.sudo():
            if alert.webhook_ids.company_id - alert.company_id:
                raise ValidationError(
                    self.env._(
                        "The webhooks must belong to %(company)s.", company=alert.company_id.name
                    )
                )

    def _does_something(self):
        return (
            super()._does_something()
            or self.notify_responsible
            or self.tell_requester
            or self.post_note
            or self.escalate
            or bool(self.sudo().webhook_ids)  # sudo: addresses are not everybody's
        )

    def _tells_somebody(self):
        return super()._tells_somebody() or self.notify_responsible

    def _named_people(self, ticket):
        people = super()._named_people(ticket)
        return people | self.agreement_id.owner_id if self.notify_responsible else people


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    alert_ids = fields.One2many(
        "service_desk.agreement.alert",
        "agreement_id",
        "Warnings",
        copy=True,
        default=lambda self: self._default_alert_ids(),
    )

    def _default_alert_ids(self):
        """Propose the usual warnings to whoever makes an agreement by hand; data and programmes say what they want."""
        if not self.env.context.get("service_desk_usual_alerts"):
            return []
        return [(0, 0, vals) for vals in USUAL_ALERTS]

    @api.depends(
        "alert_ids.metric_ids", "alert_ids.moment", "alert_ids.percent", "alert_ids.minutes",
        "alert_ids.sequence", "alert_ids.notify_user_ids", "alert_ids.reassign_user_id", "alert_ids.webhook_ids",
        *(f"alert_ids.{name}" for name in REACTION_FIELDS),
    )  # fmt: skip
    def _compute_has_changes(self):
        return super()._compute_has_changes()

    def action_add_usual_alerts(self):
        """Add the usual warnings (75 %, 90 %, the breach) to agreements that have none."""
        self.check_access("write")
        for agreement in self.filtered(lambda one: not one.alert_ids):
            agreement.alert_ids = [(0, 0, vals) for vals in USUAL_ALERTS]
        return True
