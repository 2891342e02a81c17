"""What clocks may know of a ticket, as plain data."""

from odoo import fields, models

#: A write of one of these can change a fact.
FACT_FIELDS = frozenset(
    {
        "stage_id", "state", "waiting_reason_id", "approval_state", "approval_hold", "priority", "impact", "urgency",
        "type_id", "service_id", "offering_id", "team_id", "user_id", "company_id", "partner_id", "site_id",
        "supplier_id", "planned_start_at", "merged_into_id", "active", "channel",
    }
)  # fmt: skip
#: On these depends which agreements apply.
FIT_FACTS = (
    "partner_id",
    "site_id",
    "company_id",
    "team_id",
    "type_id",
    "priority",
    "service_id",
    "offering_id",
    "supplier_id",
)
PLAIN = ("state", "approval_state", "approval_hold", "priority")
IDS = (
    "stage_id",
    "type_id",
    "service_id",
    "offering_id",
    "team_id",
    "user_id",
    "company_id",
    "partner_id",
    "site_id",
    "supplier_id",
)
#: All that is known of a wait.
WAIT_FACTS = ("waiting_reason_id", "waiting_pauses", "waiting_hand")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _clock_facts(self, known=None):
        """Return ``{ticket id: facts}`` as they are now; a fact that is nothing is None.

        :param dict known: ``{ticket id: facts}`` as they were last written down. A wait that goes on keeps what its
            reason meant when it began: editing a reason changes no clock that stands still by it.
        """
        known = known or {}
        facts_by_id = {}
        for ticket in self.sudo():  # sudo: clocks know what whoever changes the ticket need not
            facts = {name: ticket[name] or None for name in PLAIN}
            facts.update({name: ticket[name].id or None for name in IDS})
            facts["planned_start_at"] = fields.Datetime.to_string(ticket.planned_start_at) or None
            facts["gone"] = ticket._clock_gone()
            facts.update(ticket._clock_wait_facts(known.get(ticket.id, {})))
            facts_by_id[ticket.id] = facts
        return facts_by_id

    def _clock_gone(self):
        """Return why the ticket is not in the desk's hands, or None."""
        if self.merged_into_id:
            return "merged"
        return None if self.active else "archived"

    def _clock_wait_facts(self, known):
        """Return what the ticket waits for, as the reason said when the wait began."""
        if self.state != "waiting":
            return dict.fromkeys(WAIT_FACTS)
        reason = self.waiting_reason_id
        if known.get("state") == "waiting" and known.get("waiting_reason_id") == reason.id:
            return {name: known.get(name) for name in WAIT_FACTS}
        return {
            "waiting_reason_id": reason.id or None,
            "waiting_pauses": bool(reason.pauses_clocks),
            "waiting_hand": reason.hand or "other",
        }

    def _clock_requests(self, facts_by_id=None, at=None):
        """Return what ``service_desk.agreement._fitting`` is asked, one request for each ticket.

        :param dict facts_by_id: facts of the tickets; as they are now by default
        :param at: the moment (naive UTC), one for all or ``{ticket id: moment}``; now by default
        """
        facts_by_id = facts_by_id or self._clock_facts()
        now = fields.Datetime.now()
        moments = at if isinstance(at, dict) else {}
        moment = now if isinstance(at, dict) else at or now
        return [
            {
                **{name: facts_by_id[ticket_id][name] for name in FIT_FACTS},
                "at": moments.get(ticket_id, moment),
            }
            for ticket_id in self.ids
        ]
