from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

WHO = [
    ("anyone", "Whoever may change the ticket"),
    ("member", "The ticket's team"),
    ("lead", "Leads of the ticket's team"),
    ("assignee", "The person it is assigned to"),
]
STYLES = [
    ("secondary", "Plain"),
    ("primary", "Highlighted"),
    ("success", "Green"),
    ("danger", "Red"),
]
#: Letters that no other button of the form has taken.
HOTKEYS = [(letter, letter.upper()) for letter in "bdefiklnoprstvwyz"]


class ServiceDeskTransition(models.Model):
    """One arrow of a workflow: who may go it and when, what must be filled, what happens, and its button."""

    _name = "service_desk.transition"
    _description = "Move of a Workflow"
    _inherit = ["service_desk.kept.mixin", "service_desk.ticket.change"]
    _order = "workflow_id, sequence, id"

    workflow_id = fields.Many2one(
        "service_desk.workflow", required=True, ondelete="cascade", index=True
    )
    name = fields.Char("Button Text", required=True, translate=True)
    sequence = fields.Integer(default=10)
    from_stage_id = fields.Many2one(
        "service_desk.stage",
        ondelete="restrict",
        domain="[('id', 'in', workflow_stage_ids)]",
        help="None: from every stage.",
    )
    to_stage_id = fields.Many2one(
        "service_desk.stage",
        required=True,
        ondelete="restrict",
        domain="[('id', 'in', workflow_stage_ids)]",
    )
    workflow_stage_ids = fields.Many2many(related="workflow_id.stage_ids", string="Its Stages")

    who = fields.Selection(WHO, default="anyone", required=True)
    group_ids = fields.Many2many(
        "res.groups", string="Groups", help="Only members of one of these groups. None: everybody."
    )
    requester_may = fields.Boolean(
        "By a Reply of the Requester",
        help="The requester makes the move by writing to the ticket: a reply re-opens or wakes it.",
    )
    domain = fields.Char(
        "Condition", default="[]", help="Only tickets like this may go. Empty: all."
    )
    refusal = fields.Char(
        "Say Otherwise",
        translate=True,
        help="The sentence for who tries although the condition does not hold.",
    )
    required_ids = fields.Many2many(
        "service_desk.ticket.field",
        string="Must Be Filled",
        help="A dialog asks for what is missing.",
    )

    is_button = fields.Boolean("Show as a Button", default=True)
    style = fields.Selection(STYLES, default="secondary", required=True)
    hotkey = fields.Selection(
        HOTKEYS, "Shortcut", help="Alt, Shift and this letter press the button."
    )
    confirm = fields.Char(
        "Ask Before", translate=True, help="A question that must be answered with yes."
    )

    tell_requester = fields.Boolean("Tell the Requester")
    tell_assignee = fields.Boolean("Tell the Assignee")
    tell_team = fields.Boolean("Tell the Team")
    server_action_id = fields.Many2one(
        "ir.actions.server",
        domain="[('model_id.model', '=', 'service_desk.ticket')]",
        groups="base.group_system",
        help="Runs with all rights when a ticket has gone this way. Only system administrators set it.",
    )

    _other_stage = models.Constraint(
        "CHECK (from_stage_id IS NULL OR from_stage_id <> to_stage_id)",
        "A move leads to another stage than it comes from.",
    )

    @api.depends("name", "from_stage_id.name", "to_stage_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for move in self:
            start = move.from_stage_id.name or self.env._("Any stage")
            move.display_name = f"{move.name or ''} ({start} → {move.to_stage_id.name or '…'})"

    @api.constrains("from_stage_id", "to_stage_id", "workflow_id")
    def _check_stages(self):
        self.workflow_id._check_stages()

    @api.constrains("domain")
    def _check_domain(self):
        """A condition is a literal that works on tickets, and asks nothing that its author may not read."""
        # constraints run as superuser: the person is what counts
        tickets = self.env["service_desk.ticket"].with_user(self.env.user)
        for move in self:
            try:
                tickets.search(Domain(move._literal_domain()), limit=1)
                tickets.browse().filtered_domain(move._literal_domain())
            except AccessError:
                raise
            except Exception as error:  # whatever is wrong with it
                raise ValidationError(
                    self.env._("The condition of “%(move)s” cannot be used.", move=move.name)
                ) from error

    def _literal_domain(self):
        return literal_eval(self.domain or "[]")

    def _change_values(self):
        """Return the values; “Me” is nobody where no agent makes the move (a reply, a scheduled action)."""
        vals = super()._change_values()
        if self.assign == "me" and not self.env.user._is_service_desk_staff():
            vals.pop("user_id", None)
        return vals

    def _localised(self, ticket):
        lang = ticket.partner_id.lang
        return self.with_context(lang=lang) if lang else self
