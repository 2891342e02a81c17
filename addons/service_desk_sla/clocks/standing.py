"""Why a clock stands still, and who has the ticket."""

from typing import NamedTuple

#: A clock that stands still for one of these when nothing more is known has been cancelled.
CANCELLING = frozenset({"cancelled", "closed", "merged", "archived", "no_agreement"})
DONE = ("solved", "closed", "cancelled")


class Stand(NamedTuple):
    """How a clock stands: it runs when ``reason`` is None."""

    reason: str | None
    reason_id: int | None
    hand: str
    hand_id: int | None


class Stretch(NamedTuple):
    """From ``at`` on the clock stands so."""

    at: object
    stand: Stand


def track(slot, shots, promises, counts_done=False):
    """Return how clocks of a slot and metric would stand, had they begun: :class:`Stretch`\\ es in order.

    :param counts_done: for clocks that began because the ticket is solved: they run although it is
    """
    found = []
    for shot in shots:
        target = promises.at(shot.at)
        rules = promises.rules_at(shot.at)
        stand = _stand(slot, shot, rules, target, counts_done)
        if found and found[-1].at == shot.at:
            found.pop()
        if not found or found[-1].stand != stand:
            found.append(Stretch(shot.at, stand))
    return found


def _stand(slot, shot, rules, target, counts_done):
    facts = shot.facts
    if facts.get("gone"):
        return Stand(facts["gone"], None, *shot.hand)
    state = facts.get("state")
    if state == "cancelled" or (state in DONE and not counts_done):
        return Stand(state, None, *shot.hand)
    if target is None or target.amount is None:
        return Stand("no_agreement", None, *shot.hand)
    if is_away(slot, facts):
        return Stand("away", None, *shot.hand)
    if shot.is_early:
        return Stand("planned", None, *shot.hand)
    if rules.waits(facts) and not _waits_for_itself(slot, facts):
        return Stand("waiting", facts.get("waiting_reason_id"), *shot.hand)
    if rules.approval and facts.get("approval_hold"):
        return Stand("approval", None, "approver", None)
    if rules.pauses(facts):
        return Stand("condition", None, *shot.hand)
    return Stand(None, None, *shot.hand)


def is_away(slot, facts):
    """Tell whether the ticket is not with the team or the supplier that a slot is about."""
    kind, _colon, holder = slot.partition(":")
    if kind not in ("ola", "uc"):
        return False
    return facts.get("team_id" if kind == "ola" else "supplier_id") != int(holder)


def _waits_for_itself(slot, facts):
    """Tell whether the wait is for the supplier whose own clock this is: that is what it measures."""
    return slot.startswith("uc:") and facts.get("waiting_hand") == "supplier"
