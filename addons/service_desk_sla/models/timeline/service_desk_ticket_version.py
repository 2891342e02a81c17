from odoo import models

from ...clocks.facts import Event


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _rematch_from_beginning(self, agreements):
        """Let the versions of ``agreements`` that are in force hold for the tickets since they first had them.

        What was agreed stays on the timeline; the new version stands behind it, at the same instants. A row that the
        new version does not have any more promises nothing.
        """
        events = self.env["service_desk.ticket.event"]
        clocks = self.env["service_desk.clock"]
        versions = {agreement.id: agreement.version_id.id for agreement in agreements.sudo()}
        timelines = events._timelines(self.ids)
        rows = []
        for ticket_id, request in zip(self.ids, self._clock_requests(), strict=True):
            for event in timelines[ticket_id]:
                again = {
                    slot: clocks._place_in(versions, place, request)
                    for slot, place in (event.facts.get("agreed") or {}).items()
                    if place
                    and versions.get(clocks._kept_version(place[0])[0]) not in (None, place[0])
                }
                if again:
                    rows.append((ticket_id, Event(event.at, "agreed", {"agreed": again}), None))
        events._record(rows)
        clocks._settle(self)
