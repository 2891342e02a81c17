"""What a step of a ladder does to its ticket."""

from odoo import models

HIGHEST_PRIORITY = "3"
HAND_OVER_REASON = "service_desk.hand_over_reason_time"


class ServiceDeskEscalationRung(models.Model):
    _inherit = "service_desk.escalation.rung"

    def _act(self, ticket):
        """Do what the step says, write down why, and tell people.

        :param ticket: one ticket, as superuser
        """
        self.ensure_one()
        people = self._people(ticket)  # before the ticket goes to somebody else
        did = [
            code
            for code in ("raise_priority", "owner_follows", "reassign", "call_oncall")
            if getattr(self, f"_do_{code}")(ticket)
        ]
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

    def _do_raise_priority(self, ticket):
        if not self.raise_priority or not ticket.is_open or ticket.priority >= HIGHEST_PRIORITY:
            return False
        ticket.write({"priority": str(int(ticket.priority) + 1)})
        return True

    def _do_owner_follows(self, ticket):
        owner = self.owner_follows and ticket.service_id and ticket.service_id._owner()
        if not owner or not ticket._is_readable_by(owner):
            return False
        ticket.message_subscribe(partner_ids=owner.partner_id.ids)
        return True

    def _do_reassign(self, ticket):
        if self.reassign == "none" or not ticket.is_open:
            return False
        return getattr(self, f"_reassign_{self.reassign}")(ticket)

    def _reassign_release(self, ticket):
        """Take the person off, if somebody has it, and let the team's method find another."""
        if ticket.user_id:
            ticket._release("no_reaction", {"ladder": self.escalation_id.name})
        else:
            ticket._assign_by_method()
        return True

    def _reassign_next_line(self, ticket):
        target = ticket.team_id.next_team_id
        if not target.active:
            return False
        reason = self.env.ref(HAND_OVER_REASON)
        ticket._hand_over_to(target, reason, "", by=self.escalation_id.name)
        return True

    def _reassign_person(self, ticket):
        """Give it to the person, or to whoever stands in for him; somebody who may not have it gets nothing."""
        person = self.reassign_user_id._service_desk_stand_in() or self.reassign_user_id
        if person == ticket.user_id or not ticket._is_readable_by(person):
            return False
        if not person.sudo()._is_service_desk_staff():  # sudo: groups of others
            return False
        ticket.write({"user_id": person.id})
        return True

    def _do_call_oncall(self, ticket):
        return False  # the duty rota overrides it


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _tell_escalated(self, users, payload):
        """Put an escalation into the queue of notices, for each of ``users``."""
        self.ensure_one()
        rows = []
        for user in users:
            rows += self._notify_later("escalated", user.partner_id, payload=payload)
        self.env["service_desk.notice"]._enqueue(rows)
