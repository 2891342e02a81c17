"""What a step of a ladder does to its ticket."""

from odoo import models


class ServiceDeskEscalationRung(models.Model):
    _inherit = "service_desk.escalation.rung"

    def _reaction_name(self):
        return self.escalation_id.name

    def _act(self, ticket):
        """Do what the step says, write down why, and tell people.

        :param ticket: one ticket, as superuser
        """
        self.ensure_one()
        people = self._people(ticket)  # before the ticket goes to somebody else
        did = self._react(ticket)
        step = self._number()
        ticket._set_marks(
            escalation_step=max(step, ticket.escalation_step) if ticket.is_open else 0
        )
        ticket._explain("escalation", self._grounds(ticket, step, people, did))
        ticket._tell_escalated(people, {"step": step})

    def _number(self):
        """Return which step of its ladder it is; the first is 1."""
        return self.escalation_id.rung_ids.sorted().ids.index(self.id) + 1

    def _grounds(self, ticket, step, people, did):
        return {
            "ladder": {"id": self.escalation_id.id, "name": self.escalation_id.name},
            "step": step,
            "trigger": self.trigger,
            "minutes": self.minutes,
            "times": self.times,
            "max_rating": self.max_rating,
            "told": people.mapped("name"),
            "did": did,
        }


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _tell_escalated(self, users, payload):
        """Put an escalation into the queue of notices, for each of ``users``."""
        self.ensure_one()
        rows = []
        for user in users:
            rows += self._notify_later("escalated", user.partner_id, payload=payload)
        self.env["service_desk.notice"]._enqueue(rows)
