from odoo.exceptions import UserError
from odoo.tests import tagged

from .sla_common import MONDAY, SlaCommon


@tagged("post_install", "-at_install")
class TestClockTimeline(SlaCommon):
    """What happens to a ticket is written down once, whatever route it takes."""

    def test_opening_says_all(self):
        ticket = self._ticket_at(MONDAY, user_id=self.agent.id)
        event = self._timeline(ticket)
        self.assertEqual((event.kind, str(event.at)), ("opened", MONDAY))
        self.assertEqual(event.facts["state"], "new")
        self.assertEqual(event.facts["team_id"], self.team_it.id)
        self.assertEqual(event.facts["user_id"], self.agent.id)
        self.assertNotIn("waiting_reason_id", event.facts)

    def test_change_is_one_event_with_what_changed(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 10:00:00"):
            ticket.write({"impact": "3", "user_id": self.agent.id, "next_step": "Look"})
        kind, facts = self._events(ticket)[-1]
        self.assertEqual(kind, "changed")
        self.assertEqual(facts.keys(), {"priority", "user_id"})

    def test_what_is_no_fact_is_no_event(self):
        ticket = self._ticket_at(MONDAY)
        ticket.write({"next_step": "Look", "name": "Other words"})
        ticket.write({"user_id": False})
        self.assertEqual(self._kinds(ticket), ["opened"])

    def test_several_steps_of_one_act_are_one_event(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 10:00:00"):
            ticket.with_user(self.agent).action_assign_to_me()
        self.assertEqual(self._kinds(ticket), ["opened", "changed", "changed"])

    def test_wait_keeps_what_its_reason_meant(self):
        ticket = self._ticket_at(MONDAY)
        reason = self.waits_for_requester
        ticket._write_state({"state": "waiting", "waiting_reason_id": reason.id})
        facts = self._events(ticket)[-1][1]
        self.assertEqual(facts["state"], "waiting")
        self.assertEqual((facts["waiting_pauses"], facts["waiting_hand"]), (True, "requester"))
        reason.pauses_clocks = False
        ticket.priority = "3"
        self.assertEqual(self._events(ticket)[-1][1], {"priority": "3"})
        ticket.action_start()
        ticket._write_state({"state": "waiting", "waiting_reason_id": reason.id})
        self.assertIs(self._events(ticket)[-1][1]["waiting_pauses"], False)

    def test_answer_comes_before_what_it_causes(self):
        ticket = self._ticket_at(MONDAY)
        self._answer(ticket)
        self.assertEqual(self._kinds(ticket), ["opened", "agent_message", "changed"])
        self.assertEqual(self._events(ticket)[-1][1]["state"], "open")

    def test_notes_and_automatic_words_are_no_answer(self):
        ticket = self._ticket_at(MONDAY)
        self._answer(ticket, subtype_xmlid="mail.mt_note")
        self._answer(ticket, body="")
        self._answer(ticket, message_type="notification")
        self._answer(ticket, message_type="auto_comment")
        self._answer(ticket, user=self.env.ref("base.user_root"))
        ticket.with_user(self.agent).message_notify(
            partner_ids=self.agent2.partner_id.ids, body="Look"
        )
        self.assertNotIn("agent_message", self._kinds(ticket))

    def test_agent_who_asks_for_himself_does_not_answer(self):
        ticket = self._ticket_at(MONDAY, partner_id=self.agent.partner_id.id)
        self._answer(ticket)
        self.assertEqual(self._kinds(ticket), ["opened", "requester_message"])

    def test_answer_that_is_undone_never_was(self):
        ticket = self._ticket_at(MONDAY)
        self.env["service_desk.settings"]._of(self.company).undo_send_seconds = 30
        message = self._answer(ticket)
        self.assertIn("agent_message", self._kinds(ticket))
        ticket.with_user(self.agent).action_undo_send(message.id)
        self.assertNotIn("agent_message", self._kinds(ticket))

    def test_answer_for_later_counts_when_it_leaves(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 10:00:00"):
            self._answer(ticket, scheduled_date="2026-03-03 08:00:00")
        self.assertNotIn("agent_message", self._kinds(ticket))
        with self._at("2026-03-03 08:00:10"):
            self.env["mail.message.schedule"].sudo()._send_notifications_cron()
        last = self._timeline(ticket).filtered(lambda event: event.kind == "agent_message")
        self.assertEqual(str(last.at), "2026-03-03 08:00:10")

    def test_requester_writes(self):
        ticket = self._ticket_at(MONDAY)
        self._ask(ticket)
        self.assertEqual(self._kinds(ticket), ["opened", "requester_message"])

    def test_first_mail_is_the_opening(self):
        ticket = self._ticket_at(MONDAY)
        self._ask(ticket.with_context(service_desk_first_message=True))
        self.assertEqual(self._kinds(ticket), ["opened"])

    def test_talk_on_the_phone_is_an_answer(self):
        ticket = self._ticket_at(MONDAY, channel="phone")
        self.assertEqual(self._kinds(ticket), ["opened", "agent_message"])
        late = self._ticket_at(MONDAY)
        late._set_marks(channel="phone")  # as the phone screen does
        self.assertEqual(self._kinds(late), ["opened", "agent_message"])

    def test_agent_who_calls_back_answers(self):
        ticket = self._ticket_at(MONDAY)
        pbx = self.env["service_desk.pbx"].create({"name": "Exchange"})
        calls = self.env["service_desk.call"].create(
            [
                {"pbx_id": pbx.id, "direction": direction, "state": state, "ticket_id": ticket.id, "user_id": self.agent.id, "company_id": self.company.id,
                 "call_ref": f"{direction}{state}", "started_at": MONDAY, "answered_at": "2026-03-02 10:00:00",
                 "ended_at": "2026-03-02 10:05:00"}
                for direction, state in (("out", "missed"), ("in", "ended"), ("out", "ended"))
            ]
        )  # fmt: skip
        calls._tell_ticket()
        calls._tell_ticket()
        answers = self._timeline(ticket).filtered(lambda event: event.kind == "agent_message")
        self.assertEqual(answers.mapped(lambda event: str(event.at)), ["2026-03-02 10:00:00"])

    def test_answer_to_all_is_an_answer(self):
        ticket = self._ticket_at(MONDAY)
        ticket._count_as_answered()
        self.assertEqual(self._kinds(ticket), ["opened", "agent_message", "changed"])

    def test_arrival(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 11:30:00"):
            ticket.with_user(self.agent).action_arrive()
        self.assertEqual(str(ticket.arrived_at), "2026-03-02 11:30:00")
        self.assertEqual(self._kinds(ticket), ["opened", "arrived"])
        ticket._write_state({"state": "cancelled"})
        with self.assertRefused(UserError, "nobody is awaited"):
            ticket.action_arrive()

    def test_supplier_has_it_until_it_is_taken_up_again(self):
        ticket = self._ticket_at(MONDAY)
        wizard = self.env["service_desk.ticket.wait"].create(
            {
                "ticket_ids": [(6, 0, ticket.ids)],
                "reason_id": self.waits_for_supplier.id,
                "supplier_id": self.firm_b.id,
            }
        )
        wizard.action_confirm()
        facts = self._events(ticket)[-1][1]
        self.assertEqual(
            (facts["supplier_id"], facts["waiting_hand"]), (self.firm_b.id, "supplier")
        )
        ticket.with_context(service_desk_woke=True)._write_state({"state": "open"})
        self.assertEqual((ticket.state, ticket.supplier_id), ("open", self.firm_b))
        ticket._write_state({"state": "waiting", "waiting_reason_id": self.waits_for_supplier.id})
        ticket.action_start()
        self.assertFalse(ticket.supplier_id)

    def test_failure_takes_back_what_was_noted(self):
        ticket = self._ticket_at(MONDAY)
        with ticket._clock_scope():
            with (
                self.assertRaises(ZeroDivisionError),
                self.env.cr.savepoint(),
                ticket._clock_scope(),
            ):
                ticket._note_event("arrived")
                raise ZeroDivisionError
            ticket.priority = "3"
        self.assertEqual(self._kinds(ticket), ["opened", "changed"])

    def test_message_that_was_rolled_back(self):
        ticket = self._ticket_at(MONDAY)
        with ticket._clock_scope():
            with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
                self._answer(ticket)
                raise ZeroDivisionError
            ticket.priority = "3"
        self.assertEqual(self._kinds(ticket), ["opened", "changed"])

    def test_clock_that_was_set_back(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 12:00:00"):
            ticket.priority = "3"
        with self._at("2026-03-02 10:00:00"):
            ticket.priority = "0"
            ticket.priority = "1"
        events = self._timeline(ticket)
        self.assertEqual([(e.facts or {}).get("priority") for e in events][1:], ["3", "0", "1"])
        self.assertEqual({str(e.at) for e in events[1:]}, {"2026-03-02 12:00:00"})

    def test_merged_and_back(self):
        survivor, ticket = self._ticket_at(MONDAY), self._ticket_at(MONDAY)
        ticket._merge_into(survivor)
        kind, facts = self._events(ticket)[-1]
        self.assertEqual((kind, facts["gone"]), ("ended", "merged"))
        ticket.action_undo_merge()
        kind, facts = self._events(ticket)[-1]
        self.assertEqual((kind, facts["gone"], facts["state"]), ("changed", None, "new"))

    def test_question_goes_over_with_a_merge(self):
        ticket = self._ticket_at("2026-03-02 09:00:00", channel="email")
        ticket._set_marks(needs_reply_since="2026-03-02 09:00:00")
        survivor = self._ticket_at("2026-03-02 09:30:00")
        with self._at("2026-03-02 10:00:00"):
            ticket._merge_into(survivor)
        question = self._timeline(survivor).filtered(lambda e: e.kind == "requester_message")
        self.assertEqual(str(question.at), "2026-03-02 09:30:00")

    def test_archived_and_back(self):
        ticket = self._ticket_at(MONDAY)
        ticket.action_archive()
        self.assertEqual(self._events(ticket)[-1], ("ended", {"gone": "archived"}))
        ticket.action_unarchive()
        self.assertEqual(self._events(ticket)[-1], ("changed", {"gone": None}))

    def test_deleted_with_its_ticket(self):
        ticket = self._ticket_at(MONDAY)
        events = self._timeline(ticket)
        ticket.unlink()
        self.assertFalse(events.exists())

    def test_thousand_at_once_cost_what_one_costs(self):
        many = self.env["service_desk.ticket"].concat(*[self._create_ticket() for _i in range(30)])
        one = self._create_ticket()
        self._create_ticket().with_context(tracking_disable=True).supplier_id = self.firm_a

        def write(tickets):
            tickets.with_context(tracking_disable=True).write({"supplier_id": self.firm_b.id})

        alone = self._queries(write, one)
        self.assertLessEqual(self._queries(write, many), alone + 1)
        self.assertEqual(self.Event.search_count([("ticket_id", "in", many.ids)]), 60)
