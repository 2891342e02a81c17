"""Working time of calendars: what add-ons ask."""

from functools import partial

from odoo import api, models, tools

from ...worktime import AlwaysWorking, WorkingHours


class ServiceDeskWorkingTime(models.AbstractModel):
    """Answers questions on working time in microseconds, where ``plan_hours`` takes milliseconds and queries.

    Calendars are compiled by the desk itself from their lines, special days and holidays: one table of whole seconds for
    each calendar, company and UTC year, kept until one of them changes.
    """

    _name = "service_desk.working.time"
    _description = "Working Time"

    @api.model
    def _of(self, calendar, company=None, tz=None):
        """Return the working hours of a calendar with its holidays, in naive UTC.

        :param calendar: ``resource.calendar``; empty, or with flexible hours, means day and night
        :param company: whose holidays count besides those of no company; the calendar's by default
        :param str tz: the time zone in which the hours are meant; the calendar's by default
        :return: :class:`~..worktime.WorkingHours` or :class:`~..worktime.AlwaysWorking`, with ``add_seconds``,
            ``subtract_seconds``, ``seconds_between``, the same in minutes (``add``, ``subtract``, ``minutes_between``),
            ``add_days``, ``subtract_days``, ``periods``, ``is_working``, ``is_working_day``, ``next_working``,
            ``last_working``, ``day_of``, ``day_bounds`` and ``tz``
        """
        return self._of_ids(calendar._origin.id, company.id if company else False, tz)

    @api.model
    def _of_ids(self, calendar_id, company_id=False, tz=None):
        """Return the same by ids; asks the database nothing when the calendar is compiled."""
        key = (calendar_id or False, company_id or False, tz or False)
        plan = self._plan(*key)
        if plan.days is None:
            return AlwaysWorking(plan.zone)
        return WorkingHours(partial(self._spans, *key), plan.zone)

    @api.model
    def _of_team(self, team):
        """Return the working hours of a team; one without a calendar works day and night."""
        return self._of(team.calendar_id, team.company_id)

    @api.model
    @tools.ormcache("calendar_id", "company_id", "tz")
    def _plan(self, calendar_id, company_id, tz):
        """Return the calendar as plain data; with ``days`` None when it never closes."""
        return self._read_plan_sudo(calendar_id, company_id, tz)

    @api.model
    @tools.ormcache("calendar_id", "company_id", "tz", "year")
    def _spans(self, calendar_id, company_id, tz, year):
        """Return the table of a UTC year."""
        return self._plan(calendar_id, company_id, tz).spans(year)
