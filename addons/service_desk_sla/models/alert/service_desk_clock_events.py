"""Which warnings of a clock are still to come, and when."""

from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models

from .service_desk_clock_alert import BREACH


class Coming(NamedTuple):
    """A warning or the breach of a clock that has not been told yet."""

    moment: datetime
    key: str
    definition: dict | None  # None: the breach itself, to be noted


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    alerts_since = fields.Datetime(
        readonly=True,
        help="What should have been told before this was told nobody: the desk did not know of the clock yet.",
    )

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
        if reading.state != "running" or not reading.target_seconds:
            return None
        alerts = self.env["service_desk.agreement.alert"]
        used = alerts._used_when_due(alert, reading.target_seconds)
        return used and reading.moment_of_used(used)

    def _alerts_kept(self):
        """Return the warnings of the clock's version that concern its metric."""
        self.ensure_one()
        alerts = self.env["service_desk.agreement.alert"]
        definition = self.version_id.definition or {}
        code = self.metric_id.code
        return [one for one in definition.get("alerts", ()) if alerts._concerns(one, code)]

    # ---------------------------------------------------------------- what fired
    def _identity(self):
        """Return what makes it the same clock, whatever row it has."""
        self.ensure_one()
        return self.ticket_id.id, self.slot, self.metric_id.id, self.cycle

    @api.model
    def _told(self, tickets):
        """Return ``{identity of a clock: {key: None or when it is tried again}}`` of the tickets: one query."""
        # sudo: the desk's own record
        rows_sudo = self.env["service_desk.clock.alert"].sudo()
        names = ["ticket_id", "slot", "metric_id", "cycle", "key", "fired_at", "retry_at"]
        told = {}
        for row in rows_sudo.search_fetch([("ticket_id", "in", tickets.ids)], names):
            told.setdefault(row._identity(), {})[row.key] = not row.fired_at and row.retry_at or None
        return told
