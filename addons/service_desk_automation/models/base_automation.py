"""A rule that causes itself, alone or with others, is stopped with a note instead of with a dead server.

Odoo marks what a rule has done in the context, which ends a rule that writes on its own record. It does not
end a rule that makes a record of the same kind, one whose code drops the context, or two that wake each other
from one transaction to the next.
"""

from contextlib import contextmanager
from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

TICKET = "service_desk.ticket"
#: So often a rule may stand in the chain of what it causes.
MAX_DEPTH = 5
#: So many records a rule may touch from within its own chain.
MAX_NESTED = 50
#: So often a rule may run on one ticket within the window.
MAX_RUNS = 10
WINDOW_MINUTES = 10
#: Where the transaction keeps the chain.
CHAIN = "service_desk.automation.chain"


class BaseAutomation(models.Model):
    _inherit = "base.automation"

    service_desk_stop_ids = fields.One2many(
        "service_desk.automation.stop", "automation_id", "Stops on Tickets", readonly=True
    )

    def _process(self, records, domain_post=None):
        if records._name != TICKET:
            return super()._process(records, domain_post=domain_post)
        running = self._service_desk_running(records)
        if not running:
            return super()._process(records, domain_post=domain_post)
        with self._service_desk_chain() as chain:
            stopped = self._service_desk_endless(running, chain)
            running -= stopped
            result = super()._process(records - stopped, domain_post=domain_post)
        running = running.exists()
        running.sudo()._explain("automation", {"id": self.id, "name": self.sudo().name})
        return result

    def _service_desk_running(self, records):
        """Return the records on which the rule will really act."""
        done = self.env.context.get("__action_done", {}).get(self, records.browse())
        return (records - done).filtered(self._check_trigger_fields)

    @contextmanager
    def _service_desk_chain(self):
        """Hold the rule's place in the transaction's chain of causes; no code can drop it as it can the context."""
        chain = self.env.cr.precommit.data.setdefault(CHAIN, {"stack": [], "nested": {}})
        chain["stack"].append(self.id)
        try:
            yield chain
        finally:
            chain["stack"].pop()
            if not chain["stack"]:
                chain["nested"].clear()

    def _service_desk_endless(self, tickets, chain):
        """Return those of ``tickets`` on which the rule goes on no longer, having said so on them."""
        depth = chain["stack"].count(self.id)
        nested = chain["nested"].get(self.id, 0)
        if depth > 1:
            nested = chain["nested"][self.id] = nested + len(tickets)
        if depth > MAX_DEPTH or nested > MAX_NESTED:
            tickets._stop_automation(self, depth - 1)
            return tickets
        runs = self._service_desk_runs(tickets)
        for rounds in set(runs.values()):
            often = tickets.filtered(lambda t, rounds=rounds: runs.get(t.id) == rounds)
            often._stop_automation(self, rounds)
        return tickets.browse(runs)

    def _service_desk_runs(self, tickets):
        """Return ``{ticket id: runs}`` of the tickets on which the rule ran too often lately."""
        since = fields.Datetime.now() - timedelta(minutes=WINDOW_MINUTES)
        # sudo: whoever triggers a rule need not see what other rules did
        decisions_sudo = self.env["service_desk.decision"].sudo()
        found = decisions_sudo.search_fetch(
            Domain("ticket_id", "in", tickets.ids)
            & Domain("kind", "=", "automation")
            & Domain("create_date", ">=", since),
            ["ticket_id", "payload"],
        )
        runs = {}
        for decision in found:
            if decision.payload.get("id") == self.id and not decision.payload.get("rounds"):
                runs[decision.ticket_id.id] = runs.get(decision.ticket_id.id, 0) + 1
        return {ticket_id: count for ticket_id, count in runs.items() if count >= MAX_RUNS}
