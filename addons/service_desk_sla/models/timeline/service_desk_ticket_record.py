"""What has changed on tickets is found by comparing them with their timeline, and written down in one INSERT."""

from odoo import fields, models

from ...clocks.facts import Event
from .service_desk_ticket_facts import FIT_FACTS

DONE = ("solved", "closed", "cancelled")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _write_down(self, scope):
        """Write down what has happened to the tickets of ``self`` (superuser), with the agreements that apply now.

        :return: ``(tickets to which something happened, {ticket id: [Event]})``
        """
        timelines = {ticket_id: [] for ticket_id in self.ids}
        older = [ticket_id for ticket_id in self.ids if ticket_id not in scope.opened]
        timelines.update(self.env["service_desk.ticket.event"]._timelines(older))
        known = {ticket_id: merged_facts(timeline) for ticket_id, timeline in timelines.items()}
        current = self._clock_facts(known)
        now = fields.Datetime.now()
        news = {ticket_id: [] for ticket_id in self.ids}
        for ticket in self:
            if not timelines[ticket.id]:
                news[ticket.id] += ticket._beginning(current[ticket.id], now)
        said = self._messages_that_stand(scope.notes)
        for ticket_id, event, message_id in scope.notes:
            if ticket_id in news and (message_id is None or message_id in said):
                began = (timelines[ticket_id] or [news[ticket_id][0][0]])[0].at
                event = event._replace(at=max(event.at, began))
                news[ticket_id].append((event, message_id))
        for ticket in self:
            if timelines[ticket.id]:
                news[ticket.id] += changes_of(
                    timelines[ticket.id], known[ticket.id], current[ticket.id], now
                )
        asking = self.filtered(
            lambda t: (
                t.id in scope.asking or not timelines[t.id] or asks_anew(known[t.id], current[t.id])
            )
        )
        asking._add_agreed(timelines, known, current, news, scope.asking)
        self._write_news(timelines, news)
        changed = self.filtered(lambda ticket: news[ticket.id] or ticket.id in scope.recount)
        return changed, timelines

    def _messages_that_stand(self, notes):
        """Return the ids of the messages that were noted and not rolled back since."""
        ids = {message_id for _ticket_id, _event, message_id in notes if message_id}
        return set(self.env["mail.message"].browse(ids).exists().ids) if ids else ids

    def _write_news(self, timelines, news):
        rows = [
            (ticket_id, event, message_id)
            for ticket_id, events in news.items()
            for event, message_id in events
        ]
        self.env["service_desk.ticket.event"]._record(rows)
        for ticket_id, event, _message_id in rows:
            timelines[ticket_id].append(event)
        for timeline in timelines.values():
            timeline.sort(key=lambda event: event.at)  # stable: of one second in the order written

    # -------------------------------------------------------------- agreements
    def _add_agreed(self, timelines, known, current, news, anew=()):
        """Ask which agreements apply to the tickets of ``self``, and add to ``news`` what is different now.

        :param anew: ids of tickets that get the versions that are in force now, whatever they had
        """
        if not self:
            return
        starts = {
            ticket.id: news[ticket.id][0][0].at for ticket in self if not timelines[ticket.id]
        }
        requests = self._clock_requests(current, at=starts)
        fits_by_request = self.env["service_desk.agreement"]._fitting(requests)
        places = self._places_of(requests, fits_by_request)
        grounds = {}
        for ticket, request, fits in zip(self, requests, fits_by_request, strict=True):
            before = known[ticket.id].get("agreed", {})
            agreed = {slot: places[request_key(request, fit)] for slot, fit in fits.items()}
            if ticket.id not in anew:
                agreed = self._keep_versions(before, agreed)
            different = changed_slots(before, agreed, request)
            why = getattr(fits, "why", None)
            if why and (different or ticket.id in starts):
                grounds[ticket.id] = why  # also why a new ticket was promised nothing
            if not different:
                continue
            event = Event(request["at"], "agreed", {"agreed": different})
            # at the opening it stands right behind it, before what is known of the time since
            place = 1 if ticket.id in starts else len(news[ticket.id])
            news[ticket.id].insert(place, (event, None))
        if grounds:
            self._explain("agreement", grounds)

    def _places_of(self, requests, fits_by_request):
        """Return ``{(version id, line id, what decides the calendar): place}`` of all that fits.

        A place is ``[version id, line id, calendar id, company id]``, as events keep it.
        """
        pairs = {
            request_key(request, fit): (request, fit)
            for request, fits in zip(requests, fits_by_request, strict=True)
            for fit in fits.values()
        }
        calendar_ids = self.env["service_desk.clock"]._calendar_ids_of(
            [(request, fit.version_id) for request, fit in pairs.values()]
        )
        return {
            key: [fit.version_id, fit.line["id"], calendar_id, request["company_id"]]
            for (key, (request, fit)), calendar_id in zip(pairs.items(), calendar_ids, strict=True)
        }

    def _keep_versions(self, before, agreed):
        """Return ``agreed`` with the version that a slot has, where the same row of the same agreement applies.

        A new version is for new tickets, and for those that get another target anyway.
        """
        kept = {}
        version_of = self.env["service_desk.clock"]._kept_version
        for slot, place in agreed.items():
            old = before.get(slot)
            same = old and old[1] == place[1] and version_of(old[0])[0] == version_of(place[0])[0]
            kept[slot] = [old[0], *place[1:]] if same else place
        return kept


def request_key(request, fit):
    """Return what decides the place of a fit."""
    names = ("partner_id", "site_id", "team_id", "company_id")
    return (fit.version_id, fit.line["id"], *(request[name] for name in names))


def merged_facts(timeline):
    """Return what is known after the last event of ``timeline``."""
    facts = {}
    for event in timeline:
        if agreed := event.facts.get("agreed"):
            facts["agreed"] = {**facts.get("agreed", {}), **agreed}
        facts.update((name, value) for name, value in event.facts.items() if name != "agreed")
    return facts


def changes_of(timeline, known, current, now):
    """Return ``[(Event, None)]`` of what is different from ``known``; nothing where nothing is."""
    facts = {name: value for name, value in current.items() if known.get(name) != value}
    if not facts:
        return []
    # a system clock that was set back must not put a change before what it changes
    at = max(now, *(event.at for event in timeline if event.facts))
    return [(Event(at, "ended" if facts.get("gone") else "changed", facts), None)]


def asks_anew(known, current):
    """Tell whether other agreements may apply now: to a ticket at work, by what it is or by its return."""
    if current["state"] in DONE:
        return False
    return known.get("state") in DONE or any(known.get(name) != current[name] for name in FIT_FACTS)


def changed_slots(before, agreed, request):
    """Return the slots that are different now; None for those that hold no longer.

    What a team or a supplier was to keep stays agreed when the ticket goes on elsewhere: the clock stands still,
    and goes on when the ticket comes back.
    """
    here = {f"ola:{request['team_id']}", f"uc:{request['supplier_id']}"}
    changed = {slot: place for slot, place in agreed.items() if before.get(slot) != place}
    for slot, place in before.items():
        stays = slot.startswith(("ola:", "uc:")) and slot not in here
        if place and slot not in agreed and not stays:
            changed[slot] = None
    return changed
