"""Approvers who are archived, or go out of office: what they are asked goes on."""

from odoo import fields, models

ABSENCE_FIELDS = {"active", "out_of_office_from", "out_of_office_to"}


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if ABSENCE_FIELDS & vals.keys():
            self._service_desk_wake_for_approvals()
        return result

    def _service_desk_wake_for_approvals(self):
        """Have what these people are asked looked at now, and when they are away or back."""
        now = fields.Datetime.now()
        moments = {now}
        for user in self.sudo():  # sudo: out of office of others
            moments |= {
                moment
                for moment in (user.out_of_office_from, user.out_of_office_to)
                if moment and moment > now
            }
        requests_sudo = self.env["service_desk.approval.request"].sudo()
        requests_sudo._wake_for_absence(moments)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self._service_desk_look_at_approvers()
        return result

    def _service_desk_look_at_approvers(self):
        """Have it looked at now who of the approvers is still there."""
        # sudo: whoever archives a contact reads no approvals
        requests_sudo = self.env["service_desk.approval.request"].sudo()
        requests_sudo._wake_for_absence({fields.Datetime.now()})
