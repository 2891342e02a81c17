"""When a task is due, by the working time of its team, and who hears that it is late."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models

LATE_CRON = "service_desk.ir_cron_tell_late_tasks"
#: A day is looked for this far at most: a calendar may have no working day at all.
MOST_DAYS = 4000


class ServiceDeskTask(models.Model):
    _inherit = "service_desk.task"

    def _set_due(self, now):
        """Count the due moments of tasks (superuser) from the moment at which they can begin."""
        counted = self.filtered(
            lambda task: (
                not task.due_at
                and task.plan_task_id.due_from == "ready"
                and task.plan_task_id.due_amount
            )
        )
        for (template, team), tasks in counted.grouped(
            lambda task: (task.plan_task_id, task.team_id)
        ).items():
            tasks.write({"due_at": template._due_after(now, team)})
        self._wake_for_late()

    def _due_changed(self):
        """A new date is told of anew."""
        self.filtered("late_told_at")._set_marks(late_told_at=False)
        self._wake_for_late()

    def _wake_for_late(self):
        moments = [task.due_at for task in self if task.due_at and task.is_open]
        if moments:
            self.env["ir.cron"]._service_desk_wake(LATE_CRON, min(moments))

    @api.model
    def _cron_tell_late(self, limit=200):
        """Tell of tasks that have become late, each once, in steps; plan the next run."""
        domain = [("is_open", "=", True), ("late_told_at", "=", False)]
        now = fields.Datetime.now()
        due = [*domain, ("due_at", "<=", now)]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(due))
        while tasks := self.search(due, order="due_at, id", limit=limit).try_lock_for_update():
            tasks._set_marks(late_told_at=now)
            tasks.filtered(lambda task: task.ticket_id.is_open)._tell_late()
            tasks._on_late()
            if not self.env["ir.cron"]._commit_progress(len(tasks)):
                return
        following = self.search([*domain, ("due_at", "!=", False)], order="due_at, id", limit=1)
        if following:
            self.env["ir.cron"]._service_desk_wake(LATE_CRON, following.due_at)

    def _on_late(self):
        """Hook: the tasks of ``self`` (superuser) have just become late."""


class ServiceDeskFulfilmentPlanTask(models.Model):
    _inherit = "service_desk.fulfilment.plan.task"

    def _due_at(self, team, answers):
        """Return when a task is due by a date that was answered; False without one.

        :param answers: ``{key: value}``; a date, a datetime (naive UTC) or their ISO text
        """
        if self.due_from == "ready":
            return False
        day = self._day_of(answers.get(self.due_key), team)
        if not day:
            return False
        step = 1 if self.due_from == "after" else -1
        if self.due_unit == "hour" and self.due_amount:
            hours = self._hours(team)
            start = self._utc(datetime.combine(day, time()), team)
            if step < 0:
                return hours.subtract(start, self.due_amount * 60) or False
            return hours.add(start, self.due_amount * 60) or False
        return self._end_of_day(self._working_day(day, step * self.due_amount, team), team)

    def _due_after(self, moment, team):
        """Return when a task is due that can begin at ``moment`` (naive UTC)."""
        if self.due_unit == "hour":
            return self._hours(team).add(moment, self.due_amount * 60) or False
        today = pytz.utc.localize(moment).astimezone(self._zone(team)).date()
        return self._end_of_day(self._working_day(today, self.due_amount, team), team)

    # ------------------------------------------------------------ days of a team
    def _hours(self, team):
        return self.env["service_desk.working.time"]._of_team(team)

    def _zone(self, team):
        calendar_sudo = (
            team.sudo().calendar_id
        )  # sudo: whoever works by a calendar need not read it
        return pytz.timezone(calendar_sudo.tz or team.company_id.partner_id.tz or "UTC")

    def _utc(self, moment, team):
        return self._zone(team).localize(moment).astimezone(pytz.utc).replace(tzinfo=None)

    def _day_of(self, value, team):
        """Return the day that an answer names, in the team's time zone."""
        if isinstance(value, datetime):
            return pytz.utc.localize(value).astimezone(self._zone(team)).date()
        try:
            return fields.Date.to_date(value)
        except (TypeError, ValueError):
            return False

    def _working_day(self, day, count, team):
        """Return the day that is ``count`` working days after (below 0: before) ``day``."""
        step, left, at = (1 if count >= 0 else -1), abs(count), day
        for _day in range(MOST_DAYS):
            if not left:
                break
            at += timedelta(days=step)
            left -= self._works_on(at, team)
        return at

    def _works_on(self, day, team):
        start = self._utc(datetime.combine(day, time()), team)
        end = self._utc(datetime.combine(day + timedelta(days=1), time()), team)
        return bool(self._hours(team).minutes_between(start, end))

    def _end_of_civil_day(self, day, team):
        """Return the midnight after ``day``, in the team's time zone."""
        return self._utc(datetime.combine(day + timedelta(days=1), time()), team)

    def _end_of_day(self, day, team):
        """Return when work ends on ``day``; midnight where nobody works then."""
        end = self._end_of_civil_day(day, team)
        if not self._works_on(day, team):
            return end
        hours = self._hours(team)
        start = self._utc(datetime.combine(day, time()), team)
        return hours.add(start, hours.minutes_between(start, end))
