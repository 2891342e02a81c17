from odoo import api, models
from odoo.exceptions import UserError


class ServiceDeskWorkingTime(models.AbstractModel):
    _inherit = "service_desk.working.time"

    @api.model
    def _on_hours_changed(self, calendar_ids):
        """Let the running clocks that count by these calendars be read anew, in steps, with a log."""
        result = super()._on_hours_changed(calendar_ids)
        self.env["service_desk.clock.rebuild"]._on_hours(calendar_ids)
        return result


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_counted_by(self):
        """Deadlines of clocks are explained by the hours they were counted by."""
        rebuilds = self.env["service_desk.clock.rebuild"]
        for calendar in self:
            if rebuilds._are_counted_by_sudo(calendar, with_stopped=True):
                raise UserError(
                    self.env._(
                        "Clocks of tickets count by “%(calendar)s”. Archive it instead.",
                        calendar=calendar.name,
                    )
                )
