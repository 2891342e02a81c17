"""How the timeline of a ticket begins: with its opening, or with all that is known of a past elsewhere."""

from datetime import timedelta

from odoo import fields, models

from ...clocks.facts import Event

#: A ticket that was opened so long before its timeline begins has a past of which nobody is warned.
PAST_AFTER = timedelta(minutes=10)
#: Marks of a ticket by which its past is known.
PAST_MARKS = (
    "assigned_at",
    "first_response_at",
    "last_requester_message_at",
    "last_agent_message_at",
    "needs_reply_since",
    "waiting_since",
    "solved_at",
    "closed_at",
)


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _beginning(self, facts, now):
        """Return ``[(Event, None)]`` with which the timeline begins: what is known is put in its order.

        A new ticket has one event. One that was brought over, or was there before the add-on, gets those moments
        that its marks tell; where they tell nothing it has been as it is now since it was opened.
        """
        self.ensure_one()
        opened_at = self._opened_at(now)
        marks = {name: self[name] for name in PAST_MARKS if self[name] and self[name] < now}
        if not marks or min(marks.values()) >= opened_at == now:
            told = [Event(opened_at, "opened", facts)]
        else:
            told = self._past(facts, marks, min([opened_at, *marks.values()]), now)
        opening = {name: value for name, value in told[0].facts.items() if value is not None}
        if now - told[0].at > PAST_AFTER:
            opening["told_from"] = fields.Datetime.to_string(now)
        return [(event, None) for event in (told[0]._replace(facts=opening), *told[1:])]

    def _past(self, facts, marks, opened_at, now):
        """Return the events that the marks tell; the last one leaves the ticket as it is."""
        at_first = {**facts, "state": "new", "user_id": None, "stage_id": None, "gone": None}
        at_first.update(waiting_reason_id=None, waiting_pauses=None, waiting_hand=None)
        steps = []

        def step(mark, kind, **changed):
            if mark in marks:
                steps.append((marks[mark], kind, changed))

        step("assigned_at", "changed", user_id=facts["user_id"], state="open")
        step("first_response_at", "agent_message", state="open")
        if marks.get("last_agent_message_at") != marks.get("first_response_at"):
            step("last_agent_message_at", "agent_message")
        step("needs_reply_since", "requester_message")
        step("waiting_since", "changed", state="waiting", **waits(facts))
        step("solved_at", "changed", state="solved", **waits({}))
        if marks.get("closed_at"):
            step("closed_at", "changed", state=facts["state"], **waits({}))
        return self._ordered(at_first, sorted(steps, key=lambda one: one[0]), facts, opened_at, now)

    def _ordered(self, at_first, steps, facts, opened_at, now):
        """Return the events of ``steps``, each with what it changed, behind the opening."""
        events, known = [Event(opened_at, "opened", at_first)], dict(at_first)
        for at, kind, changed in steps:
            different = {name: value for name, value in changed.items() if known[name] != value}
            known.update(different)
            if kind != "changed":
                events.append(Event(at, kind, {}))
            if different:
                events.append(Event(at, "changed", different))
        different = {name: value for name, value in facts.items() if known.get(name) != value}
        if different and events[-1].kind == "changed" and not {"state", "gone"} & different.keys():
            events[-1].facts.update(different)
        elif different:
            last = max(self.date_last_stage_update or opened_at, events[-1].at)
            kind = "ended" if different.get("gone") else "changed"
            events.append(Event(min(last, now), kind, different))
        return events


def waits(facts):
    """Return what is known of a wait."""
    return {
        name: facts.get(name) for name in ("waiting_reason_id", "waiting_pauses", "waiting_hand")
    }
