"""The caller's card on the screen of the agent whose telephone rings, and on no other."""

from odoo import models

NOTIFICATION = "service_desk.call"


class ServiceDeskCall(models.Model):
    _inherit = "service_desk.call"

    def _tell_agents(self, event):
        """Send the call to those who have to do with it: shown while it rings, gone when it is over."""
        self.ensure_one()
        if event.kind in ("started", "recording") or self.direction == "out":
            return
        if event.kind in ("left", "ringing"):
            agents = self.pbx_id._user_of(event.extension)
        else:
            agents = self.offered_user_ids | self.user_id
        for agent in agents:
            agent._bus_send(NOTIFICATION, self._bus_payload(agent, event))

    def _bus_payload(self, agent, event):
        """Return what the agent is told, as he himself may see it."""
        waits = self.state in ("new", "ringing") and event.kind != "left"
        if not waits and not (self.state == "answered" and self.user_id == agent):
            return {"call_id": self.id, "state": "over", "is_mine": self.user_id == agent}
        seen = self.with_user(agent).with_context(
            lang=agent.lang, allowed_company_ids=[self.company_id.id]
        )
        return {"call_id": self.id, "state": self.state, **seen._popup()}

    def _popup(self):
        """Return number, name, firm and the count of open tickets for the pop-up."""
        # sudo: the number that calls; who has it is looked up with the agent's own rights
        call_sudo = self.sudo()
        number = call_sudo.number or ""
        found = self._find_callers(number)["rows"] if number else []
        first = found[0] if len(found) == 1 else {}
        name = first.get("name") or call_sudo.caller_name or ""
        if len(found) > 1:
            name = self.env._("%(count)s contacts have this number", count=len(found))
        return {
            "number": number,
            "name": name,
            "detail": first.get("detail", ""),
            "open_count": sum(row["open_count"] for row in found),
        }
