"""Calendars and their lines tell when working time changes."""

from odoo import models


class ResourceCalendar(models.Model):
    _name = "resource.calendar"
    _inherit = ["resource.calendar", "service_desk.hours.mixin"]

    _hours_fields = frozenset(
        {"tz", "schedule_type", "flexible_hours", "two_weeks_calendar", "company_id"}
    )

    def _hours_calendar_ids(self):
        return self.ids


class ResourceCalendarAttendance(models.Model):
    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "service_desk.hours.mixin"]

    _hours_fields = frozenset(
        {
            "calendar_id",
            "dayofweek",
            "hour_from",
            "hour_to",
            "day_period",
            "week_type",
            "display_type",
        }
    )

    def _hours_calendar_ids(self):
        return self.calendar_id.ids
