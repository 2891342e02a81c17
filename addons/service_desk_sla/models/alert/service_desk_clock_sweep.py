"""The job that tells of deadlines: at their moments, in order, each once, and one that fails stops no other."""

import logging
import time
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from odoo.addons.service_desk.models.escalation.service_desk_escalation_people import KnownStandIns

from .service_desk_clock_alert import BREACH
from .service_desk_clock_events import SWEEP_CRON

_logger = logging.getLogger(__name__)

#: Clocks of one step: what is locked together, and repeated together after a kill.
STEP = 50
MAX_ATTEMPTS = 5
RETRY_MINUTES = 5
#: The wall clock has gone so much further than time itself: somebody has set it. It may be put right again.
JUMP_SECONDS = 600
JUMP_REST = timedelta(minutes=10)
#: When this process swept last, by the wall clock and by the running time of the machine.
_last = {}


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    @api.model
    def _cron_sweep(self, limit=STEP):
        """Note the breaches and let the warnings fire that are due; what they do and the mark are one transaction."""
        now = fields.Datetime.now()
        if self._clock_was_set():
            _logger.warning(
                "The clock of the machine has jumped: deadlines wait until it is steady"
            )
            self.env["ir.cron"]._service_desk_wake(SWEEP_CRON, now + JUMP_REST)
            return
        domain = [("next_event_at", "<=", now)]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while due := self.search(domain, order="next_event_at, id", limit=limit):
            due = due.try_lock_for_update()
            if not due:
                # another process has them, and goes on until nothing is left
                self.env["ir.cron"]._commit_progress(remaining=0)
                break
            due._sweep(now)
            if not self.env["ir.cron"]._commit_progress(len(due)):
                break
        self._wake_sweep()

    @api.model
    def _clock_was_set(self):
        """Tell whether the wall clock went far ahead of time itself since this process swept last."""
        wall, running = time.time(), time.monotonic()
        last = _last.get(self.env.cr.dbname)
        _last[self.env.cr.dbname] = (wall, running)
        if not last or running < last[1]:
            return False
        return (wall - last[0]) - (running - last[1]) > JUMP_SECONDS

    @api.model
    def _wake_sweep(self):
        """Plan the next run for the moment at which the next clock has something to tell."""
        following = self.search(
            [("next_event_at", "!=", False)], order="next_event_at, id", limit=1
        )
        if following:
            self.env["ir.cron"]._service_desk_wake(SWEEP_CRON, following.next_event_at)

    def _sweep(self, now):
        """Tell what is due of the clocks of ``self``, which are locked: warnings and breaches in their order."""
        self = self.with_context(service_desk_stand_ins=KnownStandIns())
        due = self._due_now(now)
        fired = self._note_fired(due, now)
        # brings the marks of clocks and tickets up to the moment, and finds what comes next
        self._settle(self.ticket_id)
        self._forget_what_has_ended()
        alerts = self.env["service_desk.agreement.alert"]
        acting = [
            (row, clock, alerts._from_definition(coming.definition, clock.agreement_id))
            for row, (clock, coming) in zip(fired, due, strict=True)
            if coming.definition
        ]
        self._ask_who_stands_in(acting)
        for row, clock, alert in acting:
            row._try_to_act(clock, alert)

    def _ask_who_stands_in(self, acting):
        """Learn of all people at once who is there, or who acts for them."""
        if not acting:
            return
        people = self.env["res.users"]
        for _row, clock, alert in acting:
            people |= alert._named_people(clock.ticket_id)
        self.ticket_id[:1]._stand_ins_of(people)

    def _due_now(self, now):
        """Return ``[(clock, Coming)]`` in the order of their moments."""
        told = self._told(self.ticket_id.ids)
        due = []
        for clock in self:
            alerts = self._alerts_kept(clock.version_id.id, clock.metric_id.code)
            known = told.get(clock._identity(), {})
            coming = self._coming(clock._reading(now), alerts, known, clock.quiet_until)
            due += [(clock, one) for one in coming if one.moment <= now]
        return sorted(due, key=lambda pair: pair[1].moment)

    def _forget_what_has_ended(self):
        """Clocks that have ended are settled no more: what they had to tell is told now."""
        ended = self.filtered(lambda clock: clock.state in ("stopped", "cancelled"))
        ended.next_event_at = False

    def _identity(self):
        self.ensure_one()
        return self.ticket_id.id, self.slot, self.metric_id.id, self.cycle

    def _note_fired(self, due, now):
        """Write the marks and return them in the order of ``due``; what the breach has overtaken says so."""
        breaches = {clock.id: one.moment for clock, one in due if one.key == BREACH}
        rows = {row._place(): row for row in self._rows_to_try_again()}
        vals_list = []
        for clock, one in due:
            overtaken = one.moment < breaches.get(clock.id, one.moment)
            vals = {"fired_at": now, "outcome": "overtaken" if overtaken else "done"}
            if row := rows.get((*clock._identity(), one.key)):
                row.write({"fired_at": now, "outcome": "done"})
            else:
                vals_list.append(clock._prepare_alert_vals(one, vals))
        rows |= {
            row._place(): row for row in self.env["service_desk.clock.alert"].create(vals_list)
        }
        return [rows[(*clock._identity(), one.key)] for clock, one in due]

    def _rows_to_try_again(self):
        """Return the marks of warnings that failed; an index leads to them by their tickets."""
        domain = [("ticket_id", "in", self.ticket_id.ids), ("fired_at", "=", False)]
        return self.env["service_desk.clock.alert"].search(domain)

    def _prepare_alert_vals(self, coming, vals):
        return {
            "ticket_id": self.ticket_id.id,
            "slot": self.slot,
            "metric_id": self.metric_id.id,
            "cycle": self.cycle,
            "key": coming.key,
            "due_at": coming.moment,
            **vals,
        }


class ServiceDeskClockAlert(models.Model):
    _inherit = "service_desk.clock.alert"

    def _try_to_act(self, clock, alert):
        """Act; a failure is tried again later, and given up after some times with a word in the log."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                alert._act(self, clock)
        except psycopg2.OperationalError:
            raise  # the transaction is lost: the whole step is repeated
        except Exception:
            _logger.exception("Warning %s of ticket %s failed", self.key, self.ticket_id.id)
            self._put_off(clock)

    def _put_off(self, clock):
        """Take the mark back, so that it is tried again later."""
        attempts = self.attempts + 1
        if attempts >= MAX_ATTEMPTS:
            self.write({"outcome": "failed", "attempts": attempts})
            return
        later = fields.Datetime.now() + timedelta(minutes=RETRY_MINUTES * 2**attempts)
        self.write({"outcome": False, "fired_at": False, "attempts": attempts, "retry_at": later})
        clock.next_event_at = min(clock.next_event_at or later, later)
