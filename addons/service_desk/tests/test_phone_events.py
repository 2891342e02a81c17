from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .phone_common import PRESS, PhoneCommon


@tagged("post_install", "-at_install")
class TestPhoneEvents(PhoneCommon):
    """What an exchange tells, on the call, on the ticket and on the agent's screen."""

    def setUp(self):
        super().setUp()
        self.told = []

        def send(bus, target, kind, message):
            if kind == "service_desk.call":
                self.told.append((target, message))

        self.startPatcher(patch.object(self.env.registry["bus.bus"], "_sendone", send))

    def _told_to(self, user):
        return [message for target, message in self.told if target == user.partner_id]

    def _ring(self, number="84951234567", extension="101", **kwargs):
        return self._tell("ringing", **{"from": number}, extension=extension, **kwargs)

    def test_a_call_from_start_to_end(self):
        call = self._ring()
        self.assertRecordValues(
            call,
            [
                {
                    "state": "ringing",
                    "number": "+7 495 123-45-67",
                    "partner_id": self.customer_a.id,
                    "team_id": self.team_it.id,
                }
            ],
        )
        self._tell("answered", extension="101")
        self.assertEqual((call.state, call.user_id), ("answered", self.agent))
        self._tell("ended", duration="75")
        self.assertEqual((call.state, call.duration_seconds), ("ended", 75))
        self._tell("recording", recording_url="https://pbx.example.com/r/1.mp3")
        self.assertEqual(call.recording_url, "https://pbx.example.com/r/1.mp3")

    def test_the_card_pops_up_at_that_agent_only(self):
        self._create_ticket()
        self._create_ticket(team_id=self.team_private.id)
        call = self._ring()
        [message] = self._told_to(self.agent)
        self.assertEqual(
            message,
            {
                "call_id": call.id, "state": "ringing", "number": "+7 495 123-45-67", "name": "Алла Королёва",
                "detail": "Firm A", "open_count": 1,
            },
        )  # fmt: skip
        self.assertFalse(self._told_to(self.agent2))

    def test_what_pops_up_is_what_the_agent_may_see(self):
        self._create_ticket(team_id=self.team_private.id)
        self._ring(extension="102")
        self.assertEqual(self._told_to(self.agent2)[0]["open_count"], 1, "a member")
        self._ring(extension="101", call_id="c2")
        self.assertEqual(self._told_to(self.agent)[0]["open_count"], 0)

    def test_who_does_not_answer_loses_the_pop_up(self):
        self._ring()
        self._ring(extension="102")
        self._tell("answered", extension="102")
        self.assertEqual(self._told_to(self.agent)[-1]["state"], "over")
        self.assertEqual(self._told_to(self.agent2)[-1]["state"], "answered")
        self._tell("ended")
        self.assertEqual(self._told_to(self.agent2)[-1]["state"], "over")

    def test_a_leg_that_was_not_taken(self):
        call = self._ring()
        self._tell("left", extension="101")
        self.assertEqual(self._told_to(self.agent)[-1]["state"], "over")
        self.assertEqual(call.state, "ringing")
        self._tell("ended")
        self.assertEqual(call.state, "missed")

    def test_events_told_twice_and_in_the_wrong_order(self):
        call = self._tell("ended", duration="10", **{"from": "84951234567"})
        self._tell("answered", extension="101")
        self._ring()
        self._ring()
        self._tell("ended", duration="99")
        self.assertEqual((call.state, call.duration_seconds), ("ended", 10))
        self.assertEqual(call.user_id, self.agent)
        self.assertEqual(
            self.env["service_desk.call.event"].search_count([("call_id", "=", call.id)]), 3
        )
        self.assertEqual(len(call), 1)

    def test_hidden_and_internal_numbers(self):
        hidden = self._ring(number="")
        self.assertFalse(hidden.partner_id)
        self.assertTrue(hidden.display_name)
        inside = self._ring(number="102", call_id="c2")
        self.assertEqual(inside.partner_id, self.agent2.partner_id)
        several = self._ring(number="88123332211", call_id="c3")
        self.assertFalse(several.partner_id, "two people have this number")
        self.assertIn("2 contacts", self._told_to(self.agent)[-1]["name"])

    def test_an_outgoing_call(self):
        call = self._tell("started", direction="out", to="84951234567", **{"from": "101"})
        self.assertEqual((call.direction, call.partner_id), ("out", self.customer_a))
        self.assertFalse(self.told)

    def test_people_without_a_telephone(self):
        self.agent.active = False
        self._ring()
        self._ring(extension="999")
        self._ring(extension="")
        self.assertFalse(self.told)

    # ------------------------------------------------------------- with a ticket
    def _note(self, ticket):
        return ticket.message_ids.filtered(lambda message: "/odoo/calls/" in (message.body or ""))

    def test_the_ticket_is_told_when_the_call_ends(self):
        call = self._ring()
        self._tell("answered", extension="101")
        told = self._screen().register_ticket(
            PRESS, {"partner_id": self.customer_a.id}, "Dead till", None, call.id
        )
        ticket = self.env["service_desk.ticket"].browse(told["ticket_id"])
        self.assertEqual(call.ticket_id, ticket)
        self.assertFalse(self._note(ticket))
        self._tell("ended", duration="200")
        self._tell("recording", recording_url="https://pbx.example.com/r/1.mp3")
        [note] = self._note(ticket)
        self.assertIn("3 min 20 s", note.body)
        self.assertTrue(note.subtype_id.internal)
        self.assertEqual(note.author_id, self.agent.partner_id)
        self.assertNotIn("pbx.example.com", note.body, "who may listen is asked on the call")

    def test_a_ticket_after_the_call(self):
        call = self._ring()
        self._tell("answered", extension="101")
        self._tell("ended", duration="5")
        ticket = self._create_ticket()
        self._screen().append_to_ticket("press-0005", ticket.id, "He called", call_id=call.id)
        self.assertEqual(len(self._note(ticket)), 1)

    def test_two_tickets_from_one_call(self):
        call = self._ring()
        self._tell("answered", extension="101")
        caller = {"partner_id": self.customer_a.id}
        first = self._screen().register_ticket(PRESS, caller, "One", None, call.id)
        second = self._screen().register_ticket("press-0002", caller, "Two", None, call.id)
        self.assertNotEqual(first["ticket_id"], second["ticket_id"])
        self.assertEqual(call.ticket_id.id, first["ticket_id"])

    def test_calls_of_others_are_refused(self):
        call = self._ring(extension="102")
        other = self.env["service_desk.call"].browse(2**30)
        for wrong in (call, other):
            with self.assertRefused(AccessError, "no such call"):
                self._screen().get_call(wrong.id)
            with self.assertRefused(AccessError, "no such call"):
                self._screen().register_ticket(
                    PRESS, {"partner_id": self.customer_a.id}, "x", None, wrong.id
                )
        shown = self._screen(self.agent2).get_call(call.id)
        self.assertEqual(shown["found"]["rows"][0]["id"], self.customer_a.id)
        self._tell("answered", extension="101")
        with self.assertRefused(AccessError, "no such call"):
            self._screen(self.agent2).get_call(call.id)

    def test_links_that_are_none_are_not_kept(self):
        call = self._ring()
        for number, link in enumerate(
            (
                "javascript:alert(1)",
                "file:///etc/passwd",
                "//x",
                "https://",
                "http://a b\n",
                5,
                "h" * 3000,
            )
        ):
            self._tell("recording", recording_url=link, event_id=f"r{number}")
        self.assertFalse(call.recording_url)

    def test_recordings_are_not_for_auditors(self):
        call = self._ring()
        self._tell("recording", recording_url="https://pbx.example.com/r/1.mp3")
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            call.with_user(self.auditor).read(["recording_url"])
        self.assertTrue(call.with_user(self.manager).recording_url)

    def test_calls_whose_end_was_never_told(self):
        talked = self._ring()
        self._tell("answered", extension="101")
        ticket = self._create_ticket()
        self._screen().append_to_ticket("press-0007", ticket.id, "He called", call_id=talked.id)
        silent = self._ring(call_id="c2")
        running = self._ring(call_id="c3")
        (talked | silent).started_at = "2020-01-01 00:00:00"
        self.calls._gc_unended()
        self.assertEqual(
            (talked | silent | running).mapped("state"), ["ended", "missed", "ringing"]
        )
        self.assertEqual(len(self._note(ticket)), 1)

    def test_old_events_are_forgotten(self):
        self._ring()
        events = self.env["service_desk.call.event"].search([("pbx_id", "=", self.pbx.id)])
        self.env.cr.execute(
            "UPDATE service_desk_call_event SET create_date = now() - interval '31 days' WHERE id IN %s",
            [tuple(events.ids)],
        )
        events.invalidate_recordset()
        events._gc_events()
        self.assertFalse(events.exists())
