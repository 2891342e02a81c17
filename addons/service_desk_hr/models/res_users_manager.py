"""Who answers for an employee: his manager in the chart, else the head of his department."""

from odoo import models

#: Steps up the chart until somebody with a user is found.
MOST_STEPS = 10


class ResUsers(models.Model):
    _inherit = "res.users"

    def _service_desk_manager(self):
        """The manager named in the profile goes before the one of the chart."""
        manager = super()._service_desk_manager()
        return manager or self._service_desk_chart_manager()

    def _service_desk_chart_manager(self):
        """Return the nearest active user above the person in the chart of employees, or nobody."""
        self.ensure_one()
        # sudo: whoever escalates need not be able to read employees
        employee_sudo = self.env["hr.employee"].sudo().search([("user_id", "=", self.id)], limit=1)
        seen = employee_sudo
        above = employee_sudo._service_desk_above()
        for _step in range(MOST_STEPS):
            if not above or above in seen:
                break
            user = above.user_id
            if user.active and user != self and user._is_internal():
                return self.browse(user.id)
            seen |= above
            above = above._service_desk_above()
        return self.browse()
