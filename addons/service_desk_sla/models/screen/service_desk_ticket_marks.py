"""Moments of a ticket that its picture marks."""

from odoo import fields, models

#: Kinds of events that are marks as they are.
PLAIN_MARKS = {
    "opened": "opened",
    "agent_message": "answered",
    "requester_message": "wrote",
    "arrived": "arrived",
    "ended": "ended",
}
#: A picture with more marks shows nothing; the newest are kept, and the opening.
MOST = 60


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _screen_marks(self):
        """Return ``[{at, kind, text}]`` of the timeline, as far as the reader may see it, in order."""
        self.ensure_one()
        events = self.env["service_desk.ticket.event"]
        if not events.has_access("read"):
            return []
        marks, state, agreed = [], None, False
        for event in events.search([("ticket_id", "=", self.id)], order="at, id"):
            facts = event.facts or {}
            before, state = state, facts.get("state", state)
            kind = PLAIN_MARKS.get(event.kind) or self._screen_mark_of_state(before, state)
            if event.kind == "agreed":
                kind = "retargeted" if agreed else None
                agreed = True
            if kind:
                at = fields.Datetime.to_string(event.at)
                marks.append({"at": at, "kind": kind, "text": self._screen_mark_text(kind)})
        return marks[:1] + marks[1:][-MOST:]

    def _screen_mark_of_state(self, before, state):
        if before == state or before is None:
            return None
        if state in ("solved", "closed"):
            return None if before in ("solved", "closed") else "solved"
        return "reopened" if before in ("solved", "closed") else None

    def _screen_mark_text(self, kind):
        return {
            "opened": self.env._("Opened"),
            "answered": self.env._("We answered"),
            "wrote": self.env._("The requester wrote"),
            "arrived": self.env._("Arrived on site"),
            "ended": self.env._("Left the desk's hands"),
            "retargeted": self.env._("Another target applies"),
            "solved": self.env._("Solved"),
            "reopened": self.env._("Re-opened"),
        }[kind]
