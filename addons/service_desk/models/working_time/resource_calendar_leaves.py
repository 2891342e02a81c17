"""Holidays of calendars tell when working time changes; the leave of one person is nobody else's working time."""

from odoo import models


class ResourceCalendarLeaves(models.Model):
    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "service_desk.hours.mixin"]

    _hours_fields = frozenset(
        {"date_from", "date_to", "calendar_id", "company_id", "resource_id", "time_type"}
    )

    def write(self, vals):
        result = super().write(vals)
        if {"resource_id", "company_id"} & vals.keys():
            # nobody makes his own leave a holiday of all: Odoo looks at the record as it was before
            self.check_access("write")
        return result

    def _hours_calendar_ids(self):
        holidays = self.filtered(lambda leave: not leave.resource_id)
        return [leave.calendar_id.id for leave in holidays]
