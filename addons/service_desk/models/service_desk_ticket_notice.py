"""What happens to a ticket and must be told: lines for the queue of notices, from the ticket's hooks."""

from odoo import models

PROMISE_FIELDS = ("next_step", "next_update_at")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # ------------------------------------------------------------------- queue
    def _notify_later(self, event, partner=None, email=None, payload=None):
        """Return the values of one line of the queue; empty list when the person has done it himself."""
        self.ensure_one()
        if partner and event != "opened" and partner.id == self._actor_id():
            return []
        return [
            {
                "ticket_id": self.id,
                "partner_id": partner.id if partner else False,
                "email": False if partner else email,
                "event": event,
                "payload": payload,
            }
        ]

    def _actor_id(self):
        """Return the partner who causes the change: the writer of the message, else the user."""
        known = self.env.context.get("service_desk_actor")
        return known or self.env["res.users"]._service_desk_author(self.env.uid)[0]

    def _notify_requester(self, event):
        """Return the queue line for the requester alone, himself the cause or not."""
        self.ensure_one()
        if self.partner_id:
            return self._notify_later(event, self.partner_id) if self.partner_id.active else []
        return self._notify_later(event, email=self.email_from) if self.email_from else []

    def _notify_requester_side(self, event, payload):
        """Return the one line for the requester and those who take part, but for whoever causes it.

        Who that is, the job that tells them asks: a change of a ticket reads nobody's name.
        """
        return self._notify_later(event, payload=dict(payload, author=self._actor_id()))

    def _wants_acknowledgement(self):
        self.ensure_one()
        context = self.env.context
        silent = context.get("service_desk_no_acknowledge") or context.get(
            "service_desk_machine_mail"
        )
        return self.is_open and self.team_id.acknowledge and not silent

    # ------------------------------------------------------------------- hooks
    def _on_opened(self):
        result = super()._on_opened()
        rows = []
        for ticket in self:
            if ticket._wants_acknowledgement():
                rows += ticket._notify_requester("opened")
            if ticket.is_open and not ticket.user_id:
                rows += ticket._notify_later("new_in_team", payload={"author": ticket._actor_id()})
        self.env["service_desk.notice"]._enqueue(rows)
        return result

    def _on_assigned(self):
        result = super()._on_assigned()
        rows = []
        for ticket in self.filtered("is_open"):
            rows += ticket._notify_later("assigned", ticket.user_id.partner_id)
        self.env["service_desk.notice"]._enqueue(rows)
        return result

    def _on_state_changed(self, old):
        result = super()._on_state_changed(old)
        woke = old == "waiting" and self.env.context.get("service_desk_woke")
        # who gets an answer need not be told that work has begun
        answering = old == "new" and self.env.context.get("service_desk_answering")
        rows = []
        for ticket in self.browse() if answering else self:
            if woke:
                rows += (
                    ticket._notify_later("woke", ticket.user_id.partner_id)
                    if ticket.user_id
                    else []
                )
            else:
                rows += ticket._notify_requester_side(
                    "state", payload={"old": old, "new": ticket.state}
                )
        self.env["service_desk.notice"]._enqueue(rows)
        return result

    def _cron_wake(self, limit=500):
        waking = self.with_context(service_desk_woke=True)
        return super(ServiceDeskTicket, waking)._cron_wake(limit=limit)

    def _on_agent_message(self, message):
        answering = self.with_context(service_desk_answering=True)
        return super(ServiceDeskTicket, answering)._on_agent_message(message)

    def _on_requester_message(self, message):
        actor = self.with_context(service_desk_actor=message.author_id.id or -1)
        result = super(ServiceDeskTicket, actor)._on_requester_message(message)
        # the first message is the ticket itself, of which the team hears anyway
        silent = {"service_desk_machine_mail", "service_desk_first_message"}
        if not self.user_id and not any(map(self.env.context.get, silent)):
            rows = self._notify_later("requester_wrote", payload={"author": message.author_id.id})
            self.env["service_desk.notice"]._enqueue(rows)
        return result

    # -------------------------------------------------------------------- CRUD
    def write(self, vals):
        promised = [name for name in PROMISE_FIELDS if vals.get(name)]
        before = {ticket.id: ticket._promise() for ticket in self} if promised else {}
        result = super().write(vals)
        rows = []
        for ticket in self if before else ():
            if ticket.is_open and ticket._promise() != before[ticket.id]:
                rows += ticket._notify_requester_side("promise", payload=before[ticket.id])
        self.env["service_desk.notice"]._enqueue(rows)
        return result

    def _promise(self):
        return {"next_step": self.next_step or "", "next_update_at": str(self.next_update_at or "")}

    def _promise_text(self):
        """Hook: return by when the ticket is answered and solved, in the reader's words and time zone.

        It comes as superuser, in the language and time zone of the reader.
        """
        return ""

    def unlink(self):
        self.env["service_desk.notice"]._drop_pending(set(self.ids))
        return super().unlink()
