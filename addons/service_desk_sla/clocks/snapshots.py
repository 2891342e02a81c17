"""The timeline as the state of the facts after each event."""

from typing import NamedTuple

from .cycles import moment
from .facts import Event

#: Of one instant: the opening comes first, then the end (what a merge changes besides does not stop a clock).
ORDER = {"opened": 0, "ended": 1}

#: Which fact names the one in whose hands the ticket is.
HAND_IDS = {"team": "team_id", "requester": "partner_id", "supplier": "supplier_id"}


class Snapshot(NamedTuple):
    """The facts from ``at`` on. ``facts["event"]`` is None but while a condition is asked about the event itself."""

    at: object
    kind: str | None  # None: nothing happened but that a planned moment has come
    facts: dict
    hand: tuple  # who has the ticket: (hand, id)
    is_early: bool  # the work is planned to begin later

    def ask(self, condition):
        """Return ``condition(facts)`` at the event itself: with its kind as the fact ``event``."""
        self.facts["event"] = self.kind
        try:
            return condition(self.facts)
        finally:
            self.facts["event"] = None

    @property
    def state(self):
        """Return the state of the ticket."""
        return self.facts.get("state")


def ordered(timeline):
    """Return the events in their order; what lies before the opening happens at it."""
    events = [Event(*event) for event in timeline]
    opening = next((event.at for event in events if event.kind == "opened"), None)
    if opening is not None:
        events = [event if event.at >= opening else event._replace(at=opening) for event in events]
    return sorted(events, key=lambda event: (event.at, ORDER.get(event.kind, 2)))


def snapshots(events):
    """Return a :class:`Snapshot` for each event, and one for each planned start that comes without one."""
    shots, facts = [], {"answered": False}
    for event in events:
        _add_planned(shots, event.at)
        facts = {**facts, **(event.facts or {}), "event": None}
        if event.kind == "agent_message":
            facts["answered"] = True  # from its first answer on; no fact of the timeline itself
        start = planned_start(facts)
        is_early = start is not None and start > event.at
        shots.append(Snapshot(event.at, event.kind, facts, hand_of(facts), is_early))
    _add_planned(shots, None)
    return shots


def hand_of(facts):
    """Return who has the ticket: whom it waits for, else the supplier that works on it, else the team."""
    if facts.get("state") == "waiting":
        hand = facts.get("waiting_hand") or "other"
    else:
        hand = "supplier" if facts.get("supplier_id") else "team"
    return hand, facts.get(HAND_IDS[hand]) if hand in HAND_IDS else None


def planned_start(facts):
    """Return when work is planned to begin."""
    return moment(facts.get("planned_start_at"))


def _add_planned(shots, before):
    """Add the moment at which the planned start has come, when it lies before the next event."""
    if not shots:
        return
    last = shots[-1]
    start = planned_start(last.facts)
    if start and last.at < start and (before is None or start < before):
        shots.append(last._replace(at=start, kind=None, is_early=False))


def agreed_by_slot(events):
    """Return ``{slot: [(instant, entry)]}`` of all ``agreed`` facts, slots in order; the last word of an instant counts."""
    found = {}
    for event in events:
        for slot, entry in ((event.facts or {}).get("agreed") or {}).items():
            found.setdefault(slot, {})[event.at] = entry
    return {slot: list(found[slot].items()) for slot in sorted(found)}
