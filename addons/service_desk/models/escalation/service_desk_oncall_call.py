"""A person on duty is called to a ticket, and the next one when he does not acknowledge."""

import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

RING_CRON = "service_desk.ir_cron_ring_oncall"
CALL_STATES = [
    ("ringing", "Ringing"),
    ("acknowledged", "Acknowledged"),
    ("missed", "Not acknowledged"),
    ("stopped", "No longer needed"),
]
BUS_CALL, BUS_END = "service_desk.oncall/call", "service_desk.oncall/end"
_logger = logging.getLogger(__name__)

#: Stands in the context while a ladder acts; no call from outside can bring it.
ESCALATING = object()


class ServiceDeskOncallCall(models.Model):
    """One call of one person. A ticket rings for one person at a time."""

    _name = "service_desk.oncall.call"
    _description = "On-call Call"
    _order = "rung_at desc, id desc"
    _rec_name = "ticket_id"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    oncall_id = fields.Many2one(
        "service_desk.oncall", "Rota", readonly=True, ondelete="set null", index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users", "Called", required=True, readonly=True, ondelete="cascade", index=True
    )
    first_id = fields.Many2one(
        "service_desk.oncall.call",
        "First Call",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="The call that began the round.",
    )
    state = fields.Selection(CALL_STATES, required=True, readonly=True, default="ringing")
    rung_at = fields.Datetime("Called At", required=True, readonly=True)
    due_at = fields.Datetime("Acknowledge By", required=True, readonly=True)
    acknowledged_at = fields.Datetime(readonly=True)
    acknowledged_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")

    _due_index = models.Index("(due_at, id) WHERE state = 'ringing'")
    _mine_index = models.Index("(user_id) WHERE state = 'ringing'")
    _ringing_uniq = models.UniqueIndex(
        "(ticket_id) WHERE state = 'ringing'", "This ticket rings for somebody already."
    )

    # -------------------------------------------------------------------- rings
    @api.model
    def _begin(self, ticket, rota):
        """Call the first of the rota's chain to ``ticket``, unless it rings already; return the call."""
        ringing = self.search([("ticket_id", "=", ticket.id), ("state", "=", "ringing")], limit=1)
        people = rota._chain(ticket)
        if ringing or not people:
            return ringing
        return self._ring(ticket, rota, people[0], self.browse())

    @api.model
    def _ring(self, ticket, rota, user, first):
        now = fields.Datetime.now()
        call = self.create(
            {
                "ticket_id": ticket.id,
                "oncall_id": rota.id,
                "user_id": user.id,
                "first_id": first.id,
                "rung_at": now,
                "due_at": now + timedelta(minutes=rota.ack_minutes),
            }
        )
        self.env["ir.cron"]._service_desk_wake(RING_CRON, call.due_at)
        rows = ticket._notify_later("called", user.partner_id, payload={"call": call.id})
        self.env["service_desk.notice"]._enqueue(rows)
        user._bus_send(BUS_CALL, call._as_popup())
        return call

    def _as_popup(self):
        """Return what the called person's screen shows: he may read the ticket."""
        self.ensure_one()
        return {
            "id": self.id,
            "ticket_id": self.ticket_id.id,
            "number": self.ticket_id.number,
            "name": self.ticket_id.name,
            "team": self.ticket_id.team_id.name,
            "priority": self.ticket_id.priority,
            "due_at": fields.Datetime.to_string(self.due_at),
        }

    @api.model
    def _cron_ring_next(self, limit=20):
        """Call the next person where nobody has acknowledged in time."""
        domain = [("state", "=", "ringing"), ("due_at", "<=", fields.Datetime.now())]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while late := self.search(domain, order="due_at, id", limit=limit).try_lock_for_update():
            for call in late:
                call._try_to_ring_next()
            if not self.env["ir.cron"]._commit_progress(len(late)):
                break
        following = self.search([("state", "=", "ringing")], order="due_at, id", limit=1)
        if following:
            self.env["ir.cron"]._service_desk_wake(RING_CRON, following.due_at)

    def _try_to_ring_next(self):
        try:
            with self.env.cr.savepoint():
                self._ring_next()
        except psycopg2.OperationalError:
            raise  # the transaction is lost: the whole step is repeated
        except Exception:
            _logger.exception("Nobody could be called after call %s", self.id)
            self._end("missed")

    def _ring_next(self):
        """Give up on the person who was called, and call the next; after the last, tell the leads."""
        self.ensure_one()
        self._end("missed")
        ticket, rota, first = self.ticket_id, self.oncall_id, self.first_id or self
        if not ticket.is_open or not ticket.active or not rota:
            return
        called = (first | self.search([("first_id", "=", first.id)], order="id")).user_id
        left = rota._chain(ticket) - called
        if left:
            call = self._ring(ticket, rota, left[0], first)
            ticket._explain(
                "escalation",
                {"event": "ring_next", "missed": self.user_id.name, "next": call.user_id.name},
            )
            return
        keepers = ticket._orphan_keepers()
        ticket._explain("escalation", {"event": "nobody", "missed": called.mapped("name")})
        ticket._tell_escalated(keepers, {"step": ticket.escalation_step})

    def _end(self, state, **vals):
        """End calls, and take them off the screens."""
        self.write({"state": state, **vals})
        self.flush_recordset(["state"])  # before the next one rings: one at a time
        for call in self:
            call.user_id._bus_send(BUS_END, {"id": call.id})

    # ----------------------------------------------------------- acknowledgement
    def action_acknowledge(self):
        """Say that one takes care: nobody else is called, and a ticket that nobody has becomes one's own.

        :raises AccessError: for tickets that the user may not work on
        """
        # whoever may work on the ticket may take the call, the person called or a colleague who is quicker
        self.check_access("read")
        tickets = self.ticket_id
        tickets.check_access("write")
        tickets._acknowledge_calls()
        return True

    @api.model
    def get_ringing_calls(self):
        """Return the calls that ring for the user, as the screen shows them."""
        self.check_access("read")
        calls = self.search([("user_id", "=", self.env.uid), ("state", "=", "ringing")])
        return [call._as_popup() for call in calls]


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    oncall_call_ids = fields.One2many(
        "service_desk.oncall.call", "ticket_id", "On-call Calls", readonly=True
    )
    is_ringing = fields.Boolean(compute="_compute_is_ringing")
    ringing_user_id = fields.Many2one("res.users", "Is Called", compute="_compute_is_ringing")

    @api.depends("oncall_call_ids.state")
    def _compute_is_ringing(self):
        for ticket in self:
            ringing = ticket.oncall_call_ids.filtered(lambda call: call.state == "ringing")
            ticket.is_ringing = bool(ringing)
            ticket.ringing_user_id = ringing[:1].user_id

    def action_acknowledge_call(self):
        """Take the call of the ticket: see ``service_desk.oncall.call.action_acknowledge``."""
        self.check_access("write")
        self._acknowledge_calls()
        return True

    def _acknowledge_calls(self):
        """Stop the ringing in the name of the user; a second click finds nothing that rings."""
        now, user = fields.Datetime.now(), self.env.user
        for call_sudo in self._ringing_calls_sudo():
            call_sudo._end("acknowledged", acknowledged_at=now, acknowledged_by_id=user.id)
            minutes = (now - (call_sudo.first_id or call_sudo).rung_at).total_seconds() / 60
            call_sudo.ticket_id._explain(
                "escalation",
                {"event": "acknowledged", "by": user.name, "minutes": round(minutes)},
            )
        free = self.filtered(lambda t: t.is_open and not t.user_id)
        if free and user._is_service_desk_staff():
            free.write({"user_id": user.id})

    def _ringing_calls_sudo(self):
        """Return the calls that ring for the tickets; sudo: calls are the desk's own record."""
        calls_sudo = self.env["service_desk.oncall.call"].sudo()
        if not self.env["service_desk.oncall"]._kept_rotas():
            return calls_sudo  # asked with each answer: without a rota nothing rings
        return calls_sudo.search([("ticket_id", "in", self.ids), ("state", "=", "ringing")])

    # ------------------------------------------------- what else stops the ringing
    def _on_assigned(self):
        result = super()._on_assigned()
        if self.env.context.get("service_desk_escalating") is not ESCALATING:
            self._ringing_calls_sudo()._end("stopped")
        return result

    def _on_agent_message(self, message):
        result = super()._on_agent_message(message)
        self._ringing_calls_sudo()._end("stopped")
        return result

    def _on_state_changed(self, old):
        result = super()._on_state_changed(old)
        done = self.filtered(lambda t: not t.is_open)
        if done:
            done._ringing_calls_sudo()._end("stopped")
        return result


class ServiceDeskReactionMixin(models.AbstractModel):
    _inherit = "service_desk.reaction.mixin"

    def _do_call_oncall(self, ticket):
        if not self.call_oncall or not ticket.is_open:
            return False
        rota = self.env["service_desk.oncall"]._of_team(ticket.team_id)
        return bool(rota and self.env["service_desk.oncall.call"]._begin(ticket, rota))

    def _react(self, ticket):
        # it may give the ticket to somebody itself: that is no answer to its own call
        return super()._react(ticket.with_context(service_desk_escalating=ESCALATING))


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_escalation_ring_next(self, payload):
        return self.env._(
            "%(missed)s did not acknowledge; %(next)s was called.",
            missed=payload["missed"],
            next=payload["next"],
        )

    def _text_escalation_nobody(self, payload):
        return self.env._(
            "Nobody acknowledged: %(people)s. The leads were told.",
            people=", ".join(payload["missed"]),
        )

    def _text_escalation_acknowledged(self, payload):
        return self.env._(
            "%(person)s acknowledged after %(minutes)s min.",
            person=payload["by"],
            minutes=payload["minutes"],
        )
