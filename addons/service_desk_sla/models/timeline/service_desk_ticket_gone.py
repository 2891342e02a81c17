"""Merging: the merged ticket's clocks end, and who still waits for an answer waits on the survivor."""

from odoo import models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _merge_into(self, survivor):
        with self._clock_scope() as scope:
            scope.touch(survivor)
            waiting_since = min(filter(None, self.mapped("needs_reply_since")), default=None)
            result = super()._merge_into(survivor)
            if waiting_since and survivor.is_open:
                survivor._note_waiting(waiting_since)
        return result

    def _note_waiting(self, since):
        """Note that somebody has waited for an answer since then; answered meanwhile, from now on."""
        timeline = self.env["service_desk.ticket.event"]._timelines(self.ids)[self.id]
        answered = any(event.kind == "agent_message" and event.at >= since for event in timeline)
        opened_at = timeline[0].at if timeline else since
        self._note_event("requester_message", at=None if answered else max(since, opened_at))
