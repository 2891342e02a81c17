"""The runner that empties the queues: in short transactions, alone by the lock of its scheduled action.

Limits hold though others give out tickets at the same time. Whoever gives a ticket to somebody updates the
profile of that person: two who counted the load before the other one's gift was there collide, and the later
one counts anew.
"""

import logging
import random
import time

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .service_desk_ticket_queue import GIVING

_logger = logging.getLogger(__name__)

#: Tickets of one transaction.
STEP = 100
TRIES = 8
LONGEST_PAUSE_SECONDS = 0.4
#: So many moments of return are noted at most; each run notes the next ones.
MOST_RETURNS = 20
QUEUE_ORDER = "priority desc, next_update_at, id"


class ServiceDeskAssignment(models.AbstractModel):
    _inherit = "service_desk.assignment"

    @api.model
    def _cron_assign(self, limit=STEP):
        """Give out what waits in the queues of the teams, and come back when the next absent person does."""
        groups = self.env["service_desk.ticket"]._read_group(
            self._queue_domain(), ["team_id"], ["__count"]
        )
        self.env["ir.cron"]._commit_progress(remaining=sum(count for _team, count in groups))
        returns = set()
        for team, _count in groups:
            if not self._empty_queue(team, limit, returns):
                self._come_back(returns)
                return  # time is up: Odoo calls again
        self._come_back(returns)
        # what still waits is not left over: it waits for people, and they wake us
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _queue_domain(self):
        """Tickets that are to be given out now; what waits for its requester waits for its person as well."""
        return Domain("assign_code", "!=", False) & Domain("state", "in", ("new", "open"))

    def _empty_queue(self, team, limit, returns):
        """Give out the queue of one team; ``False`` when the time of the run is over.

        :param set returns: filled with the moments at which somebody is back
        """
        tickets = self.env["service_desk.ticket"]
        domain = self._queue_domain() & Domain("team_id", "=", team.id)
        stale = self._codes_to_look_at(team)
        if stale:
            domain &= Domain("assign_code", "in", stale)
        ids = tickets.search(domain, order=QUEUE_ORDER).ids
        for start in range(0, len(ids), limit):
            step = tickets.browse(ids[start : start + limit])
            returns |= self._give_out_safely(team, step)
            if not self.env["ir.cron"]._commit_progress(len(step)):
                return False
        return True

    def _codes_to_look_at(self, team):
        """Return the reasons whose tickets are worth a look when nobody can get one; empty: look at all.

        A long queue before a closed door costs nothing: only whoever comes new is told why he waits.
        """
        candidates = self._candidates(team)
        weight = min(
            self.env["service_desk.settings"]._of(team.company_id)._load_weights().values()
        )
        present = [candidate for candidate in candidates if not candidate.absence]
        if any(candidate.has_room(weight) for candidate in present):
            return []
        return ["queued", "absent" if present else "full"]

    # -------------------------------------------------------------- one step
    def _give_out_safely(self, team, tickets):
        """Give out one step; try again on a collision, and put aside the one ticket that cannot be given.

        :return: the moments at which somebody is back
        """
        for attempt in range(TRIES):
            try:
                returns = self._give_out(team, tickets)
                self.env.cr.flush()
                return returns
            except (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                self.env.cr.rollback()
                time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS) * (attempt + 1) / TRIES)  # noqa: S311 # nosec B311
            except Exception:
                self.env.cr.rollback()
                if len(tickets) == 1:
                    _logger.exception("Ticket %s cannot be given out.", tickets.id)
                    return set()
                middle = len(tickets) // 2
                returns = self._give_out_safely(team, tickets[:middle])
                self.env["ir.cron"]._commit_progress()
                return returns | self._give_out_safely(team, tickets[middle:])
        _logger.info(
            "%s tickets are being changed all the time: the next run takes them.", len(tickets)
        )
        self._wake()
        return set()

    def _give_out(self, team, tickets):
        """Choose people for the tickets that still wait, and write it down."""
        tickets = tickets.try_lock_for_update(allow_referencing=True)
        tickets = tickets.filtered(lambda t: t.assign_code and t.team_id == team and not t.user_id)
        tickets = tickets.filtered_domain(self._queue_domain())
        if not tickets:
            return set()
        candidates = self._candidates(team)
        verdicts = self._plan(team, tickets, candidates)
        self._write_given(team, verdicts, candidates)
        return self._write_waiting(verdicts)

    def _write_given(self, team, verdicts, candidates):
        given = {ticket: v for ticket, v in verdicts.items() if v.candidate}
        if not given:
            return
        grounds = self._grounds(team, given, candidates)
        tickets = self.env["service_desk.ticket"].browse([ticket.id for ticket in given])
        chosen = {v.candidate.user_id: v.candidate for v in given.values()}
        self.env["service_desk.agent"]._set_turns({c.user_id: c.last_at for c in chosen.values()})
        for user_id, own in tickets.grouped(lambda t: given[t].candidate.user_id).items():
            own.with_context(service_desk_giving=GIVING).write(
                {"user_id": user_id, "assign_code": False, "assign_info": False}
            )
        tickets._explain("assignment", grounds)

    def _write_waiting(self, verdicts):
        """Note why each of the others waits; return the moments at which somebody is back."""
        groups, returns = {}, set()
        for ticket, verdict in verdicts.items():
            if verdict.candidate:
                continue
            until = verdict.until and fields.Datetime.to_string(verdict.until)
            excluded = list(ticket._excluded_user_ids())
            info = {
                name: value for name, value in (("until", until), ("excluded", excluded)) if value
            }
            if verdict.until:
                returns.add(verdict.until)
            if ticket.assign_code != verdict.code or (ticket.assign_info or {}) != info:
                key = (verdict.code, until, tuple(excluded))
                groups.setdefault(key, (info, ticket.browse()))
                groups[key] = (info, groups[key][1] | ticket)
        for (code, _until, _excluded), (info, tickets) in groups.items():
            tickets._set_marks(assign_code=code, assign_info=info or False)
        return returns

    # ------------------------------------------------------------ coming back
    def _come_back(self, returns):
        """Let the scheduler come when the next absent people are back."""
        now = fields.Datetime.now()
        moments = sorted(moment for moment in returns if moment > now)[:MOST_RETURNS]
        if not moments:
            return
        cron = self._cron_sudo()
        planned = set(
            self.env["ir.cron.trigger"]
            .sudo()
            .search([("cron_id", "=", cron.id), ("call_at", "in", moments)])
            .mapped("call_at")
        )
        if missing := [moment for moment in moments if moment not in planned]:
            cron._trigger(at=missing)

    @api.model
    def _cron_sudo(self):
        # sudo: agents have no right on scheduled actions
        return self.env.ref("service_desk.ir_cron_assign").sudo()
