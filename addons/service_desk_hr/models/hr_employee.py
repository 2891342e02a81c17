"""An employee of the desk: whom he answers to, and what becomes of his tickets when he leaves the firm."""

from odoo import SUPERUSER_ID, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    # -------------------------------------------------------------------- CRUD
    def write(self, vals):
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            self._service_desk_left()
        if "user_id" in vals:
            self._service_desk_follow_leaves()
        return result

    def _service_desk_follow_leaves(self):
        """Somebody else's leaves count for a user now, or his own no longer."""
        # sudo: whoever names the user of an employee need not be able to read his leaves
        leaves_sudo = self.env["hr.leave"].sudo()
        leaves_sudo.search(
            [("employee_id", "in", self.ids), ("state", "=", "validate"), ("date_to", ">", "now")]
        )._service_desk_follow()

    # --------------------------------------------------------------- the chart
    def _service_desk_above(self):
        """Return who stands above the employee: his manager, else the head of the nearest department that is not he."""
        if self.parent_id:
            return self.parent_id
        department = self.department_id
        while department and department.manager_id in (self, self.browse()):
            department = department.parent_id
        return department.manager_id

    # --------------------------------------------------------------- departure
    def _service_desk_left(self):
        """Give the tickets of those who have left the firm to others, in the same transaction."""
        users = self.sudo().with_context(active_test=False).user_id  # sudo: HR need not read users
        left = users.browse(users._service_desk_left_ids())
        left = left.with_user(SUPERUSER_ID)
        idle = left - left._service_desk_open_tickets().user_id
        if left:
            left._service_desk_release_all("left")
            left._service_desk_end_grants("left")
        idle.filtered(lambda user: user._is_service_desk_staff())._service_desk_tell_left()
