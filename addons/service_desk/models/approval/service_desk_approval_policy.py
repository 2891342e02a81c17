from odoo import api, fields, models
from odoo.exceptions import ValidationError

WORK_BEFORE = [
    ("nothing", "Nothing: it waits"),
    ("assignment", "Only giving it to somebody"),
    ("everything", "Everything"),
]
MOST_STEPS = 20


class ServiceDeskApprovalPolicy(models.Model):
    """Who must agree before work on a request starts: steps one after the other, each with its people."""

    _name = "service_desk.approval.policy"
    _description = "Approval Policy"
    _inherit = "service_desk.owned.mixin"
    _order = "name, id"

    service_id = fields.Many2one(help="Its owner edits the policy. Empty: managers only.")
    form_id = fields.Many2one(
        "service_desk.form",
        ondelete="set null",
        index="btree_not_null",
        help="The form whose questions the steps can ask about: amounts, people, conditions.",
    )
    step_ids = fields.One2many("service_desk.approval.policy.step", "policy_id", "Steps", copy=True)
    offering_ids = fields.One2many(
        "service_desk.offering", "approval_policy_id", "Offerings", readonly=True
    )
    work_before = fields.Selection(
        WORK_BEFORE,
        "May Start Before",
        default="nothing",
        required=True,
        help="What may be done while nobody has decided yet. Solving always waits, except with “Everything”.",
    )
    pauses_clocks = fields.Boolean(
        "Pauses the Clocks",
        default=True,
        help="The clocks of the service level stand still while the request waits for its approval.",
    )
    not_oneself = fields.Boolean(
        "Nobody Approves His Own Request",
        default=True,
        help="Who asks and would decide himself: the next one above him is asked instead.",
    )
    once_is_enough = fields.Boolean(
        "One Person Decides Once",
        default=True,
        help="Who has approved in one step is not asked again in a later one.",
    )
    link_needs_login = fields.Boolean(
        "The Link in the Mail Needs a Login",
        help="Without it, whoever holds the mail can decide by its one-time link.",
    )

    @api.constrains("step_ids", "active")
    def _check_steps(self):
        for policy in self:
            if len(policy.step_ids) > MOST_STEPS:
                raise ValidationError(
                    self.env._(
                        "“%(policy)s” has more than %(limit)s steps.",
                        policy=policy.name,
                        limit=MOST_STEPS,
                    )
                )

    def copy_data(self, default=None):
        return [
            dict(vals, name=self.env._("%(name)s (copy)", name=policy.name))
            if "name" not in (default or {})
            else vals
            for policy, vals in zip(self, super().copy_data(default=default), strict=True)
        ]
