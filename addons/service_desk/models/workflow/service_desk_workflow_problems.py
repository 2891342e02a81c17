"""What is wrong with a workflow, said while it is drawn: it is saved all the same."""

from odoo import models

from ..service_desk_stage import OPEN_STATES


class ServiceDeskWorkflow(models.Model):
    _inherit = "service_desk.workflow"

    def _find_problems(self):
        """Return ``[{"level": "danger" or "warning", "text": sentence, "stage_id" or "transition_id": id}]``."""
        self.ensure_one()
        problems = []
        for find in self._problem_finders():
            problems += find()
        return problems

    def _problem_finders(self):
        return [
            self._problems_of_start,
            self._problems_of_end,
            self._problems_of_reach,
            self._problems_of_dead_ends,
            self._problems_of_buttons,
            self._problems_of_tickets,
        ]

    def _start(self):
        """Return the stage in which tickets begin."""
        new = self.stage_ids.filtered(lambda stage: stage.state == "new").sorted()
        return self.start_stage_id or new[:1]

    def _sources(self, move):
        return move.from_stage_id or self.stage_ids - move.to_stage_id

    def _reachable(self):
        """Return the stages to which a way leads from the start."""
        found = todo = self._start()
        while todo:
            moves = self.transition_ids.filtered(lambda m, todo=todo: self._sources(m) & todo)
            todo = moves.to_stage_id - found
            found |= todo
        return found

    def _problems_of_start(self):
        if self._start():
            return []
        text = self.env._("There is no start: choose the stage in which new tickets stand.")
        return [{"level": "danger", "text": text}]

    def _problems_of_end(self):
        reachable = self._reachable()
        if not reachable or any(stage.state in ("solved", "closed") for stage in reachable):
            return []
        text = self.env._("No way leads to an end: tickets can be neither solved nor closed.")
        return [{"level": "danger", "text": text}]

    def _problems_of_reach(self):
        lost = self.stage_ids - self._reachable() if self._start() else self.stage_ids.browse()
        return [
            {
                "level": "warning",
                "stage_id": stage._origin.id,
                "text": self.env._("No way leads to the stage “%(stage)s”.", stage=stage.name),
            }
            for stage in lost
        ]

    def _problems_of_dead_ends(self):
        left = self.stage_ids.browse()
        for move in self.transition_ids:
            left |= self._sources(move)
        return [
            {
                "level": "danger",
                "stage_id": stage._origin.id,
                "text": self.env._(
                    "“%(stage)s” is a dead end: no way leads out of it, and its tickets stay open.",
                    stage=stage.name,
                ),
            }
            for stage in self.stage_ids - left
            if stage.state in OPEN_STATES
        ]

    def _problems_of_buttons(self):
        """Two buttons that stand side by side must differ in text and key."""
        problems, seen = [], set()
        for stage in self.stage_ids:
            texts, keys = {}, {}
            buttons = self.transition_ids.filtered(
                lambda m, stage=stage: m.is_button and stage in self._sources(m)
            )
            for move in buttons:
                for known, value in ((texts, move.name), (keys, move.hotkey)):
                    other = known.setdefault(value, move) if value else move
                    pair = (other, move, known is keys)
                    # the same place from here and from anywhere is no doubt about where it leads
                    if other == move or pair in seen or other.to_stage_id == move.to_stage_id:
                        continue
                    seen.add(pair)
                    problems.append(self._problem_of_pair(stage, move, known is keys))
        return problems

    def _problem_of_pair(self, stage, move, is_key):
        if is_key:
            text = self.env._(
                "Two buttons of the stage “%(stage)s” have the key %(key)s.",
                stage=stage.name,
                key=move.hotkey.upper(),
            )
        else:
            text = self.env._(
                "Two buttons of the stage “%(stage)s” are called “%(text)s”.",
                stage=stage.name,
                text=move.name,
            )
        return {
            "level": "warning",
            "transition_id": move._origin.id,
            "text": text,
        }

    def _problems_of_tickets(self):
        """Tickets that a change of the workflow has left behind may go to any of its stages."""
        if not self._origin or not self.type_ids:
            return []
        # sudo: tickets that the manager may not see count too; he learns their number of the stage only
        tickets_sudo = self.env["service_desk.ticket"].sudo()
        lost = tickets_sudo._read_group(
            [
                ("type_id", "in", self.type_ids._origin.ids),
                ("is_open", "=", True),
                ("stage_id", "not in", self.stage_ids._origin.ids),
            ],
            ["stage_id"],
        )
        return [
            {
                "level": "warning",
                "text": self.env._(
                    "Open tickets stand in “%(stage)s”, which the workflow does not have: they may go to"
                    " any of its stages.",
                    stage=stage.name,
                ),
            }
            for (stage,) in lost
        ]
