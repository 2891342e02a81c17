"""What other desks' rules say of clocks, and what always holds of ours."""

import itertools
from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.service_desk.forms.conditions import holds
from odoo.addons.service_desk_sla import clocks
from odoo.addons.service_desk_sla.clocks.conditions import compiled

from .clock_world import World, when

START = datetime(2026, 3, 2, 9, 0)


def at(minutes):
    """Return the instant so many minutes after the opening."""
    return START + timedelta(minutes=minutes)


def event(minutes, kind, **facts):
    """Return an event."""
    return clocks.Event(at(minutes), kind, facts)


OPENED = event(0, "opened", state="open", team_id=1, partner_id=7)
WAITS = {"state": "waiting", "waiting_pauses": True, "waiting_hand": "requester"}


@tagged("post_install", "-at_install")
class TestClockRules(BaseCase):
    def setUp(self):
        super().setUp()
        self.world = World()
        self.world.agree("Four hours", {"resolution": (4, "hours"), "first_response": (1, "hours")})
        self.world.agree(
            "Answers",
            {
                "first_response": (30, "minutes"),
                "next_response": (45, "minutes"),
                "resolution": (75, "minutes"),
            },
        )

    def _life(self, *events, agreement="Four hours"):
        return [OPENED, self.world.agreed(START, sla=agreement), *events]

    # ------------------------------------------------------------- other desks
    def test_opening_and_attaching(self):
        """glpi-dates: an SLA counts from the opening, an OLA from when it was attached; both with their warnings."""
        targets = {"first_response": (4, "hours"), "resolution": (12, "hours")}
        self.world.agree("SLA", targets)
        targets = {"first_response": (2, "hours"), "resolution": (8, "hours")}
        self.world.agree("OLA", targets, counts_from="agreed")
        life = [OPENED, self.world.agreed(at(60), sla="SLA", ola_1="OLA")]
        expected = {
            ("sla", "first_response"): (240, 15, 225),
            ("sla", "resolution"): (720, 30, 690),
            ("ola:1", "first_response"): (180, 45, 135),
            ("ola:1", "resolution"): (540, 60, 480),
        }
        for (slot, metric), (due, before, level) in expected.items():
            reading = self.world.reading(life, slot=slot, metric=metric)
            self.assertEqual(reading.due, at(due))
            left = reading.target_seconds - before * 60
            self.assertEqual(reading.moment_of_used(left), at(level))

    def test_hours_that_begin_tomorrow(self):
        """glpi-ola-internal: four hours by hours of tomorrow only, then a pause until tomorrow at ten."""
        world = World({"tuesday": {"tz": "UTC", "hours": {"tue": [["09:00", "19:00"]]}}})
        targets = {"resolution": (4, "hours")}
        world.agree("OLA", targets, "tuesday", counts_from="agreed", waiting="always")
        life = [OPENED, world.agreed(START + timedelta(seconds=10), ola_1="OLA")]
        tomorrow = START.replace(day=3)
        self.assertEqual(world.reading(life, slot="ola:1").due, tomorrow.replace(hour=13))
        life += [event(30, "changed", **WAITS)]
        life += [clocks.Event(tomorrow.replace(hour=10), "changed", {"state": "open"})]
        self.assertEqual(world.reading(life, slot="ola:1").due, tomorrow.replace(hour=14))

    def test_no_target(self):
        """zammad-rule-0, -1: without a target there is no clock."""
        self.world.agree("Empty", {})
        self.assertEqual(self.world.fold(self._life(agreement="Empty")), [])
        self.world.agree("Nothing", {"resolution": (0, "minutes")})
        self.assertEqual(self.world.fold(self._life(agreement="Nothing")), [])
        life = self._life(event(5, "agent_message"))
        self.assertIsNone(self.world.reading(life, metric="next_response"))

    def test_answer_clears_what_is_due(self):
        """zammad-rule-2, -3, -4: repeated messages move nothing, an answer ends one clock and leaves the others."""
        life = self._life(
            event(10, "requester_message"), event(20, "requester_message"), agreement="Answers"
        )
        self.assertEqual(self.world.reading(life, metric="next_response").due, at(55))
        life.append(event(25, "agent_message"))
        self.assertEqual(self.world.reading(life, metric="next_response").state, "stopped")
        self.assertEqual(self.world.reading(life, metric="first_response").state, "stopped")
        self.assertEqual(self.world.reading(life).due, at(75))

    def test_standing_still_and_solved(self):
        """zammad-rule-5, -7, -8: nothing is due while it stands still; an answer then counts; a solved one is reckoned."""
        life = self._life(event(10, "changed", **WAITS))
        self.assertIsNone(self.world.reading(life).due)
        life.append(event(15, "agent_message"))
        self.assertEqual(self.world.reading(life, metric="first_response").used, 15 * 60)
        life.append(event(70, "changed", state="solved"))
        self.assertEqual(self.world.reading(life).used, 10 * 60)

    def test_pauses_are_intervals(self):
        """zammad-break-0, -3, -4, -5: open, waiting, open, waiting, closed in quarters of an hour; none; from the creation."""
        steps = [WAITS, {"state": "open"}, WAITS, {"state": "closed"}]
        life = self._life(
            *(event(15 * (i + 1), "changed", **facts) for i, facts in enumerate(steps))
        )
        pauses = self._pauses(life)
        self.assertEqual(pauses, [(at(15), at(30)), (at(45), at(60))])
        self.assertEqual(self._pauses(self._life()), [])
        paused = [event(0, "changed", **WAITS), event(15, "changed", state="closed")]
        self.assertEqual(self._pauses(self._life(*paused)), [(at(0), at(15))])
        days = [event(180, "changed", **WAITS), event(180 + 5 * 1440, "changed", state="closed")]
        self.assertEqual(self.world.reading(self._life(*days)).paused, 5 * 86400)

    def _pauses(self, life):
        cycle = next(c for c in self.world.fold(life) if c.metric == "resolution")
        return [(span.start, span.end) for span in cycle.spans if not span.runs]

    # ------------------------------------------------------------ always true
    def test_deleted_agreement(self):
        """A version that is gone counts as no agreement, and nothing breaks."""
        life = self._life(event(10, "changed", state="waiting"))
        self.assertEqual(clocks.fold(life, {}), [])

    def test_stored_and_read_again(self):
        """A cycle made of its JSON reads as the one that was folded."""
        life = self._life(
            event(10, "changed", **WAITS),
            event(40, "changed", state="open"),
            self.world.agreed(at(50), sla="Answers"),
        )
        excuses = [
            clocks.Correction("excuse", start=at(1), end=at(5), made_at=at(45)),
            clocks.Correction("excuse", made_at=at(50)),
        ]
        for corrections in ([], excuses):
            for cycle in self.world.fold(life, corrections):
                reading = clocks.read(cycle, self.world.hours)
                again = clocks.Cycle.of_data(
                    cycle.slot,
                    cycle.metric,
                    cycle.number,
                    cycle.spans_data(),
                    cycle.targets_data(reading),
                    cycle.outcome,
                    cycle.excuses_data(),
                    cycle.seen_at,
                )
                self.assertEqual(again, cycle)

    def test_order_of_one_second(self):
        """What happens in the second of the opening or of a merge may be written down in any order."""
        rest = [self.world.agreed(START, sla="Four hours"), event(0, "changed", user_id=5)]
        ends = [event(30, "changed", state="closed"), event(30, "ended", gone="merged")]
        lives = [
            [*first, *last]
            for first in itertools.permutations([OPENED, *rest])
            for last in itertools.permutations(ends)
        ]
        folded = {str(self.world.fold(life)) for life in lives}
        self.assertEqual(len(folded), 1)

    def test_a_pause_in_two_parts(self):
        """A wait that is written down twice is one wait."""
        whole = [event(10, "changed", **WAITS), event(40, "changed", state="open")]
        parts = [whole[0], event(25, "changed", **WAITS, priority="high"), whole[1]]
        for metric in ("resolution", "first_response"):
            one, two = (
                self.world.reading(self._life(*life), at(50), metric=metric)
                for life in (whole, parts)
            )
            self.assertEqual(one.cycle, two.cycle)

    def test_used_and_left(self):
        """As time goes by, what is used grows, what is left shrinks, and together they are the target."""
        life = self._life(
            event(10, "changed", **WAITS),
            event(40, "changed", state="open"),
            event(45, "changed", planned_start_at=str(at(60))),
            event(50, "changed", priority="high"),
        )
        used = -1
        for minutes in range(50, 400, 7):
            reading = self.world.reading(life, at(minutes))
            self.assertEqual(reading.used + reading.left, reading.target_seconds)
            self.assertGreaterEqual(reading.used, used)
            self.assertEqual(reading.due, at(4 * 60 + 45))
            self.assertEqual(reading.is_missed, at(minutes) > reading.due)
            self.assertEqual(sum(reading.legs.values()), reading.used)
            used = reading.used

    def test_percents(self):
        """Warnings know their moments, before and after they have come; the breach is told a second later."""
        life = self._life(event(60, "changed", **WAITS), event(90, "changed", state="open"))
        reading = self.world.reading(life)
        self.assertEqual(reading.moment_of(25), at(60))
        self.assertEqual(reading.moment_of(50), at(150))
        self.assertEqual(reading.moment_of(100), reading.due)
        self.assertEqual(reading.moment_of(150), at(390))
        self.assertEqual(reading.next_miss_at, reading.due + timedelta(seconds=1))
        late = self.world.reading(life, at(300))
        self.assertEqual((late.missed_at, late.next_miss_at), (at(270), None))
        waiting = self.world.reading(self._life(event(60, "changed", **WAITS)), at(70))
        self.assertEqual(waiting.moment_of(25), at(60))
        self.assertIsNone(waiting.moment_of(50))

    def test_explained(self):
        """The intervals follow each other, and add up to what the clock shows."""
        life = self._life(
            event(60, "changed", **WAITS),
            event(90, "changed", state="open"),
            self.world.agreed(at(100), sla="Answers"),
        )
        cycle = next(c for c in self.world.fold(life) if c.metric == "resolution")
        rows = clocks.explain(cycle, self.world.hours, at(130))
        self.assertEqual([row["kind"] for row in rows], ["run", "pause", "run", "run"])
        for row, after in itertools.pairwise(rows):
            self.assertEqual(row["to"], after["from"])
        used = [row["used_seconds"] // 60 for row in rows]
        self.assertEqual(used, [60, 60, 70, 100])
        self.assertEqual([row["working_seconds"] // 60 for row in rows], [60, 30, 10, 30])
        self.assertEqual([row["left_seconds"] // 60 for row in rows], [180, 180, 170, -25])
        self.assertEqual([row["missed_at"] for row in rows], [None, None, None, at(105)])

    def test_conditions(self):
        """A compiled condition answers as the one it was made of, also to junk."""
        facts = {
            "state": "open",
            "user_id": 5,
            "event": None,
            "gone": None,
            "list": ["a"],
            "b": True,
        }
        values = ["open", "", 5, True, None, ["open"], [5, True], [], {}, 1]
        keys = ["state", "user_id", "event", "list", "b", "unknown", None, 7]
        operators = ["=", "!=", "in", "not in", "set", "not set", "contains", ">", "<=", "?", None]
        for key, operator, value in itertools.product(keys, operators, values):
            line = {"key": key, "op": operator, "value": value}
            for condition in ({"all": [line]}, {"any": [line, line]}, {"all": [line, "junk"]}):
                self.assertEqual(compiled(condition)(facts), holds(condition, facts), condition)
        for nothing in (None, {}, {"all": []}, {"any": []}):
            self.assertIsNone(compiled(nothing))
        for junk in ("text", [1], {"all": "text"}, {"all": [1], "any": [1]}, {"some": [{}]}):
            self.assertFalse(compiled(junk)(facts))

    def test_promise_is_what_the_ticket_gets(self):
        """The due instant of a promise is that of a clock that never stands still."""
        hours = self.world.hours(None)
        due = clocks.first_due(4, "hours", START, hours)
        self.assertEqual(due, self.world.reading(self._life()).due)
        self.assertIsNone(clocks.first_due(None, None, START, hours))

    def test_many_cycles(self):
        """A metric that comes again and again, a hundred times."""
        life = self._life(agreement="Answers")
        for turn in range(100):
            life.append(event(turn * 10 + 1, "requester_message"))
            life.append(event(turn * 10 + 4, "agent_message"))
        cycles = [c for c in self.world.fold(life) if c.metric == "next_response"]
        self.assertEqual([cycle.number for cycle in cycles], list(range(1, 101)))
        used = {clocks.read(cycle, self.world.hours).used for cycle in cycles}
        self.assertEqual(used, {180})

    def test_own_metric(self):
        """Any condition on events and facts can start and stop a clock: also what begins when a ticket is solved."""
        own = {
            "confirming": {
                "start": {"all": [{"key": "state", "op": "=", "value": "solved"}]},
                "stop": {"all": [{"key": "state", "op": "=", "value": "closed"}]},
            },
            "call": {"start": when("arrived"), "stop": when("agent_message")},
        }
        self.world.agree("Own", {"confirming": (1, "hours"), "call": (30, "minutes")}, metrics=own)
        life = self._life(
            event(10, "arrived"),
            event(20, "agent_message"),
            event(30, "changed", state="solved"),
            agreement="Own",
        )
        self.assertEqual(self.world.reading(life, metric="call").used, 600)
        self.assertEqual(self.world.reading(life, at(50), metric="confirming").due, at(90))
        life.append(event(60, "changed", state="closed"))
        self.assertEqual(self.world.reading(life, metric="confirming").used, 1800)
