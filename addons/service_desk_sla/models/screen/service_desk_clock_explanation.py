"""A deadline told interval by interval, so that one can check it with a calendar and a pencil."""

from odoo import fields, models

#: With more rows the closed hours inside an interval are not told one by one.
MOST_ROWS = 120


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    def _screen_explanation(self, now):
        """Return ``{title, summary, rows}`` for the reader; see ``ticket.get_clock_explanation``."""
        self.ensure_one()
        names = self._screen_names()
        hours, _key = self._screen_hours()
        intervals = self._screen_intervals(now)
        rows = self._screen_rows(intervals, hours, names, by_period=True)
        if len(rows) > MOST_ROWS:
            rows = self._screen_rows(intervals, hours, names, by_period=False)
        return {
            "title": self.env._(
                "%(metric)s of %(number)s", metric=self.metric_id.name, number=self.ticket_id.number
            ),
            "summary": self._screen_summary(names),
            "rows": rows,
        }

    def _screen_intervals(self, now):
        """Return ``[(from, to, span, is future)]``: the spans, and how it goes on until the deadline."""
        intervals = []
        for span in self.spans or ():
            start = fields.Datetime.to_datetime(span["from"])
            end = fields.Datetime.to_datetime(span.get("to"))
            intervals.append((start, end or max(now, start), span, False))
            if not end and span["kind"] == "run" and self.due_at and self.due_at > now:
                intervals.append((max(now, start), self.due_at, span, True))
        return intervals

    def _screen_rows(self, intervals, hours, names, by_period):
        rows, used = [], 0
        calendar = self._screen_calendar()
        for start, end, span, is_future in intervals:
            text = self._screen_interval_text(span, names, is_future)
            for begins, ends, is_open in self._screen_pieces(start, end, span, hours, by_period):
                counts = hours.seconds_between(begins, ends) if span["kind"] == "run" else 0
                used += counts
                rows.append(
                    {
                        "from": fields.Datetime.to_string(begins),
                        "to": fields.Datetime.to_string(ends),
                        "text": text if is_open else self.env._("Closed hours"),
                        "calendar": calendar if is_open and counts else "",
                        "seconds": counts,
                        "used": used,
                        "is_due": bool(self.due_at and ends == self.due_at),
                    }
                )
        return rows

    def _screen_pieces(self, start, end, span, hours, by_period):
        """Yield ``(from, to, is open)``: a running interval by its working periods, another one as it is."""
        if span["kind"] != "run" or not by_period:
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

    def _screen_interval_text(self, span, names, is_future):
        hand = self._screen_hand(span, names)[1]
        if is_future:
            return self.env._("Will run until the deadline")
        if span["kind"] == "run":
            return self.env._("Runs (%(hand)s)", hand=hand)
        reason = self._screen_reason(span, names)
        if reason:
            return self.env._("Stands still: %(reason)s (%(hand)s)", reason=reason, hand=hand)
        return self.env._("Stands still (%(hand)s)", hand=hand)

    def _screen_calendar(self):
        """Return the name of the working hours in force."""
        target = (self.targets or [{}])[-1]
        calendar_id = target.get("calendar_id")
        if not calendar_id:
            return self.env._("Day and night")
        # sudo: whoever sees the clock may know by which hours it counts
        return self.env["resource.calendar"].sudo().browse(calendar_id).exists().name or ""

    def _screen_summary(self, names):
        """Return sentences: what was promised, by which agreement, and how it stands."""
        lines = []
        agreement = names["agreements"].get(self.agreement_id.id)
        values = {
            "target": self._screen_target(),
            "calendar": self._screen_calendar(),
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
        return lines

    def _screen_moment(self, moment):
        moment = fields.Datetime.to_datetime(moment)
        return self.env["ir.qweb.field.datetime"].value_to_html(moment, {}) if moment else ""
