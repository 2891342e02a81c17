"""Any life of a ticket: the clocks are those that are counted minute by minute, and some things always hold."""

from datetime import timezone

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.service_desk_sla import clocks

from .clock_oracle import OpenHours, Oracle
from .clock_strategies import lives, worlds
from .clock_world import World

#: The same examples each time: a failure is seen by whoever runs it next.
STEADY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[
        Phase.explicit,
        Phase.generate,
    ],  # a failure is told as it was found: shrinking takes minutes
)


@tagged("post_install", "-at_install")
class TestClockProperties(BaseCase):
    maxDiff = None

    def test_equal_to_counting_minutes(self):
        """Random lives, calendars, nights of clock changes, pauses, reopenings, new targets and corrections."""

        @settings(STEADY, max_examples=40)
        @given(st.data())
        def run(data):
            world, zone, day = data.draw(worlds(World))
            events, corrections, now = data.draw(lives(world, day))
            self._assert_as_counted(world, zone, events, corrections, now)

        run()

    def _assert_as_counted(self, world, zone, events, corrections, now):
        hours = {name: OpenHours(calendar, zone) for name, calendar in world.calendars.items()}
        hours[None] = OpenHours(None, timezone.utc)
        found, counted = {}, {}
        for cycle in world.fold(events, corrections):
            place = cycle.slot, cycle.metric
            found.setdefault(place, []).append(self._shown(cycle, world, now))
        events = [event for event in events if event.kind]
        slots = {slot for event in events for slot in event.facts.get("agreed", ())}
        codes = {code for each in world.definitions.values() for code in each["metrics"]}
        for slot in slots:
            for code in codes:
                oracle = Oracle(slot, code, events, world.definitions, corrections, hours)
                if shown := oracle.shown_at(now):
                    counted[slot, code] = shown
        for place in {*found, *counted}:
            for mine, theirs in zip(found.get(place, ()), counted.get(place, ()), strict=False):
                if theirs["due"] == "later":  # beyond what is counted
                    mine["due"] = "later"
        self.assertEqual(found, counted)

    def _shown(self, cycle, world, now):
        reading = clocks.read(cycle, world.hours, now)
        return {
            "number": cycle.number,
            "started_at": cycle.started_at,
            "state": reading.state,
            "used": reading.used,
            "paused": reading.paused,
            "legs": {hand: seconds for hand, seconds in reading.legs.items() if seconds},
            "target_seconds": reading.target_seconds,
            # a breach before time was excused is a matter of when: test_clock_own
            "missed_at": None if reading.is_excused else reading.missed_at,
            "due": reading.due,
        }
