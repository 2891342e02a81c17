"""A deadline told interval by interval, so that one can check it with a calendar and a pencil."""

from odoo import fields, models

from ... import clocks as engine

#: With more rows the closed hours inside an interval are not told one by one.
MOST_ROWS = 120


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    def _screen_explanation(self, now):
        """Return ``{title, summary, rows}`` for the reader; see ``ticket.get_clock_explanation``."""
        self.ensure_one()
        names = self._screen_names()
        intervals = self._screen_intervals(now)
        rows = self._screen_rows(intervals, names, by_period=True)
        if len(rows) > MOST_ROWS:
            rows = self._screen_rows(intervals, names, by_period=False)
        return {
            "title": self.env._(
                "%(metric)s of %(number)s", metric=self.metric_id.name, number=self.ticket_id.number
            ),
            "summary": self._screen_summary(names),
            "rows": rows,
        }

    def _screen_intervals(self, now):
        """Return the intervals of ``clocks.explain`` that have a length, and how it goes on until the deadline."""
        intervals = []
        cycle = self._screen_cycle()
        due = engine.read(cycle, self._hours_of(), now).due
        for interval in engine.explain(cycle, self._hours_of(), now):
            start, end = interval["from"], interval["to"] or max(now, interval["from"])
            if end > start:
                intervals.append({**interval, "to": end})
            if not interval["to"] and interval["kind"] == "run" and due and due > end:
                intervals.append({**interval, "from": end, "to": due, "is_future": True})
        return intervals

    def _screen_rows(self, intervals, names, by_period):
        rows, used = [], 0
        due = self.due_at
        calendars = self._screen_calendars()
        for interval in intervals:
            hours = self._hours_of()(interval["calendar_id"], interval["company_id"])
            runs = interval["kind"] == "run"
            text = self._screen_interval_text(interval, names)
            for start, end, is_open in self._screen_pieces(interval, hours, runs and by_period):
                counts = hours.seconds_between(start, end) if runs else 0
                used += counts
                closed = runs and not is_open
                if closed and rows and rows[-1]["is_closed"]:
                    rows[-1]["to"] = fields.Datetime.to_string(end)
                    continue
                rows.append(
                    {
                        "from": fields.Datetime.to_string(start),
                        "to": fields.Datetime.to_string(end),
                        "text": self.env._("Closed hours") if closed else text,
                        "calendar": calendars.get(interval["calendar_id"], "") if counts else "",
                        "seconds": counts,
                        "used": used,
                        "is_closed": closed,
                        "is_due": bool(due and start < due <= end and counts),
                    }
                )
        return rows

    def _screen_pieces(self, interval, hours, by_period):
        """Yield ``(from, to, is open)``: a running interval by its working periods, another one as it is."""
        start, end = interval["from"], interval["to"]
        if not by_period:
            yield start, end, True
            return
        at = start
        for opens, closes in hours.periods(start, end):
            opens, closes = max(opens, start), min(closes, end)
            if opens > at:
                yield at, opens, False
            yield opens, closes, True
            at = closes
        if at < end:
            yield at, end, False

    def _screen_interval_text(self, span, names):
        hand = self._screen_hand(span, names)[1]
        if span.get("is_future"):
            return self.env._("Will run until the deadline")
        if span["kind"] == "run":
            return self.env._("Runs (%(hand)s)", hand=hand)
        reason = self._screen_reason(span, names)
        if reason:
            return self.env._("Stands still: %(reason)s (%(hand)s)", reason=reason, hand=hand)
        return self.env._("Stands still (%(hand)s)", hand=hand)

    def _screen_calendars(self):
        """Return ``{calendar id: name}`` of the working hours of all targets; None is day and night."""
        ids = {target.get("calendar_id") for target in self.targets or ()} - {None, False}
        # sudo: whoever sees the clock may know by which hours it counts
        calendars = self.env["resource.calendar"].sudo().browse(sorted(ids)).exists()
        return {
            None: self.env._("Day and night"),
            **{calendar.id: calendar.name for calendar in calendars},
        }

    def _screen_summary(self, names):
        """Return sentences: what was promised, by which agreement, and how it stands."""
        lines = []
        agreement = names["agreements"].get(self.agreement_id.id)
        values = {
            "target": self._screen_target(),
            "calendar": self._screen_calendars().get(
                (self.targets or [{}])[-1].get("calendar_id"), ""
            ),
            "agreement": agreement or "",
        }
        if agreement:
            lines.append(
                self.env._(
                    "Promised: %(target)s by agreement “%(agreement)s”, counted in “%(calendar)s”.",
                    **values,
                )
            )
        else:
            lines.append(self.env._("Promised: %(target)s, counted in “%(calendar)s”.", **values))
        for target in (self.targets or ())[1:]:
            lines.append(
                self.env._(
                    "From %(moment)s on another target applied: %(target)s. The time used before was kept.",
                    moment=self._screen_moment(target["at"]),
                    target=self._amount_text(target.get("amount"), target.get("unit")),
                )
            )
        if self.is_excused:
            lines.append(self.env._("It was missed, and that was excused."))
        elif self.is_missed:
            lines.append(
                self.env._(
                    "It was missed at %(moment)s.", moment=self._screen_moment(self.missed_at)
                )
            )
        return lines + self._correction_lines()

    def _screen_moment(self, moment):
        moment = fields.Datetime.to_datetime(moment)
        return self.env["ir.qweb.field.datetime"].value_to_html(moment, {}) if moment else ""
