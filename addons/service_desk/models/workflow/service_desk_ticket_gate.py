"""The one gate: whatever route moves a ticket – drag, button, import, RPC, mail, rule – its workflow decides."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import is_html_empty

from ..service_desk_stage import OPEN_STATES
from .service_desk_workflow_plan import Move

#: Stands in the context of a write that undoes; no call from outside can bring it.
PUT_BACK = object()


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # -------------------------------------------------------------------- gate
    def _pass_gate(self, vals):
        """Return ``{ticket id: move}`` of the tickets that go to another stage by ``vals``.

        The desk itself (superuser) is bound by the arrows; people by who may, condition and demands as well.

        :raises UserError: when one of the tickets may not go there; says why
        """
        target_id = vals.get("stage_id")
        if not target_id:
            return {}
        moves = {}
        for (source_id, plan), tickets in self._groups_at_gate(vals, target_id).items():
            if not plan:
                moves |= dict.fromkeys(tickets.ids, Move(0, source_id, target_id))
                continue
            ways = plan.moves_from(source_id).get(target_id, [])
            found = tickets._choose_moves(ways, vals)
            if len(found) < len(tickets):
                left = tickets.filtered(lambda ticket, found=found: ticket.id not in found)
                raise left[0]._refusal(plan, source_id, target_id, ways, vals)
            moves |= found
        return moves

    def _groups_at_gate(self, vals, target_id):
        """Return ``{(stage they come from, plan): tickets}``; who stays where he is passes no gate."""
        workflows, groups = self.env["service_desk.workflow"], {}
        for ticket in self:
            if ticket.stage_id.id == target_id:
                continue
            type_id = vals.get("type_id") or ticket.type_id.id
            source_id, plan = ticket.stage_id.id, workflows._plan(type_id)
            if type_id != ticket.type_id.id:
                source_id = ticket._stage_id_in_type(type_id)
            if source_id == target_id or self.env.context.get("service_desk_gate") is PUT_BACK:
                plan = None  # another type's stage of the same meaning: nobody forbids it
            key = (source_id, plan)
            groups[key] = groups.get(key, self.browse()) | ticket
        return groups

    def _stage_id_in_type(self, type_id):
        """Return the stage in which the ticket would stand, were it of another type."""
        stages = self.env["service_desk.stage"]
        if stages._has_type(self.stage_id.id, type_id):
            return self.stage_id.id
        return stages._id_for_state(self.state, type_id)

    def _choose_moves(self, ways, vals=None):
        """Return ``{ticket id: the first of the moves that it may go}``."""
        wanted = self.env.context.get("service_desk_transition_id")
        found, left = {}, self
        for move in sorted(ways, key=lambda way: way.id != wanted):
            if not left:
                break
            passing = left._passing(move, vals)
            found |= dict.fromkeys(passing.ids, move)
            left -= passing
        return found

    def _passing(self, move, vals=None):
        """Return the tickets of ``self`` that may go a move now.

        :param vals: what is written with it; None leaves open what must be filled
        """
        if self.env.su:
            by_reply = self.env.context.get("service_desk_requester_moves")
            return self if move.requester_may or not by_reply else self.browse()
        passing = self._of_whom(move)._meeting(move)
        if vals is not None and move.required:
            passing = passing.filtered(lambda ticket: not ticket._missing(move, vals))
        return passing

    def _of_whom(self, move):
        """Return the tickets that the user may move this way."""
        user = self.env.user
        if move.group_ids and move.group_ids.isdisjoint(user._get_group_ids()):
            return self.browse()
        if move.who == "assignee":
            return self.filtered(lambda ticket: ticket.user_id == user)
        if move.who == "anyone":
            return self
        if user.has_group("service_desk.service_desk_group_manager"):
            return self  # managers lead every team
        teams = user.service_desk_led_team_ids
        if move.who == "member":
            # sudo: who works in a team is known to the desk, not to every agent
            teams |= self.team_id.filtered(lambda team: user in team.sudo().member_ids)
        return self.filtered(lambda ticket: ticket.team_id in teams)

    def _meeting(self, move):
        if not move.domain:
            return self
        # sudo: the condition may ask what the person need not see
        return self.browse(self.sudo().filtered_domain(list(move.domain)).ids)

    def _missing(self, move, vals):
        """Return the names of the fields that the move demands and nothing fills."""
        self.ensure_one()
        given = dict(vals)
        if move.has_change:
            transition_sudo = self.env["service_desk.transition"].sudo().browse(move.id)
            given |= transition_sudo._change_values()
            given |= {name: transition_sudo[name] for name in transition_sudo._change_texts()}
        return [name for name in move.required if self._is_unfilled(name, given)]

    def _is_unfilled(self, name, given):
        value = given[name] if name in given else self[name]
        return is_html_empty(value) if isinstance(value, str) else not value

    def _put_back(self, stage):
        """Put the tickets into the stage they were in before something that is undone: no move, no arrow asked."""
        return self.with_context(service_desk_gate=PUT_BACK).write({"stage_id": stage.id})

    # ------------------------------------------------------------------ asking
    def _can_reach(self, state):
        """Tell whether the ticket can go to ``state`` from where it is, by whoever the environment is.

        With the context key ``service_desk_requester_moves``: by a reply of its requester.
        """
        return bool(self._stage_id_towards(state))

    def _stage_id_towards(self, state):
        """Return the first stage of ``state`` that the ticket may go to now; False for none."""
        self.ensure_one()
        stages, plan = self.env["service_desk.stage"], self._plan()
        if not plan:
            return stages._id_for_state(state, self.type_id.id)
        ways = plan.moves_from(self.stage_id.id)
        reachable = [
            stage_id
            for stage_id in plan.stage_ids
            if stage_id in ways and stages._state_of(stage_id) == state
        ]
        if (
            len(reachable) == 1
            and self.env.su
            and not self.env.context.get("service_desk_requester_moves")
        ):
            return reachable[0]
        return next((id_ for id_ in reachable if self._choose_moves(ways[id_])), False)

    def _plan(self):
        return self.env["service_desk.workflow"]._plan(self.type_id.id)

    # ------------------------------------------------------------------ create
    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        if not self.env.su:
            tickets._check_first_stage()
        return tickets

    def _check_first_stage(self):
        """New tickets are open: only managers bring in history, by an import.

        :raises AccessError: when somebody else makes a ticket that is done already
        """
        done = self.filtered(lambda ticket: ticket.state not in OPEN_STATES)
        if done and not self.env.user.has_group("service_desk.service_desk_group_manager"):
            raise AccessError(
                self.env._(
                    "A new ticket is open. Only managers bring in tickets that are “%(stage)s” already.",
                    stage=done[0].stage_id.name,
                )
            )

    @api.onchange("type_id")
    def _onchange_type_stage(self):
        """A ticket that is being written stands where its type begins."""
        if not self._origin and self.type_id:
            self.stage_id = self._first_stage(self.type_id)

    # ------------------------------------------------------------------- board
    @api.model
    def _read_group_stages(self, stages, domain):
        """Return the columns of a board: the stages of the types that the list can hold."""
        type_ids = self._type_ids_of_domain(domain)
        known = self.env["service_desk.stage"].search([("type_ids", "in", type_ids)])
        return (stages | known).sorted()

    @api.model
    def _type_ids_of_domain(self, domain):
        types = self.env["service_desk.ticket.type"]
        asked = set()
        for condition in fields.Domain(domain).iter_conditions():
            if condition.field_expr == "type_id" and condition.operator in ("in", "="):
                value = condition.value
                asked.update(value if isinstance(value, list | tuple | set) else [value])
        known = types.search_fetch([], ["sequence"]).ids
        return [type_id for type_id in known if type_id in asked] or known
