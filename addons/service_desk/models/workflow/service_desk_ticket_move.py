"""The buttons of a ticket: the moves that its workflow offers to whoever looks at it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: What a ticket of a type without a workflow offers: (method, state it leads to, style, key).
FREE_BUTTONS = [
    ("action_start", "open", "secondary", "t"),
    ("action_open_wait_wizard", "waiting", "secondary", "w"),
    ("action_open_solve_wizard", "solved", "secondary", "s"),
    ("action_reopen", "open", "secondary", "r"),
    ("action_close", "closed", "secondary", ""),
    ("action_cancel", "cancelled", "secondary", ""),
]
#: From which states each of them is offered.
FREE_FROM = {
    "action_start": ("new", "waiting"),
    "action_open_wait_wizard": ("new", "open"),
    "action_open_solve_wizard": ("new", "open", "waiting"),
    "action_reopen": ("solved", "closed", "cancelled"),
    "action_close": ("solved",),
    "action_cancel": ("new", "open", "waiting"),
}


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    available_moves = fields.Json(compute="_compute_available_moves")

    @api.depends("stage_id", "type_id", "team_id", "user_id", "merged_into_id")
    @api.depends_context("uid", "lang")
    def _compute_available_moves(self):
        may_move = self.env.user.has_group("service_desk.service_desk_group_agent")
        for ticket in self:
            saved = ticket._origin if may_move else self.browse()
            is_here = saved and not saved.merged_into_id
            ticket.available_moves = saved._offered_moves() if is_here else []

    def _offered_moves(self):
        """Return the moves that the user may make now, as the form shows them.

        :return: list of ``{id, name, target, state, style, hotkey, confirm, button, method, args}``
        """
        self.ensure_one()
        plan = self._plan()
        if not plan:
            return self._offered_free_moves()
        offered, stages = [], self.env["service_desk.stage"]
        texts = self.env["service_desk.transition"]._texts(plan.workflow_id, self.env.lang)
        for target_id, ways in plan.moves_from(self.stage_id.id).items():
            mine = [move for move in ways if self.sudo(False)._passing(move)]
            offered += [
                {
                    "id": move.id,
                    "target": target_id,
                    "state": stages._state_of(target_id),
                    "style": move.style,
                    "hotkey": move.hotkey,
                    "button": move.is_button,
                    "method": "action_move",
                    "args": [move.id],
                    **texts.get(move.id, {"sequence": 0, "name": "", "confirm": ""}),
                }
                for move in mine
            ]
        return sorted(offered, key=lambda move: (move["sequence"], move["id"]))

    def _offered_free_moves(self):
        names = {
            "action_start": self.env._("Start"),
            "action_open_wait_wizard": self.env._("Wait"),
            "action_open_solve_wizard": self.env._("Solve"),
            "action_reopen": self.env._("Re-open"),
            "action_close": self.env._("Close"),
            "action_cancel": self.env._("Cancel Ticket"),
        }
        stages = self.env["service_desk.stage"]
        offered = [
            {
                "id": index,
                "name": names[method],
                "target": stages._id_for_state(state, self.type_id.id),
                "state": state,
                "style": style,
                "hotkey": key,
                "confirm": "",
                "button": True,
                "method": method,
                "args": [],
            }
            for index, (method, state, style, key) in enumerate(FREE_BUTTONS)
            if self.state in FREE_FROM[method]
        ]
        # what has no button of its own can be clicked in the bar of stages
        bar = stages.search([("id", "!=", self.stage_id.id)])
        return offered + [
            {"id": -stage.id, "target": stage.id, "state": stage.state, "button": False}
            for stage in bar
        ]

    # ----------------------------------------------------------------- buttons
    def action_move(self, transition_id):
        """Make a move of the workflow; where something must be said first, return the dialog that asks.

        :param int transition_id: id of a ``service_desk.transition`` that leads on from the tickets' stage
        :raises UserError: when the move is not open to these tickets or to the user
        """
        self.check_access("write")
        move = self._offered_move(self._id_argument(transition_id))
        if dialog := self._dialog_of_move(move):
            return dialog
        return self._make_move(move, {})

    def _offered_move(self, transition_id):
        """Return the move, after checking that it leads on from each ticket."""
        found = None
        for ticket in self:
            plan = ticket._plan()
            ways = plan.moves_from(ticket.stage_id.id) if plan else {}
            found = next(
                (move for many in ways.values() for move in many if move.id == transition_id), None
            )
            if not found:
                raise UserError(
                    self.env._(
                        "%(ticket)s has moved on meanwhile. Load it again to see what it can do now.",
                        ticket=ticket.display_name,
                    )
                )
        if not found:
            raise UserError(self.env._("Choose a ticket first."))
        return found

    def _make_move(self, move, vals):
        moving = self.with_context(service_desk_transition_id=move.id)
        return moving.write({**vals, "stage_id": move.target_id})

    def _dialog_of_move(self, move):
        """Return the window that asks for what the move demands; None when nothing is missing."""
        state = self.env["service_desk.stage"]._state_of(move.target_id)
        texts = self.env["service_desk.transition"]._texts(
            self[:1]._plan().workflow_id, self.env.lang
        )
        models_by_state = {
            "waiting": "service_desk.ticket.wait",
            "solved": "service_desk.ticket.solve",
        }
        model = models_by_state.get(state)
        if not model and any(ticket._missing(move, {}) for ticket in self):
            model = "service_desk.ticket.move"
        if not model:
            return None
        action = self._action_wizard(model, texts[move.id]["name"])
        action["context"]["default_move_id"] = move.id
        return action
