"""Clocks with known figures, written as rows: reports are tested apart from how clocks come about."""

from datetime import datetime, timedelta

from odoo.addons.service_desk.tests.common import ServiceDeskCommon

HOUR = 3600


class ReportCommon(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.tz = "UTC"
        metrics = cls.env["service_desk.metric"]
        cls.response = metrics._by_code("first_response")
        cls.resolution = metrics._by_code("resolution")
        cls.agreement = cls._create_agreement("Shops")

    @classmethod
    def _create_agreement(cls, name, kind="sla", **vals):
        """Return an agreement with a version; it stays a draft, so that it fits no ticket by itself."""
        agreement = cls.env["service_desk.agreement"].create({"name": name, "kind": kind, **vals})
        agreement.version_id = cls.env["service_desk.agreement.version"].create(
            {"agreement_id": agreement.id, "number": 1, "definition": agreement._definition()}
        )
        return agreement

    @classmethod
    def _create_clock(cls, ticket, **vals):
        """Return a clock that took ``used`` hours of ``target`` ones from ``start`` on and then stopped."""
        start = vals.pop("start", datetime(2026, 3, 10, 8))
        target, used = vals.pop("target", 4), vals.pop("used", 2)
        agreement = vals.pop("agreement", cls.agreement)
        metric = vals.pop("metric", cls.resolution)
        state = vals.pop("state", "stopped")
        missed = used > target
        return cls.env["service_desk.clock"].create(
            {
                "ticket_id": ticket.id,
                "slot": agreement.kind,
                "metric_id": metric.id,
                "agreement_id": agreement.id,
                "version_id": agreement.version_id.id,
                "kind": agreement.kind,
                "state": state,
                "started_at": start,
                "stopped_at": start + timedelta(hours=used) if state == "stopped" else False,
                "due_at": start + timedelta(hours=target),
                "target_seconds": target * HOUR,
                "used_seconds": used * HOUR,
                "paused_seconds": 0,
                "is_missed": missed,
                "missed_at": start + timedelta(hours=target) if missed else False,
                "late_seconds": (used - target) * HOUR if missed else 0,
                **vals,
            }
        )
