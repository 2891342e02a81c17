from odoo import models


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    def _correction_lines(self):
        """Return a sentence for each correction that holds for the clock: who, what, why; for its explanation."""
        self.ensure_one()
        decisions = self.env["service_desk.decision"]
        return [
            decisions._clock_text_correction(correction._payload([]))
            for correction in self.ticket_id.correction_ids.sorted("id")
            if correction._concerns(self)
        ]


class ServiceDeskClockCorrection(models.Model):
    _inherit = "service_desk.clock.correction"

    def _concerns(self, clock):
        """Tell whether the correction holds, and is about ``clock``."""
        return (
            self.kind != "revoke"
            and not self.is_revoked
            and self.slot in (False, clock.slot)
            and self.cycle in (0, clock.cycle)
            and (not self.metric_ids or clock.metric_id in self.metric_ids)
        )
