"""Who had a ticket how long: one row for each stay with a team and a person, none of them overlapping."""

from odoo import api, fields, models
from odoo.tools import SQL

from .service_desk_team_line import LINES


class ServiceDeskTicketSpan(models.Model):
    """A ticket's stay with one team and one person. The stays of a ticket together are the time it was open."""

    _name = "service_desk.ticket.span"
    _description = "Time in a Line"
    _order = "started_at desc, id desc"
    _rec_name = "ticket_id"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    team_id = fields.Many2one(
        "service_desk.team", required=True, readonly=True, ondelete="cascade", index=True
    )
    line = fields.Selection(LINES, readonly=True, help="The line that the team was at that time.")
    user_id = fields.Many2one(
        "res.users", "Person", readonly=True, ondelete="set null", index="btree_not_null"
    )
    started_at = fields.Datetime(required=True, readonly=True, index=True)
    ended_at = fields.Datetime(readonly=True)
    minutes = fields.Float(readonly=True, help="By the clock.")
    working_minutes = fields.Float(readonly=True, help="By the working hours of the team.")

    _open_uniq = models.UniqueIndex(
        "(ticket_id) WHERE ended_at IS NULL", "The ticket is with one team at a time."
    )

    @api.model
    def _begin(self, tickets, moment=None):
        """Begin a stay of each ticket with the team and the person it has now: one INSERT for all.

        :param moment: when it begins; each ticket's own opening by default
        """
        tickets = tickets.filtered("is_open")
        if not tickets:
            return
        tickets.flush_recordset(["team_id", "user_id"])
        now = fields.Datetime.now()
        rows = [
            (
                ticket.id,
                ticket.team_id.id,
                ticket.team_id.sudo().line or None,
                ticket.user_id.id or None,
                moment or ticket._opened_at(now),
            )
            for ticket in tickets
        ]
        # a ticket that has a stay already (two hooks of one change) keeps it
        self.env.cr.execute(
            SQL(
                "INSERT INTO service_desk_ticket_span (ticket_id, team_id, line, user_id, started_at)"
                " VALUES %s ON CONFLICT DO NOTHING",
                SQL(", ").join(rows),
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _end(self, tickets, moment):
        """End the open stays of the tickets, with their length by clock and by working hours."""
        if not tickets:
            return
        # sudo: the desk's own record
        spans_sudo = self.sudo().search(
            [("ticket_id", "in", tickets.ids), ("ended_at", "=", False)]
        )
        working = self.env["service_desk.working.time"]
        rows = []
        for span in spans_sudo:
            end = max(moment, span.started_at)
            minutes = (end - span.started_at).total_seconds() / 60
            rows.append(
                (
                    span.id,
                    end,
                    minutes,
                    working._of_team(span.team_id).minutes_between(span.started_at, end),
                )
            )
        if not rows:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE service_desk_ticket_span span SET ended_at = closed.ended_at::timestamp,"
                " minutes = closed.minutes, working_minutes = closed.working"
                " FROM (VALUES %s) AS closed (id, ended_at, minutes, working) WHERE span.id = closed.id",
                SQL(", ").join(rows),
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _record_past(self, tickets):
        """Note the stay of tickets that come in done (from another desk): with the team and person they name."""
        working = self.env["service_desk.working.time"]
        vals_list = []
        for ticket in tickets:
            start, end = (
                ticket.create_date.replace(microsecond=0),
                ticket.solved_at or ticket.closed_at,
            )
            if not end or end <= start:
                continue
            team_sudo = ticket.team_id.sudo()  # sudo: whoever imports need not read teams
            vals_list.append(
                {
                    "ticket_id": ticket.id,
                    "team_id": team_sudo.id,
                    "line": team_sudo.line,
                    "user_id": ticket.user_id.id,
                    "started_at": start,
                    "ended_at": end,
                    "minutes": (end - start).total_seconds() / 60,
                    "working_minutes": working._of_team(team_sudo).minutes_between(start, end),
                }
            )
        self.sudo().create(vals_list)  # sudo: the desk's own record

    @api.model
    def _move(self, tickets):
        """Let the tickets' next stay begin now, where the last one ends."""
        now = fields.Datetime.now()
        self._end(tickets, now)
        self._begin(tickets, now)


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    span_ids = fields.One2many(
        "service_desk.ticket.span", "ticket_id", "Time in Lines", readonly=True
    )

    def _opened_at(self, now):
        """Return when the ticket was opened: brought over from elsewhere, it is older than its row."""
        self.ensure_one()
        created = self.create_date
        return created.replace(microsecond=0) if created and created < now else now

    def write(self, vals):
        keeps_place = not {"team_id", "user_id"} & vals.keys()
        before = {} if keeps_place else {t.id: (t.team_id, t.user_id) for t in self}
        result = super().write(vals)
        moved = self.filtered(lambda t: t.id in before and (t.team_id, t.user_id) != before[t.id])
        if moved:
            self.env["service_desk.ticket.span"]._move(moved)
        return result

    def _on_opened(self):
        result = super()._on_opened()
        spans = self.env["service_desk.ticket.span"]
        spans._begin(self)
        if done := self.filtered(lambda t: not t.is_open):
            spans._record_past(done)
        return result

    def _on_solved(self):
        result = super()._on_solved()
        self.env["service_desk.ticket.span"]._end(self, fields.Datetime.now())
        return result

    def _on_closed(self):
        result = super()._on_closed()
        self.env["service_desk.ticket.span"]._end(self, fields.Datetime.now())
        return result

    def _on_reopened(self):
        result = super()._on_reopened()
        self.env["service_desk.ticket.span"]._begin(self, fields.Datetime.now())
        return result
