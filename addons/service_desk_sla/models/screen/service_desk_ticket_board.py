"""The clocks of tickets as lists, cards and forms show them: computed for all tickets at once."""

from collections import defaultdict

from odoo import api, fields, models

from .service_desk_clock_entry import HORIZON

#: What a board reads of clocks; each page of a list asks for it once.
BOARD_FIELDS = [
    "ticket_id", "slot", "metric_id", "cycle", "agreement_id", "kind", "state", "spans", "targets", "due_at",
    "excuses", "warn_at", "stopped_at",
]  # fmt: skip


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    sla_board = fields.Json(
        "Countdown",
        compute="_compute_sla_board",
        help="The clocks that the reader may see, read at this moment.",
    )

    @api.depends("clock_ids", "sla_due_at", "sla_warn_at", "sla_state", "sla_agreement_id")
    @api.depends_context("uid", "lang")
    def _compute_sla_board(self):
        """Read all clocks of all tickets in a number of queries that does not grow with them.

        A board: ``{now, hours: {key: [[from, to]]}, clocks: [entry]}``, sorted by what matters first; False where the
        reader sees no clock. Moments are UTC as text.
        """
        now = fields.Datetime.now()
        clocks = self._screen_clocks()
        names = clocks._screen_names()
        by_ticket = defaultdict(list)
        for clock in clocks:
            by_ticket[clock.ticket_id.id].append(clock)
        for ticket in self:
            own = sorted(by_ticket[ticket._origin.id], key=lambda clock: clock._screen_rank())
            ticket.sla_board = bool(own) and {
                "now": fields.Datetime.to_string(now),
                "hours": self.env["service_desk.clock"]._screen_periods(own, now, now + HORIZON),
                "clocks": [clock._screen_entry(now, names) for clock in own],
            }

    def _screen_clocks(self):
        """Return the clocks of ``self`` that the reader may see."""
        clocks = self.env["service_desk.clock"]
        if not self._origin.ids or not clocks.has_access("read"):
            return clocks
        return clocks.search_fetch(
            [("ticket_id", "in", self._origin.ids)], BOARD_FIELDS, order="id"
        )


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    @api.model
    def _screen_periods(self, clocks, start, end):
        """Return the open periods of the calendars of ``clocks`` that go on, as the board holds them."""
        periods = {}
        for clock in clocks:
            hours, key = clock._screen_hours()
            if key and key not in periods and clock.state in ("running", "paused"):
                periods[key] = [
                    [fields.Datetime.to_string(opens), fields.Datetime.to_string(closes)]
                    for opens, closes in hours.periods(start, end)
                ]
        return periods
