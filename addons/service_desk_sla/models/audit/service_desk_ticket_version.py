"""Tickets at work get an agreement as it is in force now: from now on, or as if it had always been so."""

from odoo import fields, models

from ...clocks.facts import Event
from ..timeline.service_desk_ticket_facts import FIT_FACTS
from ..timeline.service_desk_ticket_record import request_key


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _apply_versions(self, agreements, since):
        """Write down that the versions in force now apply, for the slots that go by one of ``agreements``.

        The timeline is not edited: an event is added at the instant at which the former one was agreed, and
        stands behind it. A slot for which the present version has no row keeps what it has.

        :param str since: ``now``, or ``beginning``: at each instant at which it was agreed
        """
        events = self.env["service_desk.ticket.event"]
        places = []
        for ticket_id, timeline in events._timelines(self.ids).items():
            places += [
                (ticket_id, at, facts, own)
                for at, facts, agreed in agreed_moments(timeline, since, fields.Datetime.now())
                if (own := self._places_by(agreements, agreed))
            ]
        events._record(
            [
                (ticket_id, Event(at, "agreed", {"agreed": agreed}), None)
                for ticket_id, at, agreed in self._present_places(agreements, places)
            ]
        )

    def _places_by(self, agreements, agreed):
        """Return of ``{slot: place}`` those that go by another version of ``agreements`` than the present one."""
        version_of = self.env["service_desk.clock"]._kept_version
        current = {agreement.id: agreement.version_id.id for agreement in agreements}
        return {
            slot: place
            for slot, place in agreed.items()
            if place and current.get(version_of(place[0])[0]) not in (None, place[0])
        }

    def _present_places(self, agreements, places):
        """Yield ``(ticket id, at, {slot: place})`` with what fits by the versions in force now; one question for all."""
        requests = [
            {**{name: facts.get(name) for name in FIT_FACTS}, "at": at}
            for _ticket_id, at, facts, _agreed in places
        ]
        fits_by_request = self.env["service_desk.agreement"]._fitting(requests)
        known = self._places_of(requests, fits_by_request)
        for (ticket_id, at, _facts, agreed), request, fits in zip(
            places, requests, fits_by_request, strict=True
        ):
            found = {
                slot: known[request_key(request, fits[slot])]
                for slot in agreed
                if slot in fits and fits[slot].agreement_id in agreements._ids
            }
            if found:
                yield ticket_id, at, found


def agreed_moments(timeline, since, now):
    """Return ``[(instant, facts then, {slot: place})]`` at which something is to be agreed anew.

    :param str since: ``beginning``: each instant at which something was agreed, with what was; ``now``: this instant,
        with all that is agreed
    """
    facts, agreed, moments = {}, {}, {}
    for event in timeline:
        facts.update((name, value) for name, value in event.facts.items() if name != "agreed")
        if news := event.facts.get("agreed"):
            agreed.update(news)
            # of one instant the last holds
            moments[event.at] = dict(facts), {**moments.get(event.at, ({}, {}))[1], **news}
    if since == "now":
        return [(now, facts, agreed)]
    return [(at, then, places) for at, (then, places) in moments.items()]
