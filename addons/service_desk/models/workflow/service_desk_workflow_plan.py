"""What the gate needs of a workflow, kept in memory: every write of a stage asks, and asks no query."""

from functools import cached_property
from typing import NamedTuple

from odoo import SUPERUSER_ID, api, models, tools


class Move(NamedTuple):
    """One arrow: plain values of a ``service_desk.transition``. The id 0 is a move that nobody forbids."""

    id: int
    source_id: int
    target_id: int
    who: str = "anyone"
    group_ids: frozenset = frozenset()
    requester_may: bool = True
    domain: tuple = ()
    required: tuple = ()
    is_button: bool = False
    style: str = "secondary"
    hotkey: str = ""
    has_change: bool = False
    tells: tuple = ()
    server_action_id: int = 0


class Plan:
    """A workflow as the gate sees it."""

    def __init__(self, workflow_id, start_id, known_ids, stage_ids, moves):
        self.workflow_id = workflow_id
        self.start_id = start_id
        #: the stages that tickets may stand in, archived ones too
        self.known_ids = frozenset(known_ids)
        #: those that one can go to, in their order
        self.stage_ids = tuple(stage_ids)
        self.moves = tuple(moves)

    @cached_property
    def _by_source(self):
        found = {}
        for stage_id in self.known_ids:
            found[stage_id] = {}
            for move in self.moves:
                leads_there = move.target_id in self.stage_ids and move.target_id != stage_id
                if move.source_id in (0, stage_id) and leads_there:
                    found[stage_id].setdefault(move.target_id, []).append(move)
        return found

    def moves_from(self, source_id):
        """Return ``{target id: moves in their order}``; from a stage it does not know it is free to leave."""
        if source_id not in self.known_ids:
            return {target_id: [Move(0, source_id, target_id)] for target_id in self.stage_ids}
        return self._by_source[source_id]


class ServiceDeskWorkflow(models.Model):
    _inherit = "service_desk.workflow"

    @api.model
    @tools.ormcache("type_id")
    def _plan(self, type_id):
        """Return the :class:`Plan` of a ticket type; None when it has no workflow, so that all is free."""
        # sudo: the rules hold for people who may not read them
        type_sudo = self.env["service_desk.ticket.type"].sudo().browse(type_id)
        workflow_sudo = type_sudo.exists().workflow_id
        if not workflow_sudo:
            return None
        known = workflow_sudo.with_context(active_test=False).stage_ids
        return Plan(
            workflow_sudo.id,
            workflow_sudo.start_stage_id.id,
            known.ids,
            known.filtered("active").ids,
            [move._as_plain() for move in workflow_sudo.transition_ids],
        )


class ServiceDeskTransition(models.Model):
    _inherit = "service_desk.transition"

    def _as_plain(self):
        self.ensure_one()
        tells = ("requester", "assignee", "team")
        as_root = self.with_user(SUPERUSER_ID)  # an agent: “Me” counts, whoever asks first
        return Move(
            id=self.id,
            source_id=self.from_stage_id.id or 0,
            target_id=self.to_stage_id.id,
            who=self.who,
            group_ids=frozenset(self.group_ids.ids),
            requester_may=self.requester_may,
            domain=tuple(self._literal_domain()),
            required=tuple(self.required_ids.mapped("name")),
            is_button=self.is_button,
            style=self.style,
            hotkey=self.hotkey or "",
            has_change=bool(as_root._change_values() or self._change_texts()),
            tells=tuple(name for name in tells if self[f"tell_{name}"]),
            server_action_id=self.server_action_id.id or 0,
        )

    @api.model
    @tools.ormcache("workflow_id", "lang")
    def _texts(self, workflow_id, lang):
        """Return ``{id: {name, confirm, sequence}}`` of the moves, in a language; every form asks."""
        # sudo: the buttons of a ticket are read by whoever reads the ticket
        moves_sudo = self.sudo().with_context(lang=lang).search([("workflow_id", "=", workflow_id)])
        return {
            move.id: {"name": move.name, "confirm": move.confirm or "", "sequence": move.sequence}
            for move in moves_sudo
        }
