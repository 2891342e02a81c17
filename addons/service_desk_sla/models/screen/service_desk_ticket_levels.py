"""The page "Service Levels" of a ticket: all of its clocks with their histories, and why they are so."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Open periods of a picture; beyond it closed hours are too thin to be seen.
MOST_PERIODS = 400


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.readonly
    def get_service_levels(self):
        """Return what the page shows, as the user may see it.

        :return: ``{now, hours, clocks, marks, legs, legs_of, why}``: entries of ``sla_board`` with ``started, stopped,
            missed_at, spans, targets, target_text, late`` besides; moments are UTC as text, lengths working seconds
        :raises AccessError: when the user may not read the ticket
        """
        self.ensure_one()
        self.check_access("read")
        now = fields.Datetime.now()
        clocks = self._screen_clocks().sorted(lambda clock: (clock.kind != "sla", clock.id))
        names = clocks._screen_names()
        main = clocks._screen_main()
        return {
            "now": fields.Datetime.to_string(now),
            "hours": self._screen_window_hours(clocks, now),
            "clocks": [clock._screen_level(now, names) for clock in clocks],
            "marks": self._screen_marks(),
            "legs": main._screen_legs(now, names) if main else [],
            "legs_of": main.metric_id.name or "",
            "why": self._screen_why(),
        }

    def _screen_window_hours(self, clocks, now):
        """Return the open periods of the time that the picture spans; nothing where they would blur."""
        starts = [clock.started_at for clock in clocks if clock.started_at]
        if not starts:
            return {}
        ends = [now] + [end for clock in clocks for end in (clock.due_at, clock.stopped_at) if end]
        start, end = min(starts), max(ends)
        end += (end - start) / 20
        hours = {}
        for clock in clocks:
            working, key = clock._screen_hours()
            if key and key not in hours:
                periods = working.periods(start, end)
                if len(periods) <= MOST_PERIODS:
                    hours[key] = [
                        [fields.Datetime.to_string(opens), fields.Datetime.to_string(closes)]
                        for opens, closes in periods
                    ]
        return hours

    def _screen_why(self):
        """Return why this agreement applies and not another one, in the reader's language."""
        decisions = self.env["service_desk.decision"]
        domain = [("ticket_id", "=", self.id), ("kind", "=", "agreement")]
        if not decisions.has_access("read"):
            return ""
        return decisions.search(domain, limit=1).text or ""

    @api.readonly
    def get_clock_explanation(self, clock_id):
        """Return why a deadline of the ticket is when it is, interval by interval.

        :param int clock_id: a clock of this ticket
        :return: ``{title, summary: [sentence], rows: [{from, to, text, calendar, seconds, used, is_due}], why}``
        :raises AccessError: when the user may not read the ticket
        :raises UserError: when it is no clock of the ticket that the user may see
        """
        self.ensure_one()
        self.check_access("read")
        clock = self._screen_clocks().filtered(lambda one: one.id == self._id_argument(clock_id))
        if not clock:
            raise UserError(self.env._("This ticket has no such clock."))
        return clock._screen_explanation(fields.Datetime.now()) | {"why": self._screen_why()}


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    def _screen_main(self):
        """Return the clock whose minutes are asked about: the resolution promised to the customer, else the first."""
        ranked = self.sorted(
            lambda clock: (clock.slot != "sla", clock.metric_id.code != "resolution", -clock.id)
        )
        return ranked[:1]

    def _screen_level(self, now, names):
        """Return the entry of the board with the history of the clock."""
        self.ensure_one()
        targets = [
            {
                "at": target["at"],
                "text": self._amount_text(target.get("amount"), target.get("unit")),
            }
            for target in self.targets or ()
        ]
        return self._screen_entry(now, names) | {
            "started": fields.Datetime.to_string(self.started_at) or None,
            "stopped": fields.Datetime.to_string(self.stopped_at) or None,
            "missed_at": fields.Datetime.to_string(self.missed_at) or None,
            "late": self.late_seconds,
            "target_text": self._screen_target(),
            "targets": targets,
            "spans": self._screen_spans(names),
        }
