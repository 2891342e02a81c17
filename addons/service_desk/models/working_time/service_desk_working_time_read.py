"""Calendars of Odoo as plain data."""

from collections import defaultdict

import pytz

from odoo import api, models
from odoo.fields import Domain

from ...worktime import Offsets, Plan, cut, merge, through
from ...worktime.moments import DAY, second_of


class ServiceDeskWorkingTime(models.AbstractModel):
    _inherit = "service_desk.working.time"

    @api.model
    def _read_plan_sudo(self, calendar_id, company_id, tz):
        """Return the plan of a calendar; whoever works by a calendar need not be able to read it."""
        calendar_sudo = self.env["resource.calendar"].sudo().browse(calendar_id or ()).exists()
        company_sudo = self.env["res.company"].sudo().browse(company_id or ())
        company_sudo = company_sudo or calendar_sudo.company_id
        zone_sudo = calendar_sudo or company_sudo.resource_calendar_id
        zone = pytz.timezone(tz or zone_sudo.tz or "UTC")
        if not calendar_sudo or calendar_sudo.flexible_hours:
            return Plan(zone, None, {})
        return Plan.of_weeks(
            zone,
            *self._weeks_of(calendar_sudo),
            special=self._special_days_of(calendar_sudo, company_sudo),
            closed=self._closed_of(calendar_sudo, company_sudo, zone),
        )

    def _weeks_of(self, calendar_sudo):
        """Return the ``{weekday: pairs of seconds}`` of the calendar's two weeks, without breaks.

        Odoo reads hours to the minute, and so do people: 8.33 is shown as 08:20 to them.
        """
        work, breaks = defaultdict(list), defaultdict(list)
        for line in calendar_sudo.attendance_ids.filtered(lambda line: not line.display_type):
            pairs = breaks if line.day_period == "lunch" else work
            week = int(line.week_type or 0) if calendar_sudo.two_weeks_calendar else 0
            span = (round(line.hour_from * 60) * 60, through(round(line.hour_to * 60) * 60))
            pairs[week, int(line.dayofweek)].append(span)
        days = {key: cut(merge(pairs), merge(breaks[key])) for key, pairs in work.items()}
        weeks = [
            {day: days[which, day] for day in range(7) if (which, day) in days} for which in (0, 1)
        ]
        return weeks if calendar_sudo.two_weeks_calendar else [weeks[0], None]

    def _special_days_of(self, calendar_sudo, company_sudo):
        """Return ``{date ordinal: SpecialDay}``; the calendar's own go before those of all, a company's before those."""
        days_sudo = calendar_sudo.env["service_desk.calendar.day"].search(
            [
                ("calendar_id", "in", [False, calendar_sudo.id]),
                ("company_id", "in", [False, company_sudo.id]),
            ]
        )
        days_sudo = days_sudo.sorted(lambda day: (bool(day.calendar_id), bool(day.company_id)))
        return {day.date.toordinal(): day._plain() for day in days_sudo}

    def _closed_of(self, calendar_sudo, company_sudo, zone):
        """Return the seconds in which the calendar is closed: common holidays, never those of one person."""
        offsets = Offsets.of(zone)
        leaves_sudo = calendar_sudo.env["resource.calendar.leaves"].search_fetch(
            self._closed_domain(calendar_sudo, company_sudo), ["date_from", "date_to"], order="id"
        )
        return [
            (second_of(leave.date_from), self._through(offsets, second_of(leave.date_to)))
            for leave in leaves_sudo
        ]

    def _closed_domain(self, calendar_sudo, company_sudo):
        # Odoo's own search takes the holidays of every company
        return (
            Domain("resource_id", "=", False)
            & Domain("time_type", "=", "leave")
            & Domain("calendar_id", "in", [False, calendar_sudo.id])
            & Domain("company_id", "in", [False, company_sudo.id])
        )

    @staticmethod
    def _through(offsets, second):
        """Return when a holiday ends: 23:59 and 12:59:59 are written for the end of the day and of the hour."""
        if second % 60 == 59:
            second += 1
        _day, local = offsets.local(second)
        return second + 60 if local == DAY - 60 else second
