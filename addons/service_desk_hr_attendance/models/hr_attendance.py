from odoo import api, models


class HrAttendance(models.Model):
    """Whoever comes in is given the tickets that wait for somebody; whoever goes keeps his, and gets no new ones."""

    _inherit = "hr.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        attendances._service_desk_came_in()
        return attendances

    def write(self, vals):
        result = super().write(vals)
        if {"check_in", "check_out", "employee_id"} & vals.keys():
            self._service_desk_came_in()
        return result

    def _service_desk_came_in(self):
        """Let the queues be looked at where tickets wait because nobody was in."""
        if any(not attendance.check_out for attendance in self):
            self.env["service_desk.assignment"]._wake(only_if="absent")
