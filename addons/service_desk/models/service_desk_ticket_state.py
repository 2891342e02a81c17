"""How a ticket moves: what each change of state does, and the hooks that other rooms listen to."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .service_desk_stage import DONE_STATES, OPEN_STATES


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # ------------------------------------------------------------------- moves
    def _write_state(self, vals, strict=None):
        """Write ``vals`` with a state instead of a stage: each ticket goes to its type's stage for it.

        What the desk itself does goes this way, so that whoever listens to the stage hears it. Where the
        workflow has no way to the state, the desk leaves a ticket where it is; a person is refused.

        :param bool strict: refuse instead of leaving; without it: everybody but the superuser is refused
        """
        if "state" not in vals:
            return self.write(vals)
        strict = not self.env.su if strict is None else strict
        for tickets, moved in self._moves_to_state(vals, strict):
            tickets.write(moved)
        return True

    def _moves_to_state(self, vals, strict):
        """Return ``(tickets, values)`` pairs that do what ``vals`` says with stages instead of a state.

        :raises UserError: when ``strict`` and a type has no stage for the state
        """
        state = vals["state"]
        rest = {name: value for name, value in vals.items() if name != "state"}
        groups = defaultdict(self.browse)
        for ticket in self:
            stage_id = False
            if ticket.state != state:
                stage_id = ticket._stage_id_towards(state)
                if not stage_id and strict:
                    stage_id = self._stage_for(state, ticket.type_id).id
            groups[stage_id] |= ticket
        return [
            (tickets, dict(rest, stage_id=stage_id) if stage_id else rest)
            for stage_id, tickets in groups.items()
            if stage_id or rest
        ]

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
        return lost.grouped(lambda ticket: self._stage_for(ticket.state, ticket_type))

    def _dispatch_changes(self, before, vals):
        """Call the hooks for what a write has really changed.

        :param dict before: ``{id: (state, user)}`` as it was before the write
        """
        if "stage_id" in vals:
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
        if {"waiting_until", "waiting_reason_id", "stage_id"} & vals.keys():
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
        if old in DONE_STATES:
            reopened = self.filtered(lambda t: t.state in OPEN_STATES)
            if reopened:
                reopened._on_reopened()
        if "solved" in entered:
            entered["solved"]._on_solved()
        ended = self.filtered(lambda t: t.state in ("closed", "cancelled"))
        if ended:
            ended._on_closed()

    def _on_solved(self):
        """Hook: the tickets of ``self`` have just been solved."""

    def _on_closed(self):
        """Hook: the tickets of ``self`` have just been closed or cancelled."""

    def _on_reopened(self):
        """Hook: the tickets of ``self`` are open again after they were done."""

    # ------------------------------------------------------------------- marks
    def _with_marks(self, vals, moves):
        """Return ``(tickets, values)`` pairs: what is written, with the marks of each move, in one write."""
        if not moves:
            return [(self, vals)]
        groups, now = {}, fields.Datetime.now()
        for ticket in self:
            marks = ticket._marks_of_move(vals, now) if ticket.id in moves else {}
            key = tuple(sorted(marks.items()))
            tickets, _marks = groups.get(key, (self.browse(), marks))
            groups[key] = (tickets | ticket, marks)
        return [(tickets, {**vals, **marks}) for tickets, marks in groups.values()]

    def _marks_of_move(self, vals, now):
        """Return the marks that the ticket gets with its move to the stage in ``vals``."""
        marks = {"date_last_stage_update": now}
        old, new = self.state, self.env["service_desk.stage"]._state_of(vals["stage_id"])
        if old == new:
            return marks
        if old == "waiting":
            marks.update(waiting_since=False, waiting_until=False, waiting_reason_id=False)
        if new == "waiting":
            marks.update(self._marks_of_waiting(vals, now))
        elif new in DONE_STATES:
            marks.update(self._marks_of_end(new, now))
        if old in DONE_STATES and new in OPEN_STATES:
            marks.update(
                reopen_count=self.reopen_count + 1,
                solved_at=False,
                closed_at=False,
                close_reason_id=False,
            )
        return marks

    def _marks_of_waiting(self, vals, now):
        reasons = self.env["service_desk.waiting.reason"]
        reason = reasons.browse(vals.get("waiting_reason_id")) or self.waiting_reason_id
        reason = reason or reasons.search([], limit=1)
        until = vals.get("waiting_until") or self.waiting_until
        if not until and reason.default_days:
            until = now + timedelta(days=reason.default_days)
        return {
            "waiting_since": now,
            "waiting_reason_id": reason.id,
            "waiting_until": fields.Datetime.to_datetime(until) if until else False,
        }

    def _marks_of_end(self, state, now):
        marks = {"needs_reply_since": False, "next_update_at": False}
        if state == "solved" or (state == "closed" and not self.solved_at):
            marks["solved_at"] = now
        if state != "solved":
            marks["closed_at"] = now
        return marks

    # ----------------------------------------------------------------- waiting
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
        for tickets in self._in_steps(domain, limit):
            waking = tickets.filtered(lambda ticket: ticket._can_reach("open"))
            waking._write_state({"state": "open", "needs_reply_since": fields.Datetime.now()})
            if not self.env["ir.cron"]._commit_progress(len(tickets)):
                break

    @api.model
    def _cron_close_solved(self, limit=200):
        """Close tickets that were solved long enough ago, team by team, in steps."""
        for team in self.env["service_desk.team"].search([("auto_close_days", ">", 0)]):
            domain = self._get_auto_close_domain(team)
            for tickets in self._in_steps(domain, limit):
                tickets._write_state({"state": "closed"})
                if not self.env["ir.cron"]._commit_progress(len(tickets)):
                    return

    @api.model
    def _in_steps(self, domain, limit):
        """Yield the tickets of ``domain``, locked, ``limit`` at a time; each once, whether it leaves the domain or not.

        A workflow may know no way to where a job would move a ticket: it must not be found for ever.
        """
        last_id = 0
        while tickets := self.search([*domain, ("id", ">", last_id)], order="id", limit=limit):
            last_id = tickets[-1].id
            yield tickets.try_lock_for_update()

    @api.model
    def _get_auto_close_domain(self, team):
        """Hook: which tickets of ``team`` close by themselves at this moment."""
        moment = fields.Datetime.now() - timedelta(days=team.auto_close_days)
        return [
            ("team_id", "=", team.id),
            ("state", "=", "solved"),
            ("solved_at", "<=", moment),
        ]

    # ----------------------------------------------------------------- buttons
    def action_assign_to_me(self):
        """Take the tickets; one that was new is in work then."""
        self.write({"user_id": self.env.uid})
        self._start_taken()

    def _start_taken(self):
        """Put new tickets that somebody has just taken in work, where their workflow has a way."""
        taken = self.filtered(lambda ticket: ticket.state == "new" and ticket._can_reach("open"))
        taken._write_state({"state": "open"})

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
