"""What an approved leave means for the decisions that wait for the person: they go to his deputy, and come back."""

from odoo import fields, models


class HrLeave(models.Model):
    _inherit = "hr.leave"

    def _service_desk_follow(self):
        result = super()._service_desk_follow()
        self._service_desk_wake_for_approvals()
        return result

    def _service_desk_wake_for_approvals(self):
        """Have it looked at who decides: now, when the leave begins, and when it is over."""
        now = fields.Datetime.now()
        moments = set()
        # sudo: whoever approves a leave reads no approvals
        for leave_sudo in self.sudo().filtered(lambda leave: leave.employee_id.user_id):
            spans = {leave_sudo.date_from, leave_sudo.date_to}
            moments |= {now} | {moment for moment in spans if moment and moment > now}
        self.env["service_desk.approval.request"].sudo()._wake_for_absence(moments)
