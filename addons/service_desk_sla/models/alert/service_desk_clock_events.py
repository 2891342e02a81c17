"""Which warnings of a clock are still to come, and when."""

from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models

from ... import clocks as engine
from .service_desk_clock_alert import BREACH

SWEEP_CRON = "service_desk_sla.ir_cron_sweep_clocks"
#: By what a clock is the same clock, whatever row it has.
KEY = ("ticket_id", "slot", "metric_id", "cycle")


class Coming(NamedTuple):
    """A warning or the breach of a clock that has not been told yet."""

    moment: datetime
    key: str
    definition: dict | None  # None: the breach itself, which is noted


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    # ------------------------------------------------------------ what is to come
    @api.model
    def _coming(self, reading, alerts, told, since=None):
        """Return what a clock has still to tell, in order.

        A clock that stands still or has ended warns no more; a breach that happened before that is told. After a
        change of the target what should have been told meanwhile is due at once, each key once for a clock.

        :param reading: ``clocks.Reading``
        :param alerts: the kept warnings that concern the metric
        :param dict told: ``{key: None, or the moment at which one that failed is tried again}``
        :param since: moments before this are no news
        :rtype: list[Coming]
        """
        breach = reading.missed_at or reading.next_miss_at
        moments = [(breach, BREACH, None)] + [
            (self._moment_of_alert(reading, alert, breach), alert["key"], alert) for alert in alerts
        ]
        coming = []
        for moment, key, alert in moments:
            if key in told:
                moment = told[key]
            elif moment and since and moment < since:
                continue
            if moment:
                coming.append(Coming(moment, key, alert))
        return sorted(coming, key=lambda one: (one.moment, one.key != BREACH, one.key))

    @api.model
    def _moment_of_alert(self, reading, alert, breach):
        """Return when a warning is due; None where it is not, as things stand."""
        if alert["moment"] == "breach":
            return breach
        goes_on = reading.state == "running" or (reading.state == "paused" and reading.changes_at)
        if not goes_on or reading.target_seconds is None:
            return None
        alerts = self.env["service_desk.agreement.alert"]
        used = alerts._used_when_due(alert, reading.target_seconds)
        return None if used is None else reading.moment_of_used(used)

    @api.model
    def _alerts_kept(self, version_id, metric_code):
        """Return the warnings of a version that concern a metric."""
        concerns = self.env["service_desk.agreement.alert"]._concerns
        definition = self._kept_version(version_id)[1]
        return [one for one in definition.get("alerts", ()) if concerns(one, metric_code)]

    @api.model
    def _told(self, ticket_ids):
        """Return ``{key of a clock: {key: None or when it is tried again}}`` of tickets: one query."""
        # sudo: the desk's own record
        rows_sudo = self.env["service_desk.clock.alert"].sudo()
        names = [*KEY, "key", "fired_at", "retry_at"]
        told = {}
        for row in rows_sudo.search_fetch([("ticket_id", "in", list(ticket_ids))], names):
            again = not row.fired_at and row.retry_at or None
            told.setdefault(row._identity(), {})[row.key] = again
        return told

    # --------------------------------------------------- when the sweep must come
    @api.model
    def _next_events(self, clocks):
        moments, now = super()._next_events(clocks), fields.Datetime.now()
        pending = [(row, reading, self._alerts_of_row(row)) for row, reading in clocks]
        # a clock that begins now has told nothing: no question to the database when a ticket is made
        ticket_ids = {
            row["ticket_id"]
            for row, reading, alerts in pending
            if (alerts or reading.is_missed) and row["started_at"] < now
        }
        told = self._told(ticket_ids) if ticket_ids else {}
        for row, reading, alerts in pending:
            key = tuple(row[name] for name in KEY)
            coming = self._coming(reading, alerts, told.get(key, {}), row["quiet_until"])
            ahead = [one.moment for one in coming[:1]] + [moments[key]]
            # the marks of the ticket turn amber at this moment
            if reading.state == "running" and row["warn_at"] and row["warn_at"] > now:
                ahead.append(row["warn_at"])
            moments[key] = min(filter(None, ahead), default=None)
        return moments

    @api.model
    def _alerts_of_row(self, row):
        code = next(code for code, id_ in self._metric_ids().items() if id_ == row["metric_id"])
        return self._alerts_kept(row["version_id"], code)

    @api.model
    def _derive_rows(self, cycles, stored, quiet, stopped):
        """A rebuild by agreements tells nobody of what new clocks should have told before it."""
        if self.env.context.get("service_desk_rebuild"):
            now = fields.Datetime.now()
            quiet = {**dict.fromkeys(cycles, now), **quiet}
        return super()._derive_rows(cycles, stored, quiet, stopped)

    @api.model
    def _store(self, rows, stored):
        result = super()._store(rows, stored)
        moments = [
            row["next_event_at"]
            for key, row in rows.items()
            if row.get("next_event_at")
            and (key not in stored or stored[key]["next_event_at"] != row["next_event_at"])
        ]
        if moments:
            self.env["ir.cron"]._service_desk_wake(SWEEP_CRON, min(moments))
        return result

    # ------------------------------------------------------------------ reading
    def _reading(self, now):
        """Return the :class:`clocks.Reading` of the stored clock as of ``now``."""
        self.ensure_one()
        cycle = engine.Cycle.of_data(
            self.slot, self.metric_id.code, self.cycle, self.spans, self.targets, self.state,
            self.excuses or (),
        )  # fmt: skip
        return engine.read(cycle, self._hours_of(), now)
