"""Working time of calendars, compiled once a year and calendar; a change of a calendar drops what is kept."""

from datetime import datetime
from functools import partial

import pytz

from odoo import api, models, tools

from ..worktime import AlwaysWorking, Spans, WorkingHours


class ServiceDeskWorkingTime(models.AbstractModel):
    """Answers questions on working time in microseconds, where ``plan_hours`` takes milliseconds and queries."""

    _name = "service_desk.working.time"
    _description = "Working Time"

    @api.model
    def _of(self, calendar, company=None, tz=None):
        """Return the working hours of a calendar with its holidays, in naive UTC.

        :param calendar: ``resource.calendar``; empty, or without fixed hours, means day and night
        :param company: whose holidays count besides those of all companies; the calendar's by default
        :param str tz: the time zone in which the hours are meant; the calendar's by default
        :return: an object with ``add``, ``subtract``, ``minutes_between``, ``is_working``, ``next_working``
        """
        calendar_sudo = calendar.sudo()  # sudo: whoever works by a calendar need not read it
        if not calendar_sudo or calendar_sudo.flexible_hours:
            return AlwaysWorking()
        company_id = (company or calendar_sudo.company_id).id or False
        return WorkingHours(
            partial(self._spans, calendar_sudo.id, company_id, tz or calendar_sudo.tz)
        )

    @api.model
    def _of_team(self, team):
        """Return the working hours of a team; one without a calendar works day and night."""
        return self._of(team.calendar_id, team.company_id)

    @api.model
    @tools.ormcache("calendar_id", "company_id", "tz", "year")
    def _spans(self, calendar_id, company_id, tz, year):
        """Return the working spans of a UTC year."""
        calendar_sudo = self.env["resource.calendar"].sudo().browse(calendar_id)
        # Odoo asks for all companies' holidays when no resource is given
        holidays = [("time_type", "=", "leave"), ("company_id", "in", [False, company_id])]
        intervals = calendar_sudo._work_intervals_batch(
            pytz.utc.localize(datetime(year, 1, 1)),
            pytz.utc.localize(datetime(year + 1, 1, 1)),
            domain=holidays,
            tz=pytz.timezone(tz),
        )[False]
        return Spans.of(
            (round(start.timestamp()), round(end.timestamp())) for start, end, _rest in intervals
        )


class ResourceCalendar(models.Model):
    _name = "resource.calendar"
    _inherit = ["resource.calendar", "service_desk.kept.mixin"]


class ResourceCalendarAttendance(models.Model):
    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "service_desk.kept.mixin"]


class ResourceCalendarLeaves(models.Model):
    """Only holidays are kept: the leave of one person is nobody else's working time."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._forget_working_time()
        return leaves

    def write(self, vals):
        self._forget_working_time()
        result = super().write(vals)
        self._forget_working_time()
        return result

    def unlink(self):
        self._forget_working_time()
        return super().unlink()

    def _forget_working_time(self):
        if any(not leave.resource_id for leave in self):
            self.env.registry.clear_cache()
