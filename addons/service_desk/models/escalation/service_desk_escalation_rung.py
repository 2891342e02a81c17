"""The rungs of a ladder: when one is reached, and what it does."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

TRIGGERS = [
    ("no_answer", "The requester waits for an answer"),
    ("unassigned", "Nobody has taken it"),
    ("idle", "Nobody of us has done anything"),
    ("before_promise", "Before the promised update"),
    ("after_promise", "After the promised update was missed"),
    ("reopened", "Re-opened"),
    ("rating", "Rated badly"),
]
#: Reached by an event. All others count minutes from a moment.
EVENTS = ("reopened", "rating")
MOST_MINUTES = 525_600


class ServiceDeskEscalationRung(models.Model):
    """One step of a ladder."""

    _name = "service_desk.escalation.rung"
    _description = "Escalation Step"
    _inherit = ["service_desk.kept.mixin", "service_desk.reaction.mixin"]
    _order = "sequence, id"
    _rec_name = "summary"
    _check_company_auto = True

    escalation_id = fields.Many2one(
        "service_desk.escalation", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="escalation_id.company_id")
    sequence = fields.Integer(default=10)
    trigger = fields.Selection(TRIGGERS, "When", required=True, default="no_answer")
    minutes = fields.Integer(default=60, help="How long after (or before) that.")
    times = fields.Integer(default=2, help="At which re-opening: 2 means the second.")
    max_rating = fields.Integer("Rating Up To", default=2, help="Of 5.")
    summary = fields.Char("Reached", compute="_compute_summary")
    is_event = fields.Boolean(compute="_compute_is_event", help="No minutes are counted.")

    _minutes_positive = models.Constraint(
        "CHECK (minutes >= 0 AND times >= 1)", "Minutes and times cannot be negative."
    )

    @api.depends("trigger", "minutes", "times", "max_rating")
    @api.depends_context("lang")
    def _compute_summary(self):
        for rung in self:
            rung.summary = rung._describe()

    @api.depends("trigger")
    def _compute_is_event(self):
        events = self._event_triggers()
        for rung in self:
            rung.is_event = rung.trigger in events

    def _describe(self):
        """Return when the step is reached, in the reader's language."""
        self.ensure_one()
        label = dict(self._fields["trigger"]._description_selection(self.env)).get(self.trigger, "")
        if self.trigger == "reopened":
            return self.env._("%(when)s: time %(number)s", when=label, number=self.times)
        if self.trigger == "rating":
            return self.env._("%(when)s: %(limit)s of 5 or less", when=label, limit=self.max_rating)
        length = self._minutes_text(self.minutes)
        return self.env._("%(when)s: %(length)s", when=label, length=length)

    def _minutes_text(self, minutes):
        hours, rest = divmod(int(minutes), 60)
        if not hours:
            return self.env._("%(minutes)s min", minutes=rest)
        if not rest:
            return self.env._("%(hours)s h", hours=hours)
        return self.env._("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)

    # -------------------------------------------------------------- constraints
    @api.constrains("minutes", "max_rating")
    def _check_numbers(self):
        for rung in self:
            if rung.minutes > MOST_MINUTES:
                raise ValidationError(self.env._("A step cannot be more than a year away."))
            if rung.trigger == "rating" and not 1 <= rung.max_rating <= 5:
                raise ValidationError(self.env._("A rating is a number from 1 to 5."))

    @api.constrains("escalation_id")
    def _check_company_of_people(self):
        self._check_people()

    # --------------------------------------------------------------- when is it
    @api.model
    def _event_triggers(self):
        """Return the triggers that are events; add-ons add theirs. All others count minutes from a moment."""
        return EVENTS

    def _moment_for(self, ticket, around_the_clock=False):
        """Return ``(due moment, since when it counts)`` for the ticket, or None where it does not apply.

        A step fires once for each "since": an answer and a new question begin a new count.
        """
        self.ensure_one()
        since = getattr(ticket, f"_escalation_since_{self.trigger}")()
        if not since:
            return None
        working_time = self.env["service_desk.working.time"]
        hours = (
            working_time._of(self.env["resource.calendar"])
            if around_the_clock
            else working_time._of_team(ticket.sudo().team_id)
        )
        move = hours.subtract if self.trigger.startswith("before_") else hours.add
        due = move(since, self.minutes)
        return (due, since) if due else None

    # --------------------------------------------------------- changes of it
    @api.model_create_multi
    def create(self, vals_list):
        rungs = super().create(vals_list)
        self.env["service_desk.escalation"]._count_anew()
        return rungs

    def write(self, vals):
        result = super().write(vals)
        self.env["service_desk.escalation"]._count_anew()
        return result

    def unlink(self):
        self.env["service_desk.escalation"]._count_anew()
        return super().unlink()
