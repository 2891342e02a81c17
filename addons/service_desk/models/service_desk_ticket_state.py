"""How a ticket moves: what each change of state does, and the hooks that other rooms listen to."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .service_desk_stage import DONE_STATES, OPEN_STATES


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # ------------------------------------------------------------------- moves
    def _write_state(self, vals):
        """Write ``vals`` with a state instead of a stage: each ticket goes to its type's stage for it.

        What the desk itself does goes this way, so that whoever listens to the stage hears it.
        """
        if "state" not in vals:
            return self.write(vals)
        for tickets, moved in self._moves_to_state(vals):
            tickets.write(moved)
        return True

    def _moves_to_state(self, vals):
        """Return ``(tickets, values)`` pairs that do what ``vals`` says with stages instead of a state.

        :raises UserError: when a type has no stage for the state
        """
        state = vals["state"]
        rest = {name: value for name, value in vals.items() if name != "state"}
        moves = []
        for ticket_type, tickets in self.grouped("type_id").items():
            moving = tickets.filtered(lambda ticket: ticket.state != state)
            if rest and tickets - moving:
                moves.append((tickets - moving, rest))
            if moving:
                stage = moving._stage_for(state, ticket_type)
                moves.append((moving, dict(rest, stage_id=stage.id)))
        return moves

    @api.model
    def _stage_for(self, state, ticket_type):
        stage = self.env["service_desk.stage"]._find_for_state(state, ticket_type)
        if not stage:
            names = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Tickets of the type “%(type)s” have no stage that means “%(state)s”.",
                    type=ticket_type.name,
                    state=names[state],
                )
            )
        return stage

    def write(self, vals):
        """Write; a change of type alone keeps the state: the stage becomes one that the new type has."""
        if "type_id" in vals and not {"stage_id", "state"} & vals.keys():
            for stage, tickets in self._stages_lost_in_type(vals["type_id"]).items():
                moved = {"type_id": vals["type_id"], "stage_id": stage.id}
                super(ServiceDeskTicket, tickets).write(moved)
        return super().write(vals)

    def _stages_lost_in_type(self, type_id):
        """Return ``{stage of the type that means the same: tickets whose stage the type lacks}``."""
        ticket_type = self.env["service_desk.ticket.type"].browse(type_id)
        stages = self.env["service_desk.stage"]
        lost = self.filtered(lambda ticket: not stages._has_type(ticket.stage_id.id, type_id))
        find = stages._find_for_state
        return lost.grouped(lambda ticket: find(ticket.state, ticket_type))

    def _dispatch_changes(self, before, vals):
        """Call the hooks for what a write has really changed.

        :param dict before: ``{id: (state, user)}`` as it was before the write
        """
        if {"stage_id", "state"} & vals.keys():
            by_old = {}
            for ticket in self:
                old = before[ticket.id][0]
                if ticket.state != old:
                    by_old[old] = by_old.get(old, self.browse()) | ticket
            for old, tickets in by_old.items():
                tickets._on_state_changed(old)
        if "user_id" in vals:
            assigned = self.filtered(lambda t: t.user_id and t.user_id != before[t.id][1])
            if assigned:
                assigned._on_assigned()
        waiting = {"waiting_until", "waiting_reason_id"} & vals.keys()
        if waiting:
            self.filtered(lambda t: t.state == "waiting")._schedule_wake()

    # ------------------------------------------------------------------- hooks
    def _on_opened(self):
        """Hook: the tickets of ``self`` have just been created."""

    def _on_assigned(self):
        """Hook: the tickets of ``self`` have just got a (new) person."""
        self.filtered(lambda t: not t.assigned_at)._set_marks(assigned_at=fields.Datetime.now())

    def _on_state_changed(self, old):
        """Hook: the tickets of ``self`` have just left the state ``old`` for the one they have now."""
        entered = self.grouped("state")
        if old == "waiting":
            self._leave_waiting()
        if old in DONE_STATES:
            reopened = self.filtered(lambda t: t.state in OPEN_STATES)
            if reopened:
                reopened._on_reopened()
        if "waiting" in entered:
            entered["waiting"]._enter_waiting()
        if "solved" in entered:
            entered["solved"]._on_solved()
        ended = self.filtered(lambda t: t.state in ("closed", "cancelled"))
        if ended:
            ended._on_closed()

    def _on_solved(self):
        """Hook: the tickets of ``self`` have just been solved."""
        self._set_marks(
            solved_at=fields.Datetime.now(), needs_reply_since=False, next_update_at=False
        )

    def _on_closed(self):
        """Hook: the tickets of ``self`` have just been closed or cancelled."""
        now = fields.Datetime.now()
        self.filtered(lambda t: t.state == "closed" and not t.solved_at)._set_marks(solved_at=now)
        self._set_marks(closed_at=now, needs_reply_since=False, next_update_at=False)

    def _on_reopened(self):
        """Hook: the tickets of ``self`` are open again after they were done."""
        for ticket in self:
            ticket._set_marks(reopen_count=ticket.reopen_count + 1)
        self._set_marks(solved_at=False, closed_at=False, close_reason_id=False)

    # ----------------------------------------------------------------- waiting
    def _enter_waiting(self):
        now = fields.Datetime.now()
        default_reason = self.env["service_desk.waiting.reason"].search([], limit=1)
        for ticket in self:
            reason = ticket.waiting_reason_id or default_reason
            vals = {"waiting_since": now, "waiting_reason_id": reason.id}
            if not ticket.waiting_until and reason.default_days:
                vals["waiting_until"] = now + timedelta(days=reason.default_days)
            ticket._set_marks(**vals)

    def _leave_waiting(self):
        self._set_marks(waiting_since=False, waiting_until=False, waiting_reason_id=False)

    def _schedule_wake(self):
        """Ask the scheduler to come back at the moment when the first of these tickets has waited enough."""
        moments = [moment for moment in self.mapped("waiting_until") if moment]
        if moments:
            # sudo: agents have no right on scheduled actions
            self.env.ref("service_desk.ir_cron_wake_tickets").sudo()._trigger(at=min(moments))

    @api.model
    def _cron_wake(self, limit=500):
        """Return waiting tickets whose time has come to work, in steps that may be killed at any moment."""
        domain = [("state", "=", "waiting"), ("waiting_until", "<=", fields.Datetime.now())]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while tickets := self.search(domain, limit=limit).try_lock_for_update():
            tickets._write_state({"state": "open", "needs_reply_since": fields.Datetime.now()})
            if not self.env["ir.cron"]._commit_progress(len(tickets)):
                break

    @api.model
    def _cron_close_solved(self, limit=200):
        """Close tickets that were solved long enough ago, team by team, in steps."""
        for team in self.env["service_desk.team"].search([("auto_close_days", ">", 0)]):
            moment = fields.Datetime.now() - timedelta(days=team.auto_close_days)
            domain = [
                ("team_id", "=", team.id),
                ("state", "=", "solved"),
                ("solved_at", "<=", moment),
            ]
            while tickets := self.search(domain, limit=limit).try_lock_for_update():
                tickets._write_state({"state": "closed"})
                if not self.env["ir.cron"]._commit_progress(len(tickets)):
                    return

    # ----------------------------------------------------------------- buttons
    def action_assign_to_me(self):
        """Take the tickets; one that was new is in work then."""
        self.write({"user_id": self.env.uid})
        self.filtered(lambda t: t.state == "new")._write_state({"state": "open"})

    def action_start(self):
        """Put the tickets in work."""
        self._write_state({"state": "open"})

    def action_reopen(self):
        """Open solved, closed or cancelled tickets again."""
        self.filtered(lambda t: t.state in DONE_STATES)._write_state({"state": "open"})

    def action_close(self):
        """Close the tickets."""
        self._write_state({"state": "closed"})

    def action_cancel(self):
        """Cancel the tickets: they were a mistake or are no longer wanted."""
        self._write_state({"state": "cancelled"})

    def action_open_wait_wizard(self):
        """Ask for the reason and the end of the wait."""
        return self._action_wizard("service_desk.ticket.wait", self.env._("Wait"))

    def action_open_solve_wizard(self):
        """Ask for what the type demands, then solve."""
        return self._action_wizard("service_desk.ticket.solve", self.env._("Solve"))

    def _action_wizard(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {**self.env.context, "default_ticket_ids": self.ids},
        }
