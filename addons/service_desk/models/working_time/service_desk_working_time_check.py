"""Calendars that never open are refused where somebody works by them."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ServiceDeskWorkingTime(models.AbstractModel):
    _inherit = "service_desk.working.time"

    @api.model
    def _check_opens(self, calendar, company=None):
        """Refuse a calendar that has no working time from now on; none, or a flexible one, is day and night.

        :param calendar: ``resource.calendar`` by which somebody is going to work
        :param company: whose holidays count; the calendar's by default
        :raise ValidationError: when it does not open within ten years
        """
        if self._of(calendar, company).next_working(fields.Datetime.now()) is None:
            raise ValidationError(
                self.env._(
                    "The working hours “%(name)s” are never open: no deadline would ever come. Give them hours, or make"
                    " them flexible for day and night.",
                    name=calendar.sudo().name,  # sudo: it is named to whoever works by it
                )
            )

    @api.model
    def _check_used_open_sudo(self, calendar_ids):
        """Refuse a change after which a calendar that somebody works by is never open."""
        calendars_sudo = self._used_calendars_sudo()
        if calendar_ids:
            calendars_sudo = calendars_sudo.filtered(lambda calendar: calendar.id in calendar_ids)
        for calendar_sudo in calendars_sudo:
            self._check_opens(calendar_sudo)

    @api.model
    def _used_calendars_sudo(self):
        """Hook: return the calendars that the desk works by; superuser, for whoever edits calendars need not see teams."""
        return (
            self.env["service_desk.team"].sudo().search([("calendar_id", "!=", False)]).calendar_id
        )
