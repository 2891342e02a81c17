from odoo import api, fields, models


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    needs_check_in = fields.Boolean(
        "Only People Who Are Checked In",
        tracking=True,
        help="Nobody of the team is given a ticket before he has checked in and after he has checked out."
        " What he has stays with him.",
    )
    check_in_note = fields.Char(
        "Who Cannot Check In",
        compute="_compute_check_in_note",
        help="Members who are no employees: they would never get a ticket.",
    )

    @api.depends("needs_check_in", "member_ids", "company_id")
    def _compute_check_in_note(self):
        """Name the members without an employee: nobody can check them in."""
        # sudo: the names are those of the members; nothing of the employees is told
        employees_sudo = self.env["hr.employee"].sudo()
        for team in self:
            members = team.member_ids if team.needs_check_in else team.member_ids.browse()
            known = employees_sudo.search([("user_id", "in", members.ids)]).user_id
            team.check_in_note = ", ".join((members - known).mapped("name")) or False
