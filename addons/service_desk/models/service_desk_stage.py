from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain

#: What the code reasons with; stages are what people see and configure.
TICKET_STATES = [
    ("new", "New"),
    ("open", "In progress"),
    ("waiting", "Waiting"),
    ("solved", "Solved"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
#: States in which somebody still owes the requester something.
OPEN_STATES = ("new", "open", "waiting")
#: States in which the work has ended, one way or another.
DONE_STATES = ("solved", "closed", "cancelled")


class ServiceDeskStage(models.Model):
    _name = "service_desk.stage"
    _description = "Ticket Stage"
    _inherit = "service_desk.kept.mixin"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection(
        TICKET_STATES,
        required=True,
        default="open",
        help="What the stage means: decides whether the ticket is open, waits, or is done.",
    )
    type_ids = fields.Many2many(
        "service_desk.ticket.type",
        compute="_compute_type_ids",
        search="_search_type_ids",
        string="Ticket Types",
        help="The types whose tickets may stand here: their workflow has the stage, or they have none.",
    )
    fold = fields.Boolean(
        "Folded in Kanban",
        compute="_compute_fold",
        store=True,
        readonly=False,
        help="A folded column is not counted card by card, so that years of history cost nothing.",
    )
    rotting_threshold_days = fields.Integer(
        "Days to Rot", help="A ticket that stays here longer is marked as stale. 0 means never."
    )
    description = fields.Text(
        translate=True, help="Shown to the agents as the meaning of the stage."
    )

    @api.depends("state")
    def _compute_fold(self):
        for stage in self:
            stage.fold = stage.state in DONE_STATES

    def write(self, vals):
        if "state" in vals:
            self._check_state_unused(vals["state"])
        return super().write(vals)

    def _check_state_unused(self, state):
        """Refuse to change what a stage means while tickets stand in it.

        History must not be rewritten by a change of configuration.
        """
        changed = self.filtered(lambda stage: stage.state != state)
        # sudo: tickets that the manager may not see count too
        tickets_sudo = self.env["service_desk.ticket"].sudo().with_context(active_test=False)
        if changed and tickets_sudo.search_count([("stage_id", "in", changed.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Tickets stand in the stage “%(stage)s”. Move them to another stage before you"
                    " change what it means.",
                    stage=changed[0].name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        tickets_sudo = self.env["service_desk.ticket"].sudo().with_context(active_test=False)
        if tickets_sudo.search_count([("stage_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("Tickets stand in this stage. Move them first, or archive the stage.")
            )

    @api.depends_context("lang")
    def _compute_type_ids(self):
        types = self.env["service_desk.ticket.type"].search_fetch([], ["name"])
        for stage in self:
            stage.type_ids = types.filtered(
                lambda ticket_type, stage=stage: stage._has_type(stage._origin.id, ticket_type.id)
            )

    def _search_type_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        plans = [self.env["service_desk.workflow"]._plan(type_id) for type_id in value if type_id]
        if not all(plans):
            return Domain.TRUE  # a type without a workflow passes every stage
        return Domain("id", "in", [stage_id for plan in plans for stage_id in plan.known_ids])

    @api.model
    def _find_for_state(self, state, ticket_type):
        """Return the first stage of ``ticket_type`` that means ``state`` (may be empty)."""
        return self.browse(self._id_for_state(state, ticket_type.id))

    @api.model
    @tools.ormcache("state", "type_id")
    def _id_for_state(self, state, type_id):
        """Kept until a stage changes: every new and every moved ticket asks."""
        plan = self.env["service_desk.workflow"]._plan(type_id)
        domain = Domain("state", "=", state)
        if plan:
            domain &= Domain("id", "in", plan.stage_ids)
        return self.sudo().search(domain, limit=1).id

    @api.model
    def _find_start(self, ticket_type):
        """Return the stage in which tickets of the type begin (may be empty)."""
        plan = self.env["service_desk.workflow"]._plan(ticket_type.id)
        if plan and plan.start_id:
            return self.browse(plan.start_id)
        return self._find_for_state("new", ticket_type)

    @api.model
    def _state_of(self, stage_id):
        """Return the state that a stage means; None for no stage."""
        if not stage_id:
            return None
        # a stage may be younger than what is kept: it is asked itself then
        return self._known_stages().get(stage_id) or self.sudo().browse(stage_id).state

    @api.model
    def _has_type(self, stage_id, type_id):
        """Tell whether tickets of the type may stand in the stage."""
        plan = self.env["service_desk.workflow"]._plan(type_id)
        return not plan or stage_id in plan.known_ids

    @api.model
    @tools.ormcache()
    def _known_stages(self):
        """Return the state of each stage by its id, archived ones too; kept until a stage changes."""
        everything = self.sudo().with_context(active_test=False)
        return {stage.id: stage.state for stage in everything.search_fetch([], ["state"])}
