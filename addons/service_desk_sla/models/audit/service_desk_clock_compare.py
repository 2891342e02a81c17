"""What clocks say, kept as plain data, so that before and after can be laid side by side."""

from datetime import datetime

from odoo import api, fields, models
from odoo.tools import format_datetime

#: What a person compares; the key of a clock is its ticket, slot, metric and cycle.
COMPARED = (
    "state", "started_at", "stopped_at", "due_at", "missed_at", "target_seconds", "used_seconds", "paused_seconds",
    "late_seconds", "is_missed", "is_excused",
)  # fmt: skip


def plain(value):
    """Return a value as JSON can keep it; what is nothing is None."""
    if isinstance(value, datetime):
        return fields.Datetime.to_string(value)
    return None if value is False else value


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    @api.model
    def _readings_of(self, tickets):
        """Return ``{(ticket id, slot, metric id, cycle): reading}`` of all clocks of the tickets: one query.

        A reading is plain data with moments as text.
        """
        return self._readings(self._stored_rows(tickets.ids) if tickets else {})

    @api.model
    def _readings(self, rows):
        """Return readings of ``{key: values of a clock}``, as JSON can keep them."""
        return {key: {name: plain(row.get(name)) for name in COMPARED} for key, row in rows.items()}

    @api.model
    def _changes(self, before, after):
        """Return ``{ticket id: [change]}`` of the clocks whose readings differ.

        :param before, after: as from :meth:`_readings_of`
        :return: a change is ``{slot, metric_id, metric, cycle, before, after}``; ``None`` where there was no clock
        """
        changes = {}
        metrics_sudo = self.env["service_desk.metric"].sudo()
        for key in sorted(before.keys() | after.keys()):
            was, now = before.get(key), after.get(key)
            if was == now:
                continue
            ticket_id, slot, metric_id, cycle = key
            changes.setdefault(ticket_id, []).append(
                {
                    "slot": slot,
                    "metric_id": metric_id,
                    "metric": metrics_sudo.browse(metric_id).name,
                    "cycle": cycle,
                    "before": was,
                    "after": now,
                }
            )
        return changes

    # --------------------------------------------------------------------- text
    @api.model
    def _change_text(self, change):
        """Tell one change in the reader's language and time zone: “Resolution: due 14:00 → 15:30”."""
        metric = self.env["service_desk.metric"].sudo().browse(change["metric_id"]).exists()
        was, now = change["before"] or {}, change["after"] or {}
        parts = [
            part
            for part in (
                self._due_change_text(was, now),
                self._used_change_text(was, now),
                self._verdict_change_text(was, now),
            )
            if part
        ]
        name = self._change_name(change, metric)
        return f"{name}: {', '.join(parts) or self.env._('history')}"

    @api.model
    def _change_name(self, change, metric):
        """Return the metric, and of a promise that is not the customer's what kind it is."""
        name = metric.name or change["metric"]
        kind = change["slot"].split(":")[0]
        return f"{name} ({kind.upper()})" if kind in ("ola", "uc") else name

    @api.model
    def _due_change_text(self, was, now):
        if was.get("due_at") == now.get("due_at"):
            return ""
        return self.env._(
            "due %(before)s → %(after)s",
            before=self._moment_text(was.get("due_at")),
            after=self._moment_text(now.get("due_at")),
        )

    @api.model
    def _used_change_text(self, was, now):
        """Tell the used time of a clock that has stopped; what one that runs has used is not settled yet."""
        if not now.get("stopped_at") or was.get("used_seconds") == now.get("used_seconds"):
            return ""
        return self.env._(
            "used %(before)s → %(after)s",
            before=self._duration_text(was.get("used_seconds")),
            after=self._duration_text(now.get("used_seconds")),
        )

    @api.model
    def _verdict_change_text(self, was, now):
        before, after = self._verdict_text(was), self._verdict_text(now)
        return "" if before == after else f"{before} → {after}"

    @api.model
    def _verdict_text(self, reading):
        if not reading:
            return self.env._("no clock")
        if reading.get("is_missed"):
            return self.env._("excused") if reading.get("is_excused") else self.env._("missed")
        return self.env._("not missed")

    @api.model
    def _moment_text(self, moment):
        """Return a moment in the reader's time zone, to the minute."""
        return format_datetime(self.env, moment, dt_format="d MMM HH:mm") if moment else "–"

    @api.model
    def _duration_text(self, seconds):
        """Return working seconds as hours and minutes; seconds only where there are any."""
        hours, rest = divmod(seconds or 0, 3600)
        text = f"{hours}:{rest // 60:02}"
        return f"{text}:{rest % 60:02}" if rest % 60 else text
