from odoo import fields

from .sla_common import SlaCommon


class AuditCommon(SlaCommon):
    """An agreement whose clocks are easy to reckon, and a short way to correct them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls._create_agreement({"first_response": 60, "resolution": 240})
        cls.corrections = cls.env["service_desk.clock.correction"]
        cls.rebuilds = cls.env["service_desk.clock.rebuild"]
        cls.reason = cls.env["service_desk.correction.reason"].create({"name": "Told by telephone"})
        cls.reason_in_words = cls.env["service_desk.correction.reason"].create(
            {"name": "Something else", "requires_note": True}
        )

    def _correct(self, tickets, kind, user=None, **vals):
        """Correct clocks as the lead, or as ``user``; moments as text."""
        for name in ("from_at", "to_at"):
            if vals.get(name):
                vals[name] = fields.Datetime.to_datetime(vals[name])
        user = user or self.lead
        return self.corrections.with_user(user)._apply(
            tickets.with_user(user), {"kind": kind, "reason_id": self.reason.id, **vals}
        )

    def _rebuild(self, **kwargs):
        """Order a rebuild as the manager."""
        return self.rebuilds.with_user(self.manager)._request(**{"reason": "A test", **kwargs})

    def _run_rebuilds(self):
        """Let the job do what is ordered, as the scheduler does."""
        with self.enter_registry_test_mode():
            self.env.ref("service_desk_sla.ir_cron_rebuild_clocks").method_direct_trigger()
        self.env.invalidate_all()
