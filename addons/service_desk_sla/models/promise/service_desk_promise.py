from odoo import api, fields, models

from ...clocks import FACTS, Event, fold, read
from ..timeline.service_desk_ticket_record import request_key

#: The slot of what the customer was promised.
SLOT = "sla"


class ServiceDeskPromise(models.AbstractModel):
    """What a ticket would be promised; the ticket then gets the same.

    It goes the way that clocks go: an opening, the agreements that fit, the fold, the reading.
    """

    _name = "service_desk.promise"
    _description = "Promise"

    @api.model
    def _for(self, requests):
        """Return ``[{metric code: due moment}]`` of the customer's agreement, one for each of ``requests``.

        :param requests: as for ``service_desk.agreement._fitting``; other facts of the opening may stand beside
        """
        return [
            {code: reading.due for code, reading in promised["readings"].items() if reading.due}
            for promised in self._promised(requests)
        ]

    @api.model
    def _promised(self, requests):
        """Return ``[{"agreement_id", "line", "readings": {metric code: clocks.Reading}}]``, in constant queries."""
        agreements = self.env["service_desk.agreement"]
        asked = [agreements._asked(request) for request in requests]
        fits = [
            {SLOT: found[SLOT]} if SLOT in found else {} for found in agreements._fitting(asked)
        ]
        # sudo: whose working hours count is no question of who asks
        places = self.env["service_desk.ticket"].sudo()._places_of(asked, fits)
        return [
            self._promised_of(request, one, found.get(SLOT), places)
            for request, one, found in zip(requests, asked, fits, strict=True)
        ]

    @api.model
    def _promised_of(self, request, asked, fit, places):
        if not fit:
            return {"agreement_id": None, "line": None, "readings": {}}
        clocks = self.env["service_desk.clock"]
        place = places[request_key(asked, fit)]
        at = asked["at"]
        known = {name: request[name] for name in FACTS if name in request}
        facts = {**dict.fromkeys(FACTS), "state": "new", **known}
        timeline = [
            Event(at, "opened", facts),
            Event(at, "agreed", {"agreed": {SLOT: place}}),
        ]
        cycles = fold(timeline, {place[0]: clocks._kept_version(place[0])[1]})
        hours_of = clocks._hours_of()
        readings = {cycle.metric: read(cycle, hours_of, at) for cycle in reversed(cycles)}
        return {"agreement_id": fit.agreement_id, "line": fit.line, "readings": readings}

    # ------------------------------------------------------------ who would ask
    @api.model
    def _request_of(self, vals, at=None):
        """Return the request of a ticket that is made of these values now, as ``create`` would complete them.

        :param dict vals: as for ``create``: offering, requester, site, team …
        """
        tickets = self.env["service_desk.ticket"]
        [vals], _payloads = tickets._with_offerings([dict(vals)])
        [vals], _payloads = tickets._route([vals])
        vals = tickets._prepare_create_vals(vals)
        vals.pop("tag_ids", None)
        ticket = tickets.new(vals)
        return {**ticket._promise_facts(), "at": at or fields.Datetime.now()}
