"""What an approved leave means for the tickets of the person: when they are to be given to others."""

import logging
from datetime import timedelta

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models

_logger = logging.getLogger(__name__)

#: Writing one of these may begin, move or end an absence.
ABSENCE_FIELDS = {
    "state",
    "employee_id",
    "holiday_status_id",
    "date_from",
    "date_to",
    "request_date_from",
    "request_date_to",
    "request_hour_from",
    "request_hour_to",
    "request_date_from_period",
    "request_date_to_period",
    "request_unit_half",
    "request_unit_hours",
}
RETRY_MINUTES = 10


class HrLeave(models.Model):
    _inherit = "hr.leave"

    service_desk_due_at = fields.Datetime(
        "Tickets Move At",
        readonly=True,
        copy=False,
        help="When the service desk gives the open tickets of the person to others.",
    )
    service_desk_moved_at = fields.Datetime("Tickets Moved", readonly=True, copy=False)

    _service_desk_due_index = models.Index(
        "(service_desk_due_at) WHERE service_desk_due_at IS NOT NULL"
    )

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._service_desk_follow()
        return leaves

    def write(self, vals):
        result = super().write(vals)
        if ABSENCE_FIELDS & vals.keys():
            self._service_desk_follow()
        return result

    # -------------------------------------------------------------------- plan
    def _service_desk_follow(self):
        """Note when the tickets of those on the leaves of ``self`` move; forget it where nothing is left of a leave.

        The approver only notes it: whatever happens at the desk, the leave is approved.
        """
        now = fields.Datetime.now()
        moments = set()
        # sudo: whoever approves a leave need not be able to write it afterwards
        for leave_sudo in self.sudo().with_context(tracking_disable=True):
            due = leave_sudo._service_desk_moment(now)
            if due or leave_sudo.service_desk_due_at:
                leave_sudo.service_desk_due_at = due
            if due:
                moments.add(due)
        self._service_desk_wake(moments)
        # a leave that is taken back or shortened: its person can be given tickets again
        self.env["service_desk.assignment"]._wake()

    def _service_desk_moment(self, now):
        """Return when the tickets move because of the leave, ``False`` when they do not."""
        self.ensure_one()
        moved = self.service_desk_moved_at
        if not self._service_desk_is_absence() or self.date_to <= now:
            return False
        if moved and moved >= self.date_from:
            return False
        # at once: what is promised for its days; the job comes again when it begins
        return now

    def _service_desk_is_absence(self):
        """Tell whether the leave is approved, of somebody who answers requesters, and no kind of work."""
        user = self.employee_id.user_id
        return bool(
            self.state == "validate"
            and self.date_from
            and self.holiday_status_id.time_type == "leave"
            and user
            and user._is_service_desk_staff()
        )

    @api.model
    def _service_desk_wake(self, moments):
        """Let the job come at ``moments``; whoever approves has no right on scheduled actions."""
        if moments:
            cron_sudo = self.env.ref("service_desk_hr.ir_cron_begin_absences").sudo()
            cron_sudo._trigger(at=sorted(moments))

    # --------------------------------------------------------------------- job
    @api.model
    def _cron_begin_absences(self, limit=50):
        """Give the tickets of those whose leave has begun to others, one leave in a transaction."""
        domain = [("service_desk_due_at", "<=", fields.Datetime.now())]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        order = "service_desk_due_at, id"
        while leave := self.search(domain, order=order, limit=limit).try_lock_for_update(limit=1):
            leave._service_desk_begin()
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _service_desk_begin(self):
        """Move the tickets of one leave; where that fails it is tried again, and holds up no other."""
        self.ensure_one()
        leave = self.with_user(SUPERUSER_ID).with_context(tracking_disable=True)
        try:
            with self.env.cr.savepoint():
                leave._service_desk_advance(fields.Datetime.now())
        except psycopg2.OperationalError:
            raise  # the transaction is lost: the job comes again
        except Exception:
            _logger.exception("Tickets of leave %s could not be given to others", self.id)
            leave.service_desk_due_at = fields.Datetime.now() + timedelta(minutes=RETRY_MINUTES)
            self._service_desk_wake({leave.service_desk_due_at})

    def _service_desk_advance(self, now):
        """Do what is due: before the leave what is promised for its days, when it has begun the rest."""
        if not self._service_desk_is_absence() or self.date_to <= now:
            self.service_desk_due_at = False
        elif self.date_from > now:
            self._service_desk_move_ahead()
            self.service_desk_due_at = self.date_from
            self._service_desk_wake({self.date_from})
        else:
            self._service_desk_move_tickets()
            self.write({"service_desk_due_at": False, "service_desk_moved_at": now})
