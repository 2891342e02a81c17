from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...forms import conditions

WHO = [
    ("persons", "Named people"),
    ("group", "A list of approvers"),
    ("res_group", "Users with a right"),
    ("manager", "The requester's manager"),
    ("service_owner", "The owner of the service"),
    ("site_manager", "The manager of the site"),
    ("answer", "Whom the requester chooses"),
]
MODES = [("any", "One of them"), ("all", "All of them"), ("count", "Some of them")]
AMOUNTS = [
    ("none", "Whatever it costs"),
    ("price", "By the price of the offering"),
    ("answer", "By an amount in the form"),
]
EXPIRIES = [
    ("remind", "Remind again"),
    ("escalate", "Ask the approver's manager"),
    ("refuse", "Refuse"),
    ("approve", "Approve"),
]
MOST_MINUTES = 525_600


class ServiceDeskApprovalPolicyStep(models.Model):
    """One step: whom it asks, when it applies, how long it waits."""

    _name = "service_desk.approval.policy.step"
    _description = "Approval Policy Step"
    _inherit = "service_desk.anchored.mixin"
    _anchors = frozenset({"policy_id"})
    _order = "sequence, id"

    policy_id = fields.Many2one(
        "service_desk.approval.policy", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char("Step", required=True, translate=True)
    # -------------------------------------------------------------------- who
    who = fields.Selection(WHO, "Who Approves", required=True, default="manager")
    partner_ids = fields.Many2many(
        "res.partner",
        "service_desk_approval_policy_step_partner_rel",
        "step_id",
        "partner_id",
        string="People",
    )
    group_id = fields.Many2one("service_desk.approver.group", "List", ondelete="restrict")
    res_group_id = fields.Many2one("res.groups", "Right", ondelete="restrict")
    manager_level = fields.Integer(
        "How Far Above", default=1, help="1 is the manager, 2 the manager's manager."
    )
    form_id = fields.Many2one(related="policy_id.form_id")
    answer_question_id = fields.Many2one(
        "service_desk.form.question",
        "Question for the Person",
        ondelete="set null",
        domain="[('form_id', '=', form_id), ('kind', 'in', ('contact', 'employee'))]",
    )
    answer_key = fields.Char(
        "Key of the Person",
        compute="_compute_answer_key",
        store=True,
        readonly=False,
        help="The key of a question that asks for a contact or an employee.",
    )
    mode = fields.Selection(MODES, "How Many", required=True, default="any")
    needed = fields.Integer(default=2, help="So many of them must agree.")
    # ------------------------------------------------------------------- when
    amount_by = fields.Selection(AMOUNTS, "Amount", required=True, default="none")
    amount_question_id = fields.Many2one(
        "service_desk.form.question",
        "Question for the Amount",
        ondelete="set null",
        domain="[('form_id', '=', form_id), ('kind', 'in', ('money', 'number'))]",
    )
    amount_key = fields.Char(
        "Key of the Amount",
        compute="_compute_amount_key",
        store=True,
        readonly=False,
        help="The key of a question for money or a number.",
    )
    amount_from = fields.Monetary("From", help="Asked only from this amount on.")
    amount_below = fields.Monetary("Below", help="Asked only below this amount. 0: without limit.")
    condition = fields.Json("Only If", help="Empty: always.")
    # --------------------------------------------------------------- how long
    due_minutes = fields.Integer(
        "Decide Within (minutes)", default=2 * 8 * 60, help="Of working time. 0: without end."
    )
    reminder_minutes = fields.Integer(
        "Remind After (minutes)", default=8 * 60, help="Of working time. 0: no reminder."
    )
    expiry_action = fields.Selection(EXPIRIES, "After That", required=True, default="remind")
    summary = fields.Char(compute="_compute_summary")

    _numbers = models.Constraint(
        "CHECK (manager_level BETWEEN 1 AND 10 AND needed >= 1 AND due_minutes >= 0"
        " AND reminder_minutes >= 0 AND amount_from >= 0 AND amount_below >= 0)",
        "These numbers cannot be negative; nobody is more than ten steps above.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for step in self:
            step.currency_id = (step.company_id or self.env.company).currency_id

    @api.depends("answer_question_id")
    def _compute_answer_key(self):
        for step in self:
            step.answer_key = step.answer_question_id.key or step.answer_key

    @api.depends("amount_question_id")
    def _compute_amount_key(self):
        for step in self:
            step.amount_key = step.amount_question_id.key or step.amount_key

    @api.depends("who", "mode", "needed", "partner_ids", "group_id", "res_group_id")
    @api.depends_context("lang")
    def _compute_summary(self):
        labels = dict(self._fields["who"]._description_selection(self.env))
        for step in self:
            step.summary = step._people_label() or labels.get(step.who, "")

    def _people_label(self):
        """Return who is named by the step; empty where that depends on the request."""
        if self.who == "persons":
            return ", ".join(self.partner_ids.mapped("name"))
        if self.who == "group":
            return self.group_id.name
        if self.who == "res_group":
            return self.res_group_id.full_name
        if self.who == "manager" and self.manager_level > 1:
            return self.env._("The manager, %(level)s steps above", level=self.manager_level)
        return ""

    # ------------------------------------------------------------- constraints
    @api.constrains("who", "partner_ids", "group_id", "res_group_id", "answer_key")
    def _check_who(self):
        needs = {
            "persons": "partner_ids",
            "group": "group_id",
            "res_group": "res_group_id",
            "answer": "answer_key",
        }
        for step in self:
            name = needs.get(step.who)
            if name and not step[name]:
                raise ValidationError(
                    self.env._("The step “%(step)s” does not say who approves.", step=step.name)
                )

    @api.constrains("amount_by", "amount_key", "amount_from", "amount_below")
    def _check_amount(self):
        for step in self:
            if step.amount_by == "answer" and not step.amount_key:
                raise ValidationError(
                    self.env._(
                        "The step “%(step)s” does not say which question gives the amount.",
                        step=step.name,
                    )
                )
            if step.amount_below and step.amount_below <= step.amount_from:
                raise ValidationError(
                    self.env._(
                        "No amount is both from %(low)s and below %(high)s.",
                        low=step.amount_from,
                        high=step.amount_below,
                    )
                )

    @api.constrains("condition")
    def _check_condition(self):
        for step in self:
            wrong = not conditions.holds(step.condition, {}) and not conditions.keys_of(
                step.condition
            )
            if wrong:
                raise ValidationError(
                    self.env._("The condition of “%(step)s” asks for nothing.", step=step.name)
                )

    @api.constrains("due_minutes", "reminder_minutes", "expiry_action")
    def _check_times(self):
        for step in self:
            if max(step.due_minutes, step.reminder_minutes) > MOST_MINUTES:
                raise ValidationError(self.env._("Nobody waits longer than a year."))
            if step.due_minutes and step.reminder_minutes >= step.due_minutes:
                raise ValidationError(
                    self.env._(
                        "The step “%(step)s” reminds after its time is over.", step=step.name
                    )
                )
