"""What a move brings about: values, notices, an administrator's action."""

from odoo import models
from odoo.exceptions import UserError

#: Moves that cause each other: more than this is a circle somebody has configured.
MAX_DEPTH = 10


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _by_move(self, moves):
        """Return ``[(move, tickets)]`` of the moves that bring something about."""
        groups = {}
        for ticket in self:
            move = moves.get(ticket.id)
            if move and (move.has_change or move.tells or move.server_action_id):
                groups[move] = groups.get(move, self.browse()) | ticket
        return list(groups.items())

    def _before_moves(self, moves):
        """Give the tickets the values of their moves, which the new stage may demand."""
        for move, tickets in self._by_move(moves):
            if move.has_change:
                # sudo: the workflow decides these values, whoever makes the move
                transition_sudo = self.env["service_desk.transition"].sudo().browse(move.id)
                transition_sudo._apply_change(tickets.sudo())

    def _after_moves(self, moves):
        """Tell whom the moves tell, and run what an administrator has put to them."""
        for move, tickets in self._by_move(moves):
            if move.tells:
                self.env["service_desk.notice"]._enqueue(tickets._notices_of_move(move))
            if move.server_action_id:
                tickets._run_move_action(move)

    def _notices_of_move(self, move):
        rows = []
        payload = {"stage": move.target_id, "author": self._actor_id()}
        for ticket in self:
            if "requester" in move.tells:
                rows += ticket._notify_requester_side("stage", payload=dict(payload))
            if "assignee" in move.tells and ticket.user_id:
                rows += ticket._notify_later("moved", ticket.user_id.partner_id, payload=payload)
            if "team" in move.tells:
                rows += ticket._notify_later("moved", payload=payload)
        return rows

    def _run_move_action(self, move):
        """Run the server action of a move on the tickets, as the automation rules of Odoo do."""
        depth = max(0, self.env.context.get("service_desk_move_depth") or 0) + 1
        if depth > MAX_DEPTH:
            raise UserError(
                self.env._("The workflow goes round in circles: its moves cause each other.")
            )
        # sudo: only administrators choose the action, and agents must not read it
        action_sudo = self.env["ir.actions.server"].sudo().browse(move.server_action_id)
        action_sudo.with_context(
            active_model=self._name,
            active_ids=self.ids,
            active_id=self[:1].id,
            service_desk_move_depth=depth,
        ).run()
