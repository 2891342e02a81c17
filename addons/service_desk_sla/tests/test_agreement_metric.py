"""Metrics: what may be said of starts and stops, and what is refused."""

from datetime import datetime

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..clocks import FACTS, Event, fold
from .agreement_common import AgreementCommon

OPENED = {"all": [{"key": "event", "op": "=", "value": "opened"}]}
SOLVED = {"all": [{"key": "state", "op": "in", "value": ["solved", "closed"]}]}


@tagged("post_install", "-at_install")
class TestAgreementMetric(AgreementCommon):
    def _metric(self, **vals):
        return self.env["service_desk.metric"].create(
            {
                "name": "Own metric",
                "start_condition": OPENED,
                "stop_condition": SOLVED,
                **vals,
            }
        )

    def test_the_usual_ones_are_there(self):
        codes = self.env["service_desk.metric"].search([]).mapped("code")
        usual = {
            "first_response",
            "assignment",
            "next_response",
            "update",
            "arrival",
            "approval",
            "resolution",
        }
        self.assertLessEqual(usual, set(codes))

    def test_code_is_made_of_the_name(self):
        first, second = self._metric(name="Call back"), self._metric(name="Call back")
        self.assertEqual((first.code, second.code), ("call_back", "call_back_2"))
        self.assertTrue(self._metric(name="Перезвонить").code)
        with self.assertRefused(ValidationError, "never changes"):
            first.code = "other"
        with self.assertRefused(ValidationError, "is made of small letters"):
            self._metric(code="Call Back")

    def test_own_metric_by_a_stage(self):
        stage = self.env["service_desk.stage"].search([], limit=1)
        metric = self._metric(
            stop_condition={"all": [{"key": "stage_id", "op": "=", "value": str(stage.id)}]}
        )
        # clocks compare ids
        self.assertEqual(metric._definition()["stop"]["all"][0]["value"], stage.id)

    def test_nonsense_is_refused(self):
        def line(key="state", op="=", value="open"):
            return {"all": [{"key": key, "op": op, "value": value}]}

        for text, vals in (
            ("nothing is known of “weather”", {"stop_condition": line("weather")}),
            ("cannot be compared with this value", {"stop_condition": line(value="asleep")}),
            ("cannot be compared with this value", {"stop_condition": line("answered", value="x")}),
            ("cannot be compared in this way", {"stop_condition": line(op=">")}),
            ("cannot be read", {"stop_condition": ["state"]}),
            ("Say when “Own metric” starts", {"start_condition": {"all": []}}),
            ("Say when “Own metric” stops", {"stop_condition": {"any": []}}),
            ("would stop the moment it starts", {"stop_condition": OPENED}),
            ("Own metric, Stands Still While: nothing", {"pause_condition": line("weather")}),
        ):
            with self.subTest(text=text), self.assertRefused(ValidationError, text):
                self._metric(**vals)

    def test_a_used_one_stays(self):
        self._agreement("Shops", [self._line(None, 60)])
        with self.assertRefused(UserError, "cannot be archived: Shops has a target for it"):
            self.resolution.active = False
        with self.assertRefused(UserError, "cannot be deleted: Shops has a target for it"):
            self.resolution.unlink()
        own = self._metric()
        own.active = False
        own.unlink()

    # -------------------------------------------------------- what they measure
    def test_what_the_usual_ones_measure(self):
        """A morning of a ticket, and what each metric makes of it; the first message is the opening itself."""

        def at(clock):
            return datetime.fromisoformat(f"2026-03-02 {clock}:00")

        metrics = self.env["service_desk.metric"].search([])
        targets = {metric.code: {"amount": 1, "unit": "hours"} for metric in metrics}
        definition = {
            "metrics": {metric.code: metric._definition() for metric in metrics},
            "lines": [{"id": 1, "targets": targets}],
            "pauses": {"waiting": "reason", "approval": True},
            "from": "opening",
        }
        facts = {**dict.fromkeys(FACTS), "state": "new", "approval_state": "none", "priority": "1"}
        timeline = [
            Event(at("09:00"), "opened", facts),
            Event(at("09:00"), "agreed", {"agreed": {"sla": [1, 1, None, self.company.id]}}),
            Event(at("09:02"), "changed", {"user_id": self.agent.id}),
            Event(at("09:03"), "changed", {"approval_state": "pending", "approval_hold": "work"}),
            Event(at("09:04"), "changed", {"approval_state": "approved", "approval_hold": None}),
            Event(at("09:05"), "requester_message", {}),  # still waits for the first answer
            Event(at("09:10"), "agent_message", {"state": "open"}),
            Event(at("09:20"), "requester_message", {}),
            Event(at("09:25"), "requester_message", {}),  # the oldest one counts
            Event(at("09:40"), "agent_message", {}),
            Event(at("09:50"), "arrived", {}),
            Event(at("10:00"), "changed", {"state": "solved"}),
        ]
        measured = {}
        for cycle in fold(timeline, {1: definition}):
            span = f"{cycle.started_at:%H:%M}-{cycle.stopped_at:%H:%M}"
            measured.setdefault(cycle.metric, []).append(span)
        expected = {
            "first_response": ["09:00-09:10"],
            "next_response": ["09:20-09:40"],
            "update": ["09:00-09:10", "09:10-09:40", "09:40-10:00"],
            "assignment": ["09:00-09:02"],
            "arrival": ["09:00-09:50"],
            "approval": ["09:03-09:04"],
            "resolution": ["09:00-10:00"],
        }
        self.assertEqual({code: measured.get(code) for code in expected}, expected)
