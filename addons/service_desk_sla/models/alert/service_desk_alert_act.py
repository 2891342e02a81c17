"""What a warning of an agreement does to its ticket."""

from markupsafe import Markup

from odoo import models

from .service_desk_webhook_delivery import _iso

OWN_CODES = ("post_note", "tell_requester", "escalate", "call_webhooks")


class ServiceDeskAgreementAlert(models.Model):
    _inherit = "service_desk.agreement.alert"

    def _reaction_name(self):
        return self.agreement_id.name

    def _act(self, fired, clock):
        """Tell people, change the ticket, write down why. One that the breach has overtaken only tells.

        :param fired: the ``service_desk.clock.alert`` that is written with it
        :param clock: one ``service_desk.clock``, as superuser
        """
        ticket, did = clock.ticket_id, []
        people = self._people(ticket)  # before the ticket goes to somebody else
        if fired.outcome != "overtaken":
            did = self._react(ticket)
            did += [
                code for code in OWN_CODES if getattr(self, f"_do_{code}")(ticket, fired, clock)
            ]
        ticket._explain("sla_alert", self._grounds(fired, clock, people, did))
        event = "sla_missed" if clock.is_missed else "sla_warning"
        ticket._tell_service_level(event, people, clock)

    def _grounds(self, fired, clock, people, did):
        return {
            "agreement": {"id": self.agreement_id.id, "name": self.agreement_id.name},
            "metric": {"id": clock.metric_id.id, "name": clock.metric_id.name},
            "moment": self.moment,
            "percent": self.percent,
            "minutes": self.minutes,
            "at": str(fired.due_at),
            "outcome": fired.outcome,
            "told": people.mapped("name"),
            "did": did,
        }

    def _do_post_note(self, ticket, fired, clock):
        if not self.post_note:
            return False
        ticket = ticket.with_context(lang=ticket.company_id.partner_id.lang or self.env.lang)
        ticket._message_log(body=Markup("<p>%s</p>") % self._note_text(ticket, fired, clock))
        return True

    def _note_text(self, ticket, fired, clock):
        alert = self.with_env(ticket.env)
        return alert.env._(
            "%(metric)s by “%(agreement)s”: %(when)s.",
            metric=alert.env["service_desk.metric"].browse(clock.metric_id.id).name,
            agreement=alert.agreement_id.name,
            when=alert._describe(),
        )

    def _do_tell_requester(self, ticket, fired, clock):
        if not self.tell_requester or not ticket.is_open:
            return False
        rows = ticket._notify_requester("sla_delay")
        for row in rows:
            row["payload"] = {"clock": clock.id}
        self.env["service_desk.notice"]._enqueue(rows)
        return bool(rows)

    def _do_escalate(self, ticket, fired, clock):
        if not self.escalate or not ticket.is_open:
            return False
        ticket._arm_event("sla_alert", lambda rung: True, fired.id)
        return True

    def _do_call_webhooks(self, ticket, fired, clock):
        webhooks = self.webhook_ids._origin.filtered("active")
        webhooks._queue_calls([self._webhook_payload(ticket, fired, clock)], ticket)
        return bool(webhooks)

    def _webhook_payload(self, ticket, fired, clock):
        """Return what an address outside is told: ids and moments, no names and no words of people."""
        return {
            "event": "sla.missed" if clock.is_missed else "sla.warning",
            "alert": fired.key,
            "at": _iso(fired.due_at),
            "ticket": {"id": ticket.id, "number": ticket.number},
            "clock": {
                "id": clock.id,
                "metric": clock.metric_id.code,
                "cycle": clock.cycle,
                "agreement_id": clock.agreement_id.id,
                "kind": clock.kind,
                "target_seconds": clock.target_seconds,
                "started_at": _iso(clock.started_at),
                "due_at": _iso(clock.due_at),
                "missed_at": _iso(clock.missed_at),
            },
        }


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _tell_service_level(self, event, users, clock):
        """Put a warning or a breach into the queue of notices, for each of ``users``."""
        self.ensure_one()
        rows = []
        for user in users:
            rows += self._notify_later(event, user.partner_id, payload={"clock": clock.id})
        self.env["service_desk.notice"]._enqueue(rows)
