"""Calendars by which agreements promise are never emptied: no deadline would ever come."""

from odoo import api, models


class ServiceDeskWorkingTime(models.AbstractModel):
    _inherit = "service_desk.working.time"

    @api.model
    def _used_calendars_sudo(self):
        calendars_sudo = super()._used_calendars_sudo()
        agreements_sudo = self.env["service_desk.agreement"].sudo()
        partners_sudo = self.env["res.partner"].sudo()
        used = [("calendar_id", "!=", False)]
        open_at = [("service_desk_calendar_id", "!=", False)]
        return (
            calendars_sudo
            | agreements_sudo.search(used).calendar_id
            | partners_sudo.search(open_at).service_desk_calendar_id
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.constrains("service_desk_calendar_id")
    def _check_service_desk_calendar(self):
        """Refuse opening hours that never open."""
        for partner in self:
            self.env["service_desk.working.time"]._check_opens(partner.service_desk_calendar_id)
