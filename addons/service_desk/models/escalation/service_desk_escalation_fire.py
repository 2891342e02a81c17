"""The job that lets due steps fire: in order, each once, and one that fails stops no other."""

import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from .service_desk_escalation_timer import FIRE_CRON

_logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
RETRY_MINUTES = 5


class ServiceDeskEscalationTimer(models.Model):
    _inherit = "service_desk.escalation.timer"

    @api.model
    def _cron_fire(self, limit=50):
        """Let what is due fire; what a step does and the mark that it did are one transaction."""
        domain = [("fired_at", "=", False), ("due_at", "<=", fields.Datetime.now())]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while due := self.search(domain, order="due_at, id", limit=limit).try_lock_for_update():
            for timer in due:
                timer._try_to_fire()
            if not self.env["ir.cron"]._commit_progress(len(due)):
                break
        self._wake_for_next()

    @api.model
    def _wake_for_next(self):
        """Plan the next run for the moment at which the next step is due."""
        following = self.search([("fired_at", "=", False)], order="due_at, id", limit=1)
        if following:
            self.env["ir.cron"]._service_desk_wake(FIRE_CRON, following.due_at)

    def _try_to_fire(self):
        """Fire; a failure is tried again later, and given up after some times with a word in the log."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._fire()
        except psycopg2.OperationalError:
            raise  # the transaction is lost: the whole step is repeated
        except Exception:
            _logger.exception(
                "Escalation step %s of ticket %s failed", self.rung_id.id, self.ticket_id.id
            )
            self._put_off()

    def _put_off(self):
        attempts = self.attempts + 1
        if attempts >= MAX_ATTEMPTS:
            self.write(
                {"fired_at": fields.Datetime.now(), "outcome": "failed", "attempts": attempts}
            )
        else:
            later = timedelta(minutes=RETRY_MINUTES * 2**attempts)
            self.write({"attempts": attempts, "due_at": fields.Datetime.now() + later})

    def _fire(self):
        """Do what the step says, if it still holds."""
        now = fields.Datetime.now()
        if self._still_holds(now):
            self.write({"fired_at": now, "outcome": "done"})
            self.rung_id._act(self.ticket_id)

    def _still_holds(self, now):
        """Tell whether the step is due; what no longer applies goes, what moved on is due later."""
        if not self.ticket_id.active:
            self.unlink()
            return False
        if self.rung_id.trigger in self.rung_id._event_triggers():
            return True
        moment = self.rung_id._moment_for(
            self.ticket_id, self.rung_id.escalation_id.around_the_clock
        )
        if not moment or moment[1] != self.since:
            self.unlink()
            return False
        if moment[0] > now:
            self.due_at = moment[0]
            return False
        return True
