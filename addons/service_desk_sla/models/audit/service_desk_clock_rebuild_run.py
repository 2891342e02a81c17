"""The job that counts clocks anew: in steps, each with its log, so that a killed run goes on where it was."""

import logging

from odoo import api, fields, models
from odoo.tools import SQL

from .service_desk_clock_rebuild import REBUILD_CRON

_logger = logging.getLogger(__name__)
#: Tickets of one step: a step is one transaction.
STEP = 200
BEGIN = 2**31 - 1


class ServiceDeskClockRebuild(models.Model):
    _inherit = "service_desk.clock.rebuild"

    @api.model
    def _cron_rebuild(self, step=STEP):
        """Go on with what is ordered, the oldest first.

        The mark where a rebuild stands is written together with the clocks and the log of its step.
        """
        cron = self.env["ir.cron"]
        while rebuild := self._next_due():
            while rebuild._run_step(step):
                if not cron._commit_progress(1, remaining=1):
                    return
            if not cron._commit_progress(1):
                return
        later = self.search([("state", "=", "waiting")], order="start_at, id", limit=1)
        if later:
            cron._service_desk_wake(REBUILD_CRON, later.start_at)

    @api.model
    def _next_due(self):
        domain = [
            ("state", "in", ("waiting", "running")),
            ("start_at", "<=", fields.Datetime.now()),
        ]
        return self.search(domain, order="id", limit=1).try_lock_for_update()

    def _run_step(self, step=STEP):
        """Count the next tickets anew; tell whether there are more."""
        self.ensure_one()
        if self.state == "waiting":
            self.write(
                {"state": "running", "last_ticket_id": BEGIN, "ticket_count": self._count_tickets()}
            )
        ticket_ids = self._next_ticket_ids(step)
        if not ticket_ids:
            self.write({"state": "done", "ended_at": fields.Datetime.now()})
            return False
        changed = self._rebuild(self.env["service_desk.ticket"].browse(ticket_ids))
        self.write(
            {
                "last_ticket_id": ticket_ids[-1],
                "done_count": self.done_count + len(ticket_ids),
                "changed_count": self.changed_count + changed,
            }
        )
        return True

    def _rebuild(self, tickets):
        """Count the clocks of the tickets anew, and return how many tickets changed.

        One that fails is noted, and does not stop the others.
        """
        try:
            with self.env.cr.savepoint():
                return self._rebuild_all(tickets)
        except Exception:  # one broken ticket: find it, and go on with the others
            if len(tickets) == 1:
                _logger.exception("The clocks of ticket %s cannot be counted anew", tickets.id)
                self._log_failure(tickets)
                return 0
        half = len(tickets) // 2
        return self._rebuild(tickets[:half]) + self._rebuild(tickets[half:])

    def _rebuild_all(self, tickets):
        clocks = self.env["service_desk.clock"]
        before = clocks._readings_of(tickets)
        if self.kind == "agreement":
            tickets._apply_versions(self.agreement_ids, self.since)
        clocks._settle(tickets, stopped=self.with_stopped)
        changes = clocks._changes(before, clocks._readings_of(tickets))
        self._log_changes(changes)
        return len(changes)

    # --------------------------------------------------------------------- log
    def _log_changes(self, changes):
        """Keep what changed, clock by clock, and tell it in each ticket's "Why"."""
        tickets = self.env["service_desk.ticket"].browse(changes)
        tickets._explain(
            "clock",
            {ticket_id: self._payload(rows) for ticket_id, rows in changes.items()},
        )
        self.env["service_desk.clock.rebuild.line"].create(
            [
                self._prepare_line_vals(ticket_id, change)
                for ticket_id, rows in changes.items()
                for change in rows
            ]
        )

    def _payload(self, changes):
        """Return the grounds as plain data, with the names as they are now."""
        return {
            "act": "rebuild",
            "of": self.kind,
            "by": self.user_id.name or "",
            "reason": self.reason,
            "changes": changes,
        }

    def _prepare_line_vals(self, ticket_id, change):
        was, now = change["before"] or {}, change["after"] or {}
        return {
            "rebuild_id": self.id,
            "ticket_id": ticket_id,
            "metric_id": change["metric_id"],
            "slot": change["slot"],
            "cycle": change["cycle"],
            "before": change["before"],
            "after": change["after"],
            "due_before": was.get("due_at"),
            "due_after": now.get("due_at"),
            "used_before": was.get("used_seconds"),
            "used_after": now.get("used_seconds"),
            "missed_before": was.get("is_missed"),
            "missed_after": now.get("is_missed"),
        }

    def _log_failure(self, ticket):
        self.env["service_desk.clock.rebuild.line"].create(
            {
                "rebuild_id": self.id,
                "ticket_id": ticket.id,
                "outcome": "failed",
                "error": self.env._("It could not be counted; the server's log says why."),
            }
        )

    # ----------------------------------------------------------------- tickets
    def _count_tickets(self):
        return self._count_sql(self._tickets_sql(BEGIN))

    @api.model
    def _count_reach_sudo(self, kind, records, with_stopped):
        """Return how many tickets a rebuild would concern; sudo: a number for whoever may order one."""
        self._check_may_request(None)
        rebuild_sudo = self.sudo().new(
            {
                "kind": kind,
                "with_stopped": with_stopped,
                "agreement_ids": records.ids if kind == "agreement" else [],
                "calendar_ids": records.ids if kind == "hours" else [],
                "ticket_ids": records.ids if kind == "tickets" else [],
            }
        )
        return rebuild_sudo._count_tickets()

    @api.model
    def _are_counted_by_sudo(self, calendars, with_stopped=False):
        """Tell whether a clock counts by one of the calendars; sudo: whoever edits them sees no clocks."""
        rebuild_sudo = self.sudo().new(
            {"kind": "hours", "calendar_ids": calendars.ids, "with_stopped": with_stopped}
        )
        found = rebuild_sudo._tickets_sql(BEGIN)
        return bool(self.env.execute_query(SQL("SELECT 1 %s LIMIT 1", found)))

    @api.model
    def _count_sql(self, condition):
        return self.env.execute_query(SQL("SELECT count(DISTINCT ticket_id) %s", condition))[0][0]

    def _next_ticket_ids(self, step):
        condition = self._tickets_sql(self.last_ticket_id)
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT ticket_id %s ORDER BY ticket_id DESC LIMIT %s", condition, step)
        )
        return [row[0] for row in rows]

    def _tickets_sql(self, below):
        """Return FROM and WHERE of the clocks that it concerns, on tickets older than ``below``."""
        self.env["service_desk.clock"].flush_model()
        states = ("running", "paused", "stopped") if self.with_stopped else ("running", "paused")
        return SQL(
            "FROM service_desk_clock c WHERE ticket_id < %s AND state IN %s AND %s",
            below,
            states,
            self._reach_sql(),
        )

    def _reach_sql(self):
        if self.every_calendar:
            return SQL("TRUE")
        column = {
            "agreement": SQL("agreement_id"),
            "tickets": SQL("ticket_id"),
            "hours": SQL("(target->>'calendar_id')::int"),
        }[self.kind]
        records = {
            "agreement": self.agreement_ids,
            "tickets": self.ticket_ids,
            "hours": self.calendar_ids,
        }[self.kind]
        condition = SQL("%s IN %s", column, tuple(records._origin.ids) or (0,))
        if self.kind == "hours":
            return SQL(
                "EXISTS (SELECT 1 FROM jsonb_array_elements(c.targets) AS target WHERE %s)",
                condition,
            )
        return condition
