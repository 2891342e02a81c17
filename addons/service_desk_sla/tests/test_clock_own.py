"""Our own table of clocks: one line for each rule, exact to the second (``data/clocks/own.json``)."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from odoo.addons.service_desk.worktime import wall_to_utc
from odoo.addons.service_desk_sla import clocks

from .clock_world import World

DATA = Path(__file__).parent / "data" / "clocks"
#: What a word of the table is: the kind of the event, and the facts that change.
WORDS = {
    "opened": ("opened", {"state": "open", "team_id": 1, "partner_id": 7}),
    "goes on": ("changed", {"state": "open"}),
    "solved": ("changed", {"state": "solved"}),
    "closed": ("changed", {"state": "closed"}),
    "cancelled": ("changed", {"state": "cancelled"}),
    "assigned": ("changed", {"user_id": 5}),
    "released": ("changed", {"user_id": None}),
    "agent": ("agent_message", {}),
    "requester": ("requester_message", {}),
    "arrived": ("arrived", {}),
    "asks approval": ("changed", {"approval_state": "pending", "approval_hold": "work"}),
    "approved": ("changed", {"approval_state": "approved", "approval_hold": None}),
    "refused": ("changed", {"approval_state": "refused", "approval_hold": None}),
    "merged": ("ended", {"gone": "merged"}),
    "archived": ("ended", {"gone": "archived"}),
    "back": ("changed", {"gone": None}),
}
#: What the table calls the values of a reading.
MOMENTS = {"due": "due", "missed": "missed_at", "changes": "changes_at"}
DURATIONS = {"used": "used", "paused": "paused", "left": "left", "late": "late"}


def seconds(text):
    """Return the seconds of ``h:mm`` or ``h:mm:ss``, perhaps with a minus."""
    hours, minutes, rest = (*map(int, text.lstrip("-").split(":")), 0)[:3]
    return (hours * 3600 + minutes * 60 + rest) * (-1 if text.startswith("-") else 1)


class Table:
    """The table, read."""

    def __init__(self):
        data = json.loads((DATA / "own.json").read_text())
        self.calendars, self.agreements = data["calendars"], data["agreements"]
        self.cases = data["cases"]

    def world(self, case):
        """Return the world of a case."""
        world = World(self.calendars)
        for name, agreement in self.agreements.items():
            more = {
                key: agreement[key]
                for key in ("waiting", "approval", "counts_from")
                if key in agreement
            }
            metrics = {**agreement.get("metrics", {}), **case.get("metrics", {})}
            calendar = agreement["calendar"]
            targets = {code: _target(text) for code, text in agreement["targets"].items()}
            world.agree(name, targets, calendar, metrics=metrics, **more)
        world.entries["nothing"] = None
        return world

    def zone(self, case):
        """Return the time zone of a case: that of the first agreement it names."""
        names = [case.get("agreement", ""), *case["life"]]
        first = next(
            n for text in names for n in sorted(self.agreements, key=len)[::-1] if text.endswith(n)
        )
        return ZoneInfo(self.calendars[self.agreements[first]["calendar"]]["tz"])

    def moment(self, case, text):
        """Return an instant of a case as naive UTC."""
        if text.endswith("Z"):
            return datetime.fromisoformat(text[:-1])
        wall = datetime.fromisoformat(text)
        second = wall.hour * 3600 + wall.minute * 60 + wall.second
        return wall_to_utc(self.zone(case), wall.date(), second)

    def timeline(self, case, world):
        """Return the life of a case as events."""
        events = []
        for line in case["life"]:
            day, clock, words = line.split(" ", 2)
            at = self.moment(case, f"{day} {clock}")
            events.append(self._event(case, world, at, words))
            if words == "opened" and "agreement" in case:
                events.append(world.agreed(at, sla=case["agreement"]))
        return events

    def _event(self, case, world, at, words):
        if words in WORDS:
            return clocks.Event(at, *WORDS[words])
        word, rest = words.split(" ", 1)
        if word == "agreed":
            slot, _space, name = rest.partition(" ")
            slot, name = (slot, name) if ":" in slot else ("sla", rest)
            return clocks.Event(at, "agreed", {"agreed": {slot: world.entries[name]}})
        if word in ("waits", "lingers"):
            facts = {"state": "waiting", "waiting_pauses": word == "waits", "waiting_hand": rest}
        elif word == "planned":
            facts = {"planned_start_at": str(self.moment(case, rest))}
        elif word == "priority":
            facts = {"priority": rest}
        else:
            facts = {f"{word}_id": None if rest == "none" else int(rest)}
        return clocks.Event(at, "changed", facts)

    def corrections(self, case):
        """Return the corrections of a case."""
        return [
            clocks.Correction(
                **{
                    key: self.moment(case, text) if key != "kind" else text
                    for key, text in each.items()
                }
            )
            for each in case.get("corrections", ())
        ]


@tagged("post_install", "-at_install")
class TestClockOwn(BaseCase):
    def test_own_table(self):
        """Each line of the table."""
        table = Table()
        self.assertGreaterEqual(len(table.cases), 100)
        for case in table.cases:
            with self.subTest(case["id"], name=case["name"]):
                self._check(table, case)

    def _check(self, table, case):
        world = table.world(case)
        now = table.moment(case, case["now"]) if "now" in case else None
        readings = {}
        for cycle in world.fold(table.timeline(case, world), table.corrections(case)):
            reading = clocks.read(cycle, world.hours, now)
            slot = "" if cycle.slot == "sla" else f"@{cycle.slot}"
            readings[f"{cycle.metric}{slot}#{cycle.number}"] = reading
            readings[f"{cycle.metric}{slot}"] = reading  # the last one
        for name, expected in case["expect"].items():
            if expected is None:
                self.assertNotIn(name, readings)
                continue
            found = readings[name]
            for key, value in expected.items():
                self.assertEqual(
                    self._shown(found, key), self._wanted(table, case, key, value), key
                )

    @staticmethod
    def _shown(reading, key):
        if key == "legs":
            legs = reading.legs.items()
            return {f"{hand} {hand_id}": used for (hand, hand_id), used in legs}
        if key == "started":
            return reading.cycle.started_at
        name = {**MOMENTS, **DURATIONS, "excused": "is_excused"}.get(key, key)
        return getattr(reading, name)

    @staticmethod
    def _wanted(table, case, key, value):
        if key == "legs":
            return {hand: seconds(text) for hand, text in value.items()}
        if key in DURATIONS:
            return seconds(value)
        if key in (*MOMENTS, "started"):
            return value and table.moment(case, value)
        return value


def _target(text):
    """Return ``(amount, unit)`` of ``4:00`` or ``2 days``."""
    amount, _space, unit = text.partition(" ")
    return (int(amount), unit) if unit else (seconds(amount) // 60, "minutes")
