from odoo import api, models


class ServiceDeskWorkingTime(models.AbstractModel):
    _inherit = "service_desk.working.time"

    @api.model
    def _on_hours_changed(self, calendar_ids):
        """Let the running clocks that count by these calendars be read anew, in steps, with a log."""
        super()._on_hours_changed(calendar_ids)
        self.env["service_desk.clock.rebuild"]._on_hours(calendar_ids)
