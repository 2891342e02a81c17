"""Reminders and the end of the time to decide: at their moment, once, also after an outage."""

import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from .service_desk_approval_approvers import Person

_logger = logging.getLogger(__name__)

DUE_CRON = "service_desk.ir_cron_approvals_due"
RETRY_MINUTES = 10
#: Managers above the approver who are asked one after the other.
MOST_ESCALATIONS = 3


class ServiceDeskApprovalRequest(models.Model):
    _inherit = "service_desk.approval.request"

    def _wake_when_due(self):
        moments = [request.next_at for request in self if request.next_at]
        if moments:
            self.env["ir.cron"]._service_desk_wake(DUE_CRON, min(moments))

    @api.model
    def _cron_due(self, limit=100):
        """Remind of what is due and end what is over; each request is one transaction."""
        domain = [
            ("state", "=", "pending"),
            ("next_at", "!=", False),
            ("next_at", "<=", fields.Datetime.now()),
        ]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while request := self.search(domain, order="next_at, id", limit=limit).try_lock_for_update(
            limit=1
        ):
            request._try_due()
            if not self.env["ir.cron"]._commit_progress(1):
                return
        following = self.search(
            [("state", "=", "pending"), ("next_at", "!=", False)], order="next_at, id", limit=1
        )
        following._wake_when_due()

    def _try_due(self):
        """Do what is due; a failure is tried again later and stops nothing else."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._do_due(fields.Datetime.now())
        except psycopg2.OperationalError:
            raise  # the transaction is lost: the whole step is repeated
        except Exception:
            _logger.exception("What is due of approval request %s failed", self.id)
            self.next_at = fields.Datetime.now() + timedelta(minutes=RETRY_MINUTES)

    def _do_due(self, now):
        if self.state != "pending" or not self.next_at or self.next_at > now:
            return
        if self.due_at and self.due_at <= now:
            getattr(self, f"_expire_{self.step_id.rule['expiry_action']}")(now)
        else:
            self._remind(now, self.due_at)

    def _remind(self, now, following):
        self.write({"reminded_at": now, "next_at": following})
        self._log("reminded")
        self._tell("reminded")

    # ----------------------------------------------------------- time is over
    def _expire_remind(self, now):
        """Remind once more, and give the same time again."""
        values = self._due_values(self.step_id, self.partner_id, now)
        self.write({"due_at": values["due_at"], "remind_at": False})
        self._remind(now, values["due_at"])

    def _expire_escalate(self, now):
        """Ask the approver's manager; where nobody is left above, whom a step falls back to."""
        step = self.step_id
        if self._escalations() < MOST_ESCALATIONS:
            asked = step.request_ids.partner_id
            for find in (
                lambda rule: self.partner_id._service_desk_above(),
                step._approvers_service_owner,
                step._approvers_managers,
            ):
                people = step._acting(step._allowed(find(step.rule) - asked))
                people = [person for person in people if person.partner not in asked]
                if people:
                    self.approval_id._lock()
                    self._hand_on(people[0], "escalated", channel="expiry", state="expired")
                    return
        self._expire_remind(now)

    def _escalations(self):
        count, request = 0, self
        while request.from_request_id:
            request = request.from_request_id
            count += request.state == "expired"
        return count

    def _expire_refuse(self, now):
        self.approval_id._lock()
        self._set_decided(
            "expired",
            self.env["res.partner"],
            self.env._("Nobody decided in time."),
            "expiry",
        )
        self.step_id._settle()

    def _expire_approve(self, now):
        self.approval_id._lock()
        self._set_decided("approved", self.env["res.partner"], "", "expiry")
        self.step_id._settle()

    def _pass_to(self, principal):
        """Return the :class:`Person` who decides for ``principal`` now."""
        people = self.step_id._acting(self.step_id._allowed(principal))
        return people[0] if people else Person(principal, principal)
