from odoo import api, fields, models, tools
from odoo.exceptions import UserError

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
        "service_desk_stage_type_rel",
        "stage_id",
        "type_id",
        string="Ticket Types",
        help="The types whose tickets pass this stage; none means all.",
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

    @api.model
    def _find_for_state(self, state, ticket_type):
        """Return the first stage of ``ticket_type`` that means ``state`` (may be empty)."""
        return self.browse(self._id_for_state(state, ticket_type.id))

    @api.model
    @tools.ormcache("state", "type_id")
    def _id_for_state(self, state, type_id):
        """Kept until a stage changes: every new and every moved ticket asks."""
        domain = [
            ("state", "=", state),
            ("type_ids", "in", [False, type_id] if type_id else [False]),
        ]
        return self.sudo().search(domain, limit=1).id

    @api.model
    def _state_of(self, stage_id):
        """Return the state that a stage means; None for no stage."""
        return self._known(stage_id)[0] if stage_id else None

    @api.model
    def _has_type(self, stage_id, type_id):
        """Tell whether tickets of the type may stand in the stage."""
        type_ids = self._known(stage_id)[1]
        return not type_ids or type_id in type_ids

    @api.model
    def _known(self, stage_id):
        """Return the state of a stage and the ids of its types (none means all)."""
        # a stage may be younger than what is kept: it is asked itself then
        return self._known_stages().get(stage_id) or self.sudo().browse(stage_id)._as_known()

    def _as_known(self):
        return self.state, frozenset(self.type_ids.ids)

    @api.model
    @tools.ormcache()
    def _known_stages(self):
        """Return what :meth:`_known` does, by id, for all stages; kept until a stage or a type changes."""
        everything = self.sudo().with_context(active_test=False)
        stages = everything.search_fetch([], ["state", "type_ids"])
        return {stage.id: stage._as_known() for stage in stages}
