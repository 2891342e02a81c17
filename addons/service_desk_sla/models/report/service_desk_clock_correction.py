from odoo import models


class ServiceDeskClockCorrection(models.Model):
    _inherit = "service_desk.clock.correction"

    def _concerns(self, clock):
        """Tell whether the correction is about a clock: one without slot, cycle or metrics is about all of them."""
        self.ensure_one()
        return (
            self.ticket_id == clock.ticket_id
            and self.slot in (False, clock.slot)
            and self.cycle in (0, clock.cycle)
            and (not self.metric_ids or clock.metric_id in self.metric_ids)
        )
