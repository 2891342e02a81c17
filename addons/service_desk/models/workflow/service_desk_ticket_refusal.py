"""Why a ticket may not go somewhere, in a sentence that says what to do."""

from odoo import models
from odoo.exceptions import UserError


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _refusal(self, plan, source_id, target_id, ways, vals):
        """Return the refusal of a move; the best of the ways decides what is said."""
        self.ensure_one()
        if not ways:
            return UserError(self._text_no_way(plan, source_id, target_id))
        if not (mine := [move for move in ways if self._of_whom(move)]):
            return UserError(self._text_not_yours(ways[0], target_id))
        if not (meeting := [move for move in mine if self._meeting(move)]):
            return UserError(self._text_condition(mine[0]))
        missing = self._missing(meeting[0], vals)
        labels = [self._fields[name]._description_string(self.env) for name in missing]
        return UserError(
            self.env._(
                "%(ticket)s cannot go to “%(stage)s” yet. Fill in first: %(fields)s.",
                ticket=self.display_name,
                stage=self._stage_name(target_id),
                fields=", ".join(labels),
            )
        )

    def _stage_name(self, stage_id):
        return self.env["service_desk.stage"].sudo().browse(stage_id).name

    def _text_no_way(self, plan, source_id, target_id):
        names = [self._stage_name(stage_id) for stage_id in plan.moves_from(source_id)]
        ways = (
            self.env._("From there it can go to: %(stages)s.", stages=", ".join(names))
            if names
            else self.env._("There is no way out of that stage.")
        )
        refused = self.env._(
            "%(ticket)s cannot go from “%(origin)s” to “%(target)s”: its workflow has no such move.",
            ticket=self.display_name,
            origin=self._stage_name(source_id),
            target=self._stage_name(target_id),
        )
        return f"{refused} {ways}"

    def _text_not_yours(self, move, target_id):
        transition_sudo = self.env["service_desk.transition"].sudo().browse(move.id)
        if move.group_ids and move.group_ids.isdisjoint(self.env.user._get_group_ids()):
            who = ", ".join(transition_sudo.group_ids.mapped("full_name"))
        else:
            who = dict(transition_sudo._fields["who"]._description_selection(self.env))[move.who]
        return self.env._(
            "You may not move %(ticket)s to “%(stage)s”. Who may: %(who)s.",
            ticket=self.display_name,
            stage=self._stage_name(target_id),
            who=who,
        )

    def _text_condition(self, move):
        transition_sudo = self.env["service_desk.transition"].sudo().browse(move.id)
        return transition_sudo.refusal or self.env._(
            "%(ticket)s cannot go by “%(move)s” now: it does not meet the condition of that move.",
            ticket=self.display_name,
            move=transition_sudo.name,
        )
