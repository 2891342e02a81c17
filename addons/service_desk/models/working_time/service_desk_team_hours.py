"""The working hours of a team."""

from odoo import api, models


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    @api.constrains("calendar_id")
    def _check_calendar_opens(self):
        for team in self:
            self.env["service_desk.working.time"]._check_opens(team.calendar_id, team.company_id)
