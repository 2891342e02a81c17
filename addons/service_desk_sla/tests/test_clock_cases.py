"""Cases that other service desks keep their clocks by: copied values, each with its source."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from odoo.tests import BaseCase, tagged

from odoo.addons.service_desk_sla import clocks

from .clock_world import World, when

DATA = Path(__file__).parent / "data" / "clocks"
#: What the events of the tables are to a ticket: a kind, and the facts that change.
EVENTS = {
    "customer_message": ("requester_message", {}),
    "agent_message": ("agent_message", {}),
    "agent_contact": ("agent_contact", {}),
    "first_response": ("first_response", {}),
    "pause": ("changed", {"state": "waiting", "waiting_pauses": True}),
    "resume": ("changed", {"state": "open"}),
    "reopen": ("changed", {"state": "open"}),
    "open": ("changed", {"state": "open"}),
    "close": ("changed", {"state": "closed"}),
    "agent_message_and_pause": ("agent_message", {"state": "waiting", "waiting_pauses": True}),
    "resume_by_customer_message": ("requester_message", {"state": "open"}),
}
#: The metrics of those desks: there every clock stands still while the ticket waits.
METRICS = {
    "first_response": {
        "start": when("opened"),
        "stop": when("agent_message", "first_response"),
        "pauses_while_waiting": True,
    },
    "response": {
        "start": when("requester_message"),
        "stop": when("agent_message", "agent_contact"),
        "is_repeated": True,
        "on_reopen": "ended",
    },
    "update": {
        "start": when("opened", "agent_message"),
        "stop": when("agent_message"),
        "is_repeated": True,
        "on_reopen": "ended",
    },
}


def instant(text):
    """Return a moment of the tables as naive UTC."""
    return datetime.fromisoformat(text.rstrip("Z"))


def load(name):
    """Return a table."""
    return json.loads((DATA / f"{name}.json").read_text())


@tagged("post_install", "-at_install")
class TestClockCases(BaseCase):
    def _cases(self, name, kind):
        table = load(name)
        for case in table["cases"]:
            if case["kind"] == kind:
                with self.subTest(case["id"], name=case["name"]):
                    yield case, World(table["calendars"])

    # ------------------------------------------------------------------ pauses
    def test_pauses(self):
        """A target, a start and pauses give the due instant."""
        for case, world in self._cases("glpi", "pauses"):
            self._check_pauses(case, world)

    def _check_pauses(self, case, world):
        days = "days_end" if case.get("end_of_working_day") else "days"
        world.agree(
            "target",
            {
                "resolution": (case["target_days"], days)
                if "target_days" in case
                else (case["target_seconds"] // 60, "minutes")
            },
            case["calendar"],
            waiting="reason" if case["pauses_count"] else "never",
        )
        start = instant(case["start"])
        events = [
            clocks.Event(start, "opened", {"state": "open"}),
            world.agreed(start, sla="target"),
        ]
        for pause in case["pauses"]:
            kind, facts = EVENTS["pause"]
            events.append(clocks.Event(instant(pause["from"]), kind, facts))
            events.append(clocks.Event(instant(pause["to"]), "changed", {"state": "open"}))
        reading = world.reading(events)
        self.assertEqual(reading.due, instant(case["expected_due"]))
        self.assertEqual(reading.paused, case["expected_waiting_seconds"])
        hours, offset = world.hours(case["calendar"]), case["escalation_offset"]
        expected = instant(case["expected_escalation"])
        if isinstance(offset, str):
            self.assertEqual(hours.add_days(reading.due, int(offset.rstrip("d"))), expected)
        else:
            self.assertEqual(hours.add_seconds(reading.due, offset), expected)
            used = reading.target_seconds + offset
            self.assertEqual(reading.moment_of_used(used), expected)

    # --------------------------------------------------------------- timelines
    def test_timelines(self):
        """After each event of a ticket's life its clocks show what those desks' do."""
        for name in ("zammad", "glpi"):
            for case, world in self._cases(name, "timeline"):
                for expected in case["expect"]:
                    with self.subTest(case["id"], after=expected["after"]):
                        self._check_timeline(case, world, expected)

    def _check_timeline(self, case, world, expected):
        events = self._events(case, world, expected["after"])
        now = max(event.at for event in events)
        readings = {}
        for cycle in world.fold(events):
            readings.setdefault(cycle.metric, []).append(clocks.read(cycle, world.hours, now))
        slack = timedelta(seconds=expected.get("tolerance_seconds", 0))
        forced = expected["after"] == "forced"
        for key, value in expected.items():
            if key in ("after", "tolerance_seconds"):
                continue
            metric, _line, what = key.rpartition("_")
            if metric == "next":
                found = min(
                    filter(None, (self._due(each, forced) for each in readings.values())),
                    default=None,
                )
            else:
                found = self._found(
                    what, readings.get(self._named(metric, readings), []), forced, world, case
                )
            if value is None or what not in ("due", "at"):
                self.assertEqual(found, value, key)
            elif what == "at":
                self.assertEqual([found], [instant(each) for each in value], key)
            else:
                self.assertAlmostEqual(found, instant(value), delta=slack, msg=key)

    @staticmethod
    def _named(metric, readings):
        """Return what the source means: its level is of the resolution, its update may be the next response."""
        if metric == "level":
            return "resolution"
        return "response" if metric == "update" and "update" not in readings else metric

    def _events(self, case, world, after):
        """Return the timeline up to an event of the case."""
        created = instant(case["created"])
        events = [clocks.Event(created, "opened", {"state": "open"})]
        if case.get("applies", True):
            self._agree(case, world, "0", case["sla"])
            events.append(world.agreed(created, sla="0"))
        sla = dict(case["sla"])
        for number, given in enumerate(case["events"]):
            if after == "created":
                break
            at = instant(given["at"])
            if given["event"] in ("change_sla", "sla_edited"):
                sla.update(given["sla"])
                self._agree(case, world, str(number + 1), sla)
                events.append(world.agreed(at, sla=str(number + 1)))
            elif given["event"] == "change":
                events.append(world.agreed(at, sla=None))
            elif given["event"] != "sla_added":
                events.append(clocks.Event(at, *EVENTS[given["event"]]))
            if after in (number, given["event"]):
                break
        return events

    def _agree(self, case, world, name, sla):
        targets = {}
        for key, amount in sla.items():
            metric, _line, unit = key.rpartition("_")
            if unit in ("minutes", "seconds") and metric != "levels" and amount:
                targets[metric] = (amount if unit == "minutes" else amount // 60, "minutes")
        world.agree(name, targets, case["calendar"], metrics=METRICS)

    def _due(self, readings, forced):
        """Return what is due: nothing while the clock stands still, unless the source looks past that."""
        last = readings[-1] if readings else None
        if last and forced:
            return last.spent_at
        return last.due if last and last.state != "stopped" else None

    def _found(self, what, readings, forced, world, case):
        if what == "due":
            return self._due(readings, forced)
        if what == "at":  # of a level: so many working seconds from the due instant
            hours = world.hours(case["calendar"])
            return hours.add_seconds(self._due(readings, forced), case["sla"]["levels_seconds"][0])
        stopped = [reading for reading in readings if reading.state == "stopped"]
        if not stopped:
            return None
        longest = max(stopped, key=lambda reading: reading.used)
        return (longest.used if what == "took" else longest.left) // 60
