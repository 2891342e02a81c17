"""What a timeline is made of."""

from datetime import datetime
from typing import NamedTuple

#: Facts of a ticket that clocks may ask about. Ids are ids or None; the rest is plain.
FACTS = (
    "state",  # new, open, waiting, solved, closed, cancelled
    "stage_id",
    "waiting_reason_id",
    "waiting_pauses",  # bool: the waiting reason stops clocks
    "waiting_hand",  # requester, supplier, approver, other: who has it while it waits
    "approval_state",
    "approval_hold",
    "priority",
    "type_id",
    "service_id",
    "offering_id",
    "team_id",
    "user_id",
    "company_id",
    "partner_id",
    "site_id",
    "supplier_id",
    "planned_start_at",  # "YYYY-MM-DD HH:MM:SS" or None: clocks begin no earlier
    "gone",  # None, merged, archived: with the event "ended"; clocks that have not stopped are cancelled; None again
    #          (event "changed"): they go on, the time away does not count
    # besides, of the walk alone: "event" (the kind of what happens) and "answered" (bool: we have answered once)
    "agreed",  # {slot: [version id, line id, calendar id, company id] or None}
)


class Event(NamedTuple):
    """An instant (naive UTC) at which something happened, and the facts that are different from it on."""

    at: datetime
    kind: str
    facts: dict
