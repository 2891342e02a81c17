"""One clock as the screen shows it: plain data, read at a moment."""

from datetime import timedelta

from odoo import fields, models

#: For so long a countdown knows the working hours of its calendar; a page is not left open for longer.
HORIZON = timedelta(hours=36)


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    def _screen_hours(self):
        """Return the working time that the target in force counts in, and its key on the board.

        The key is empty for day and night: nothing has to be told of it.
        """
        self.ensure_one()
        target = (self.targets or [{}])[-1]
        calendar_id, company_id = target.get("calendar_id"), target.get("company_id")
        hours = self.env["service_desk.working.time"]._of_ids(calendar_id, company_id)
        return hours, f"{calendar_id}/{company_id or ''}" if calendar_id else ""

    def _screen_entry(self, now, names):
        """Return the clock as ``ticket.sla_board`` holds it; moments are UTC, lengths are working seconds."""
        self.ensure_one()
        hours, key = self._screen_hours()
        left = self._screen_left(now, hours)
        entry = {
            "id": self.id,
            "metric": self.metric_id.name,
            "code": self.metric_id.code,
            "kind": "sla" if self.slot == "sla" or self.slot.startswith("beside:") else self.kind,
            "agreement": names["agreements"].get(self.agreement_id.id, ""),
            "whose": self._screen_whose(names),
            "cycle": self.cycle,
            "state": self.state,
            "due": fields.Datetime.to_string(self.due_at) or None,
            "warn": self._screen_warn(),
            "target": self.target_seconds,
            "used": self.target_seconds - left,
            "left": left,
            "missed": self.is_missed,
            "excused": self.is_excused,
            "hours": key,
        }
        if self.state == "paused" and self.spans:
            entry["reason"] = self._screen_reason(self.spans[-1], names)
        if self.state in ("paused", "running") and self.spans:
            _hand, entry["hand"] = self._screen_hand(self.spans[-1], names)
        return entry

    def _screen_left(self, now, hours):
        """Return the working seconds that are left at ``now``; negative: so late it is."""
        if self.state == "running" and self.due_at:
            if now > self.due_at:
                return -hours.seconds_between(self.due_at, now)
            return hours.seconds_between(now, self.due_at)
        if self.late_seconds:
            return -self.late_seconds
        return self.target_seconds - self.used_seconds

    def _screen_warn(self):
        """Return from when on the countdown is amber: as the ticket says of its next deadline."""
        ticket = self.ticket_id
        if self.state == "running" and self.due_at and self.due_at == ticket.sla_due_at:
            return fields.Datetime.to_string(ticket.sla_warn_at) or None
        return None

    def _screen_rank(self):
        """Sort: what runs by deadline, what stands still, what ended, the last one first; cancelled ones last."""
        order = {"running": 0, "paused": 1, "stopped": 2}.get(self.state, 3)
        if order == 0:
            return (order, self.due_at.timestamp() if self.due_at else 0, self.id)
        return (order, -self.stopped_at.timestamp() if self.stopped_at else 0, self.id)
