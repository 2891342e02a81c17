"""The queue of tasks that need no person: each in a transaction of its own, and a failure is work for the team."""

import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

RUN_CRON = "service_desk.ir_cron_run_tasks"
MAX_ATTEMPTS = 3
RETRY_MINUTES = 2

_logger = logging.getLogger(__name__)


class ServiceDeskTask(models.Model):
    _inherit = "service_desk.task"

    def _queue(self):
        """Let the job do those tasks of ``self`` (superuser) that need no person, as soon as it can."""
        instant = self.filtered(lambda task: task.kind != "human" and task.state == "ready")
        if instant:
            now = fields.Datetime.now()
            instant._set_marks(attempt_at=now)
            self.env["ir.cron"]._service_desk_wake(RUN_CRON, now)

    @api.model
    def _cron_run(self):
        """Do what is in the queue. What a task does and the mark that it did are one transaction.

        So one that is killed in between is done again from its beginning, and none is done twice.
        """
        domain = [("state", "=", "ready"), ("attempt_at", "<=", fields.Datetime.now())]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        last = (fields.Datetime.to_datetime("1970-01-01"), 0)
        while task := self._next_in_queue(last):
            last = (task.attempt_at, task.id)
            if task.try_lock_for_update():
                task._try_to_run()
            if not self.env["ir.cron"]._commit_progress(1):
                return
        following = self.search(
            [("state", "=", "ready"), ("attempt_at", ">", fields.Datetime.now())],
            order="attempt_at, id",
            limit=1,
        )
        if following:
            self.env["ir.cron"]._service_desk_wake(RUN_CRON, following.attempt_at)

    @api.model
    def _next_in_queue(self, last):
        """Return the next task that is due after ``(moment, id)``; what another worker holds is passed by."""
        moment, task_id = last
        return self.search(
            [
                ("state", "=", "ready"),
                ("attempt_at", "<=", fields.Datetime.now()),
                "|",
                ("attempt_at", ">", moment),
                "&",
                ("attempt_at", "=", moment),
                ("id", ">", task_id),
            ],
            order="attempt_at, id",
            limit=1,
        )

    def _try_to_run(self):
        """Do one task; a failure is tried again later, and after some times becomes work for the team."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._run()
        except psycopg2.OperationalError:
            raise  # the transaction is lost: the whole step is repeated
        except Exception as error:
            _logger.info("Task %s of ticket %s failed", self.id, self.ticket_id.id, exc_info=True)
            self._failed(error)

    def _failed(self, error):
        attempts = self.attempts + 1
        said = isinstance(error, UserError)
        why = str(error) if said else self.env._("An error of the system: %s", type(error).__name__)
        marks = {"attempts": attempts, "failure": " ".join(why.split())[:500]}
        if attempts < MAX_ATTEMPTS:
            later = timedelta(minutes=RETRY_MINUTES * 2**attempts)
            self._set_marks(attempt_at=fields.Datetime.now() + later, **marks)
            return
        self._set_marks(state="failed", attempt_at=False, **marks)
        self.ticket_id._explain(
            "fulfilment", {"event": "failed", "task": self.name, "why": marks["failure"]}
        )
        self._tell_ready()

    def _run(self):
        """Do what the task does by itself, in the company of its ticket, and end it.

        :raises UserError: when it cannot be done; says why
        """
        task = self.with_company(self.company_id)
        note = getattr(task, f"_run_{self.kind}")()
        self._set_marks(failure=False)
        if note:
            self.note = note
        self._end("done")

    def _permit(self):
        """Return what the task may do (superuser).

        :raises UserError: when an administrator has withdrawn it
        """
        permit_sudo = self.plan_task_id.sudo().permit_id
        if not permit_sudo.active or permit_sudo.kind != self.kind:
            raise UserError(self.env._("The automatic step is not permitted any more."))
        if permit_sudo.company_id and permit_sudo.company_id != self.company_id:
            raise UserError(self.env._("The automatic step is not permitted in this company."))
        return permit_sudo
