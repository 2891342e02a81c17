from datetime import timedelta

from odoo import fields, models

from odoo.addons.service_desk.models.assignment.res_users_presence import Absence

#: A check-in that is older was never checked out: it says nothing of today.
LONGEST_HOURS = 16


class ResUsers(models.Model):
    """In a team that asks for it only those are there who are checked in."""

    _inherit = "res.users"

    def _service_desk_absences(self, at=None, team=None):
        absences = super()._service_desk_absences(at, team)
        now = fields.Datetime.now()
        # sudo: asked for by whoever opens a ticket; who is checked in at a moment to come, nobody knows
        if not team or not team.sudo().needs_check_in or (at and at > now):
            return absences
        rest = self.filtered(lambda user: user.id not in absences)
        for user in rest - rest._service_desk_checked_in(now):
            absences[user.id] = Absence("not_checked_in")
        return absences

    def _service_desk_checked_in(self, now):
        """Return those of ``self`` who are checked in, in whichever company: one query."""
        # sudo: whoever gives out tickets need not be able to read attendances
        rows = (
            self.env["hr.attendance"]
            .sudo()
            ._read_group(
                [
                    ("employee_id.user_id", "in", self.ids),
                    ("check_out", "=", False),
                    ("check_in", "<=", now),
                    ("check_in", ">", now - timedelta(hours=LONGEST_HOURS)),
                ],
                ["employee_id"],
            )
        )
        return self.browse({employee.user_id.id for (employee,) in rows})
