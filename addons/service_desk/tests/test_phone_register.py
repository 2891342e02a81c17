from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .phone_common import PRESS, PhoneCommon


@tagged("post_install", "-at_install")
class TestPhoneRegister(PhoneCommon):
    """A call becomes a ticket, or a word on an open one."""

    def _register(
        self, press=PRESS, caller=None, text="The till is dead\nsince nine", choices=None, **kwargs
    ):
        caller = caller or {"partner_id": self.customer_a.id, "number": "8 495 123 45 67"}
        told = self._screen().register_ticket(press, caller, text, choices, **kwargs)
        return self.env["service_desk.ticket"].browse(told["ticket_id"]), told

    def test_a_ticket_of_the_caller_by_the_operator(self):
        ticket, told = self._register(
            choices={"service_id": self.service.id, "urgency": "3", "impact": "3"}
        )
        self.assertRecordValues(
            ticket,
            [
                {
                    "name": "The till is dead",
                    "channel": "phone",
                    "partner_id": self.customer_a.id,
                    "create_uid": self.agent.id,
                    "service_id": self.service.id,
                    "team_id": self.team_it.id,
                    "priority": "3",
                    "partner_phone": "+7 495 123-45-67",
                    "needs_reply": False,
                }
            ],
        )
        self.assertIn("since nine", ticket.description)
        self.assertTrue(ticket.type_id)
        self.assertEqual(told["number"], ticket.number)
        [call] = ticket.call_ids
        self.assertRecordValues(
            call,
            [
                {
                    "user_id": self.agent.id,
                    "partner_id": self.customer_a.id,
                    "state": "ended",
                    "direction": "in",
                }
            ],
        )

    def test_the_service_decides_the_team(self):
        team = self.env["service_desk.team"].create({"name": "Tills"})
        self.service.team_id = team
        part = self.env["service_desk.service"].create(
            {"name": "Scanner", "parent_id": self.service.id, "company_id": self.company.id}
        )
        ticket, _told = self._register(choices={"service_id": part.id})
        self.assertEqual(ticket.team_id, team, "of what the service is part of")
        team.is_private = True
        ticket, _told = self._register(press="press-0002", choices={"service_id": part.id})
        self.assertEqual(
            ticket.team_id, self.team_it, "a team he may not see is none of his choices"
        )

    def test_routing_rules_see_calls(self):
        team = self.env["service_desk.team"].create({"name": "Tills"})
        self.env["service_desk.routing.rule"].create(
            {"name": "Dead things", "words_any": "dead", "team_id": team.id}
        )
        ticket, _told = self._register()
        self.assertEqual(ticket.team_id, team)

    def test_pressing_twice_makes_one(self):
        first, _told = self._register()
        second, _told = self._register(text="The till is dead, again")
        self.assertEqual(first, second)
        self.assertEqual(len(first.call_ids), 1)
        third, _told = self._register(press="press-0002")
        self.assertNotEqual(first, third)

    def test_the_press_of_another_operator_is_another_one(self):
        first, _told = self._register()
        told = self._screen(self.agent2).register_ticket(
            PRESS, {"partner_id": self.customer_b.id}, "Mine"
        )
        self.assertNotEqual(told["ticket_id"], first.id)

    def test_an_unknown_caller_becomes_a_contact(self):
        caller = {"number": "8 812 333-22-77", "name": "Nina Newcomer", "firm_id": self.firm_b.id}
        ticket, _told = self._register(caller=caller)
        self.assertRecordValues(
            ticket.partner_id,
            [
                {
                    "name": "Nina Newcomer",
                    "phone": "+7 812 333-22-77",
                    "parent_id": self.firm_b.id,
                    "create_uid": self.agent.id,
                }
            ],
        )
        self.assertEqual(self._names("88123332277"), ["Nina Newcomer"])

    def test_a_caller_who_gives_no_name(self):
        ticket, _told = self._register(caller={"number": "8 812 333-22-77"})
        self.assertFalse(ticket.partner_id)
        self.assertEqual(ticket.partner_phone, "+7 812 333-22-77")
        self.assertEqual(ticket.partner_name, "+7 812 333-22-77")
        hidden, _told = self._register(press="press-0003", caller={"number": ""})
        self.assertTrue(hidden.partner_name)

    def test_markup_in_what_he_says_stays_text(self):
        ticket, _told = self._register(text="<b>bold</b> & <script>alert(1)</script>")
        self.assertIn("&lt;b&gt;", ticket.description)

    def test_what_is_refused_leaves_nothing(self):
        before = self.env["service_desk.ticket"].search_count([])
        bad = (
            {"text": "   "},
            {"text": None},
            {"text": "x" * 20_001},
            {"press": "x"},
            {"press": None},
            {"press": "a b; c" * 5},
            {"caller": [1]},
            {"caller": {"partner_id": "1"}},
            {"caller": {"number": 5}},
            {"choices": {"user_id": 1}},
            {"choices": {"channel": "email"}},
            {"choices": [1]},
            {"choices": {"urgency": "9"}},
            {"choices": {"service_id": "x"}},
            {"choices": {"service_id": 2**30}},
        )
        for kwargs in bad:
            with self.subTest(**kwargs), self.assertRaises(UserError):
                self._register(**kwargs)
        for caller in ({"partner_id": 2**30}, {"name": "N", "firm_id": 2**30}):
            with self.assertRefused(AccessError, "no such contact"):
                self._register(caller=caller)
        self.assertEqual(self.env["service_desk.ticket"].search_count([]), before)

    def test_only_operators_register(self):
        for user in (self.employee, self.portal_a, self.auditor):
            with self.assertRaises(AccessError):
                self._screen(user).register_ticket(PRESS, {"partner_id": self.customer_a.id}, "x")

    # ------------------------------------------------------------- open tickets
    def _append(self, ticket, text="Still dead", press="press-0009", user=None, **kwargs):
        return self._screen(user).append_to_ticket(press, ticket.id, text, **kwargs)

    def test_the_same_matter_of_another_person(self):
        """What is offered while one types is added to: a note that says who called, to nobody outside."""
        ticket = self._create_ticket(
            name="Scanner of the till is dead", partner_id=self.customer_b.id
        )
        [row] = (
            self.env["service_desk.ticket"]
            .with_user(self.agent)
            .get_likely_duplicates(
                {"name": "The scanner of the till is dead", "partner_id": self.customer_a.id}
            )
        )
        self.assertEqual((row["id"], row["has_same_words"]), (ticket.id, True))
        self._append(ticket, text="Dead <b>", caller={"partner_id": self.customer_a.id})
        note = ticket.message_ids[0]
        self.assertTrue(note.subtype_id.internal)
        self.assertIn("Алла Королёва called: Dead &lt;b&gt;", note.body)
        call = self.calls.search([("ticket_id", "=", ticket.id)])
        self.assertEqual(call.partner_id, self.customer_a)

    def test_a_word_on_an_open_ticket(self):
        reason = self.env["service_desk.waiting.reason"].search(
            [("wakes_on_reply", "=", True)], limit=1
        )
        ticket = self._create_ticket(state="waiting", waiting_reason_id=reason.id)
        self.assertFalse(ticket.needs_reply)
        self._append(ticket)
        self._append(ticket)  # pressed twice
        messages = ticket.message_ids.filtered(lambda message: "Still dead" in (message.body or ""))
        self.assertEqual(len(messages), 1)
        self.assertTrue(messages.subtype_id.internal)
        self.assertEqual(messages.author_id, self.agent.partner_id)
        self.assertTrue(ticket.needs_reply, "he called: he waits again")
        self.assertEqual(ticket.state, "open")
        self.assertEqual(ticket.call_ids.user_id, self.agent)

    def test_a_word_that_needs_no_answer(self):
        ticket = self._create_ticket()
        self._append(ticket, waits=False)
        self.assertFalse(ticket.needs_reply)

    def test_a_public_word_reaches_the_requester(self):
        ticket = self._create_ticket()
        self._append(ticket, is_public=True, waits=False)
        message = ticket.message_ids[0]
        self.assertFalse(message.subtype_id.internal)
        self.assertTrue(ticket.first_response_at)
        self.assertFalse(ticket.needs_reply)

    def test_a_word_on_a_merged_ticket_waits_where_it_goes_on(self):
        survivor, merged = self._create_ticket(), self._create_ticket()
        merged._merge_into(survivor)
        survivor.needs_reply_since = False
        told = self._append(merged)
        self.assertEqual(told["number"], survivor.number)
        self.assertTrue(survivor.needs_reply)
        self.assertFalse(merged.needs_reply)
        self.assertEqual(survivor.call_ids.user_id, self.agent)

    def test_hidden_tickets_are_refused_alike(self):
        private = self._create_ticket(team_id=self.team_private.id)
        sentences = set()
        for ticket in (private, private.browse(2**30)):
            with self.assertRaises(AccessError) as refusal:
                self._append(ticket)
            sentences.add(str(refusal.exception))
        self.assertEqual(len(sentences), 1, "whether it exists is not told")
        self.assertFalse(private.call_ids)

    def test_a_ticket_routed_out_of_sight_still_has_its_number(self):
        ticket, _told = self._register()
        ticket.team_id = self.team_private
        _none, told = self._register()
        self.assertFalse(told["ticket_id"])
        self.assertEqual(told["number"], ticket.number)
