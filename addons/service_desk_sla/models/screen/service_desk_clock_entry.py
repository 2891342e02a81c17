"""One clock as the screen shows it: plain data, read at a moment."""

from datetime import timedelta

from odoo import fields, models

from ... import clocks as engine

#: For so long a countdown knows the working hours of its calendar; a page is not left open for longer.
HORIZON = timedelta(hours=36)


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    def _screen_reading(self, now):
        """Return the clock read at ``now``: exact whatever was changed while it ran."""
        self.ensure_one()
        return engine.read(self._screen_cycle(), self._hours_of(), now)

    def _screen_cycle(self):
        """Return the history of the clock as the engine takes it."""
        self.ensure_one()
        return engine.Cycle.of_data(
            self.slot,
            self.metric_id.code,
            self.cycle,
            self.spans,
            self.targets,
            self.state,
            self.excuses or (),
        )

    def _screen_hours(self):
        """Return the working time that the target in force counts in, and its key on the board.

        The key is empty for day and night: nothing has to be told of it.
        """
        self.ensure_one()
        target = (self.targets or [{}])[-1]
        calendar_id, company_id = target.get("calendar_id"), target.get("company_id")
        key = f"{calendar_id}/{company_id or ''}" if calendar_id else ""
        return self._hours_of()(calendar_id, company_id), key

    def _screen_entry(self, now, names):
        """Return the clock as ``ticket.sla_board`` holds it; moments are UTC, lengths are working seconds."""
        self.ensure_one()
        reading = self._screen_reading(now)
        entry = {
            "id": self.id,
            "metric": self.metric_id.name,
            "code": self.metric_id.code,
            "kind": "sla" if self.slot == "sla" or self.slot.startswith("beside:") else self.kind,
            "agreement": names["agreements"].get(self.agreement_id.id, ""),
            "whose": self._screen_whose(names),
            "cycle": self.cycle,
            "state": reading.state,
            "due": fields.Datetime.to_string(reading.due) or None,
            "warn": fields.Datetime.to_string(self.warn_at) or None,
            "target": reading.target_seconds,
            "used": reading.used,
            "left": reading.left,
            "missed": reading.is_missed,
            "excused": reading.is_excused,
            "hours": self._screen_hours()[1],
        }
        if reading.state in ("paused", "cancelled"):
            entry["reason"] = self._screen_reason(self._screen_last_span(), names)
        if reading.state in ("paused", "running"):
            _hand, entry["hand"] = self._screen_hand(self._screen_last_span(), names)
        return entry

    def _screen_last_span(self):
        return (self.spans or [{}])[-1]

    def _screen_rank(self):
        """Sort: what runs by deadline, what stands still, what ended, the last one first; cancelled ones last."""
        order = {"running": 0, "paused": 1, "stopped": 2}.get(self.state, 3)
        if order == 0:
            return (order, self.due_at.timestamp() if self.due_at else float("inf"), self.id)
        return (order, -self.stopped_at.timestamp() if self.stopped_at else 0, self.id)
