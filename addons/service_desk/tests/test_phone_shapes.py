"""The words of exchanges: Asterisk's manager interface and a generic cloud exchange."""

import random

from odoo.tests import BaseCase, tagged

from odoo.addons.service_desk.telephony import read_asterisk, read_cloud

from .phone_common import PhoneCommon

CALLER = {"Uniqueid": "170.1", "Linkedid": "170.1", "Channel": "PJSIP/trunk-0001"}
AGENT_LEG = {"DestUniqueid": "170.2", "DestChannel": "PJSIP/101-0002", "DestCallerIDNum": "101"}
#: One call as Asterisk 20 tells it.
STORY = [
    {"Event": "Newchannel", **CALLER, "CallerIDNum": "84951234567", "CallerIDName": "<unknown>", "Exten": "4000", "ChannelState": "0"},
    {"Event": "VarSet", **CALLER, "Variable": "X", "Value": "1"},
    {"Event": "DialBegin", **CALLER, **AGENT_LEG, "CallerIDNum": "84951234567"},
    {"Event": "Newstate", "Uniqueid": "170.2", "Linkedid": "170.1", "Channel": "PJSIP/101-0002", "CallerIDNum": "101",
     "ConnectedLineNum": "84951234567", "ChannelState": "5", "ChannelStateDesc": "Ringing"},
    {"Event": "Newstate", "Uniqueid": "170.2", "Linkedid": "170.1", "Channel": "PJSIP/101-0002", "CallerIDNum": "101",
     "ConnectedLineNum": "84951234567", "ChannelState": "6", "ChannelStateDesc": "Up"},
    {"Event": "DialEnd", **CALLER, **AGENT_LEG, "DialStatus": "ANSWER"},
    {"Event": "BridgeEnter", "Uniqueid": "170.2", "Linkedid": "170.1", "CallerIDNum": "101", "ConnectedLineNum": "84951234567"},
    {"Event": "Hangup", "Uniqueid": "170.2", "Linkedid": "170.1", "Cause": "16"},
    {"Event": "Hangup", **CALLER, "Cause": "16"},
    {"Event": "Cdr", "UniqueID": "170.1", "Linkedid": "170.1", "Source": "84951234567", "BillableSeconds": "62",
     "UserField": "https://pbx.example.com/170.1.wav"},
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestPhoneShapes(PhoneCommon):
    def _play(self, events):
        self.pbx.shape = "asterisk"
        for event in events:
            self.calls.sudo()._receive(self.pbx, event)
        return self.calls.search([("call_ref", "=", "170.1")])

    def test_a_call_as_asterisk_tells_it(self):
        call = self._play(STORY)
        self.assertRecordValues(
            call,
            [
                {
                    "direction": "in",
                    "state": "ended",
                    "number": "+7 495 123-45-67",
                    "partner_id": self.customer_a.id,
                    "user_id": self.agent.id,
                    "duration_seconds": 62,
                    "recording_url": "https://pbx.example.com/170.1.wav",
                }
            ],
        )
        self.assertFalse(call.caller_name, "“<unknown>” is no name")

    def test_in_any_order_it_is_the_same_call(self):
        for seed in range(5):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                events = list(STORY)
                random.Random(seed).shuffle(events)
                call = self._play(events)
                self.assertRecordValues(
                    call, [{"state": "ended", "user_id": self.agent.id, "duration_seconds": 62}]
                )
                savepoint.close(rollback=True)

    def test_nobody_answers(self):
        call = self._play(
            [
                *STORY[:4],
                {"Event": "DialEnd", **CALLER, **AGENT_LEG, "DialStatus": "NOANSWER"},
                STORY[8],
            ]
        )
        self.assertEqual(call.state, "missed")
        self.assertFalse(call.user_id)

    def test_an_agent_dials(self):
        call = self._play(
            [
                {
                    "Event": "Newchannel",
                    "Uniqueid": "170.1",
                    "Linkedid": "170.1",
                    "CallerIDNum": "101",
                    "Exten": "84951234567",
                }
            ]
        )
        self.assertRecordValues(
            call, [{"direction": "out", "user_id": self.agent.id, "partner_id": self.customer_a.id}]
        )

    def test_an_old_asterisk(self):
        call = self._play(
            [
                {
                    "Event": "Bridge",
                    "Uniqueid1": "170.1",
                    "Uniqueid2": "170.2",
                    "CallerID1": "84951234567",
                    "CallerID2": "101",
                }
            ]
        )
        self.assertEqual((call.state, call.user_id), ("answered", self.agent))


@tagged("post_install", "-at_install")
class TestPhoneNonsense(BaseCase):
    """Whatever comes, the readers answer: an event, or nothing."""

    def test_wrong_types(self):
        values = (
            None,
            True,
            1.5,
            [],
            {},
            "",
            "\x00",
            "x" * 10_000,
            -1,
            2**80,
            {"number": "1"},
            ["a"],
        )
        keys = {key for event in STORY for key in event} | {
            "event", "call_id", "from", "to", "extension", "direction", "duration", "recording_url", "event_id",
        }  # fmt: skip
        rng = random.Random(7)
        for _turn in range(3000):
            data = {
                key: rng.choice(values)
                for key in rng.sample(sorted(keys), rng.randint(0, len(keys)))
            }
            data["Event"] = rng.choice([event["Event"] for event in STORY] + [rng.choice(values)])
            data["event"] = rng.choice(["ringing", "ended", rng.choice(values)])
            for read in (read_asterisk, read_cloud):
                event = read(data)
                if event:
                    self.assertLessEqual(max(len(event.call_ref), len(event.event_ref)), 128)
                    self.assertLessEqual(len(event.number), 64)
                    self.assertNotIn("\x00", "".join(map(str, event)))
