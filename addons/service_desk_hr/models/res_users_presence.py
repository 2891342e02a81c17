"""Presence of employees: the hours of the contract that holds, approved leaves, those who have left the firm."""

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.service_desk.models.assignment.res_users_presence import Block


class ResUsers(models.Model):
    _inherit = "res.users"

    def _service_desk_blocks(self, at):
        blocks = super()._service_desk_blocks(at)
        for user_id in self._service_desk_left_ids():
            blocks[user_id].insert(0, Block("gone", at))
        return blocks

    def _service_desk_left_ids(self):
        """Return the ids of the users of ``self`` who are employees no longer: all their records are archived."""
        # sudo: whoever gives out tickets need not be able to read employees
        rows = (
            self.env["hr.employee"]
            .sudo()
            .with_context(active_test=False)
            ._read_group([("user_id", "in", self.ids)], ["user_id"], ["active:bool_or"])
        )
        return [user.id for user, works in rows if not works]

    def _service_desk_leaves_domain(self, at):
        """Leave out the leaves that Odoo has made of requests: the requests themselves are asked."""
        return super()._service_desk_leaves_domain(at) & Domain("holiday_id", "=", False)

    def _service_desk_leaves_sudo(self, at):
        leaves = super()._service_desk_leaves_sudo(at)
        for user_id, start, end in self._service_desk_approved_leaves(at):
            leaves[user_id].append(Block("leave", start, end))
        return leaves

    def _service_desk_approved_leaves(self, at):
        """Return ``(user id, start, end)`` of the approved leaves of ``self`` that end after ``at``, in order.

        Read past the ORM: whoever gives out tickets must know that somebody is away, and nothing of why.
        Leaves that count as work (a training, a business trip) are none. A leave in one company keeps the
        person away from the tickets of all.
        """
        if not self.ids:
            return []
        self.env["hr.leave"].flush_model(["user_id", "state", "date_from", "date_to"])
        return self.env.execute_query(
            SQL(
                """
                SELECT leave.user_id, leave.date_from, leave.date_to
                  FROM hr_leave leave
                  JOIN hr_leave_type kind ON kind.id = leave.holiday_status_id
                 WHERE leave.user_id IN %s AND leave.state = 'validate'
                   AND kind.time_type = 'leave' AND leave.date_to > %s
              ORDER BY leave.user_id, leave.date_from
                """,
                tuple(self.ids),
                at,
            )
        )

    def _service_desk_hours(self, team=None):
        """Employees work by the calendar of the contract that holds today, in their own time zone."""
        hours = super()._service_desk_hours(team)
        working_time = self.env["service_desk.working.time"]
        # sudo: contracts are nobody's business, the hours of work are
        employees_sudo = self.env["hr.employee"].sudo().search([("user_id", "in", self.ids)])
        calendars = employees_sudo._get_calendars(fields.Date.today())
        for user, own in employees_sudo.grouped("user_id").items():
            here = own.filtered(lambda e: e.company_id == team.company_id) if team else own
            employee = (here or own)[:1]
            calendar = calendars[employee.id]
            hours[user.id] = working_time._of(calendar, employee.company_id, tz=employee.tz)
        return hours
