"""Clocks are derived from the timelines of their tickets, and what differs from the stored rows is written."""

from collections import defaultdict

from odoo import api, fields, models

from ... import clocks as engine
from .service_desk_clock_row import KEY, plain_targets


class ServiceDeskClock(models.Model):
    _inherit = "service_desk.clock"

    @api.model
    def _settle(self, tickets, timelines=None, stopped=False, fresh=False):
        """Bring the clocks of ``tickets`` up to date, in a constant number of queries.

        Whatever a row said before, afterwards it says what the timeline says: doing it twice changes nothing, and a
        row that was lost comes back. A clock that has stopped keeps what was found then (a calendar edited later
        is not its business) unless its own history is different now.

        :param dict timelines: ``{ticket id: [Event]}`` where they are known already
        :param bool stopped: read stopped clocks anew, too, by the working hours as they are now
        :param bool fresh: the tickets are just being made, and have no clocks yet
        """
        tickets = tickets.sudo()  # sudo: clocks are the desk's own record
        timelines = timelines or self.env["service_desk.ticket.event"]._timelines(tickets.ids)
        cycles = self._fold_all(tickets, timelines, {} if fresh else None)
        stored = {} if fresh or not cycles else self._stored_rows(tickets.ids)
        rows = self._derive_rows(cycles, stored, quiet_moments(timelines), stopped)
        self._store(rows, stored)
        self._show(tickets, rows, timelines)

    @api.model
    def _fold_all(self, tickets, timelines, corrections=None):
        """Return ``{ticket id: [Cycle]}`` of the tickets that have, or had, an agreement.

        :param dict corrections: ``{ticket id: [clocks.Correction]}``; those that are stored by default
        """
        agreed = {
            ticket_id: version_ids
            for ticket_id in tickets.ids
            if (version_ids := versions_of(timelines[ticket_id]))
        }
        if not agreed:
            return {}
        if corrections is None:
            # sudo: above
            corrections_sudo = self.env["service_desk.clock.correction"].sudo()
            corrections = corrections_sudo._of_tickets(tickets.browse(agreed))
        return {
            ticket_id: engine.fold(
                timelines[ticket_id],
                {version_id: self._kept_version(version_id)[1] for version_id in version_ids},
                corrections.get(ticket_id, ()),
            )
            for ticket_id, version_ids in agreed.items()
        }

    # ------------------------------------------------------------------ reading
    @api.model
    def _derive_rows(self, cycles, stored, quiet, stopped):
        """Return ``{key: values}`` of all clocks as they are now."""
        now, hours_of, rows = fields.Datetime.now(), self._hours_of(), {}
        readings = {}
        for ticket_id, ticket_cycles in cycles.items():
            for cycle in ticket_cycles:
                row = self._row_of_history(ticket_id, cycle)
                key = tuple(row[name] for name in KEY)
                known = stored.get(key)
                if known and not stopped and is_settled(known, row):
                    rows[key] = known
                    continue
                row["quiet_until"] = known["quiet_until"] if known else quiet.get(ticket_id)
                readings[key] = self._read_row(row, cycle, hours_of, now)
                rows[key] = row
        for key, moment in self._next_events(
            [(rows[key], reading) for key, reading in readings.items()]
        ).items():
            rows[key]["next_event_at"] = moment
        return rows

    @api.model
    def _next_events(self, clocks):
        """Hook: return ``{key: moment}``: when the sweep must look at each clock again; None for never.

        :param clocks: ``[(values of a clock, clocks.Reading)]``; the key of a clock is the tuple of its values of
            ``KEY``. Before ``quiet_until`` nothing is told.
        """
        moments = {}
        for row, reading in clocks:
            ahead = [moment for moment in (reading.next_miss_at, reading.changes_at) if moment]
            moments[tuple(row[name] for name in KEY)] = min(ahead, default=None)
        return moments

    @api.model
    def _hours_of(self):
        """Return the function that gives the engine working hours by the ids of a calendar and a company."""
        return self.env["service_desk.working.time"]._of_ids

    # ------------------------------------------------------------------ showing
    @api.model
    def _show(self, tickets, rows, timelines):
        by_ticket = defaultdict(list)
        for row in rows.values():
            by_ticket[row["ticket_id"]].append(row)
        agreement_ids = {}
        for ticket_id in tickets.ids:
            place = (agreed_of(timelines[ticket_id]) or {}).get("sla")
            if place:
                agreement_ids[ticket_id] = self._kept_version(place[0])[0]
        tickets._show_clocks(by_ticket, agreement_ids)


def agreed_of(timeline):
    """Return what is agreed at the end of a timeline: ``{slot: place or None}``."""
    agreed = {}
    for event in timeline:
        agreed.update(event.facts.get("agreed") or {})
    return agreed


def versions_of(timeline):
    """Return the ids of all versions that a timeline names."""
    return {
        place[0]
        for event in timeline
        for place in (event.facts.get("agreed") or {}).values()
        if place
    }


def quiet_moments(timelines):
    """Return ``{ticket id: moment}`` for tickets that came in with a past, of which nobody is warned."""
    return {
        ticket_id: fields.Datetime.to_datetime(timeline[0].facts["told_from"])
        for ticket_id, timeline in timelines.items()
        if timeline and timeline[0].facts.get("told_from")
    }


def is_settled(known, row):
    """Tell whether a clock that had ended still has the history by which it was read."""
    return (
        known["state"] == row["state"]
        and known["state"] in ("stopped", "cancelled")
        and known["spans"] == row["spans"]
        and (known["excuses"] or []) == row["excuses"]
        and plain_targets(known["targets"]) == plain_targets(row["targets"])
    )
