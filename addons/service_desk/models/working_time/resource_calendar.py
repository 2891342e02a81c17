"""Calendars and their lines tell when working time changes."""

from odoo import fields, models
from odoo.exceptions import ValidationError


class ResourceCalendar(models.Model):
    _name = "resource.calendar"
    _inherit = ["resource.calendar", "service_desk.hours.mixin"]

    _hours_fields = frozenset(
        {"tz", "schedule_type", "flexible_hours", "two_weeks_calendar", "company_id"}
    )

    service_desk_day_ids = fields.One2many(
        "service_desk.calendar.day",
        "calendar_id",
        "Special Days",
        groups="service_desk.service_desk_group_agent,service_desk.service_desk_group_auditor",
    )

    def _check_overlap(self, attendance_ids):
        """Say it plainly first: Odoo calls hours that end before they begin an overlap."""
        for line in attendance_ids:
            if line.hour_to < line.hour_from:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” ends before it begins. Midnight at the end of a day is written 24:00; hours after"
                        " it belong to the next day.",
                        name=line.name,
                    )
                )
        return super()._check_overlap(attendance_ids)

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
