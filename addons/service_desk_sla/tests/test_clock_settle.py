from odoo.tests import tagged
from odoo.tools import SQL

from .sla_common import MONDAY, SlaCommon


@tagged("post_install", "-at_install")
class TestClockSettle(SlaCommon):
    """Clocks say what the timeline says, at once, and at the cost of a few queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls._create_agreement(
            {"first_response": 60, "resolution": 240},
            lines=[({"priority": "3"}, {"first_response": 15, "resolution": 120})],
        )

    # -------------------------------------------------------------------- clocks
    def test_new_ticket_has_its_deadlines(self):
        ticket = self._ticket_at(MONDAY)
        self.assertDue(self._clock(ticket, "first_response"), "2026-03-02 10:00:00")
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 13:00:00")
        self.assertEqual(ticket.sla_agreement_id, self.agreement)
        self.assertEqual(str(ticket.sla_due_at), "2026-03-02 10:00:00")
        self.assertEqual(ticket.sla_state, "running")
        self.assertSettled(ticket, "2026-03-02 11:20:00")

    def test_answer_stops_the_first_response(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 09:20:00"):
            self._answer(ticket)
        clock = self._clock(ticket, "first_response")
        self.assertDue(clock, "2026-03-02 10:00:00", state="stopped")
        self.assertUsed(clock, 20)
        self.assertFalse(clock.is_missed)
        self.assertEqual(str(ticket.sla_due_at), "2026-03-02 13:00:00")

    def test_wait_stands_still_and_goes_on(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 10:00:00"):
            self._answer(ticket)
            ticket._write_state(
                {"state": "waiting", "waiting_reason_id": self.waits_for_requester.id}
            )
        clock = self._clock(ticket, "resolution")
        self.assertDue(clock, None, state="paused")
        self.assertEqual((ticket.sla_state, ticket.sla_due_at), ("paused", False))
        with self._at("2026-03-02 11:00:00"):
            self._ask(ticket)
        self.assertEqual(ticket.state, "open")
        self.assertDue(clock, "2026-03-02 15:00:00")
        self.assertEqual(clock.spans[1]["hand"], "requester")
        self.assertSettled(ticket, "2026-03-02 11:20:00")

    def test_another_target_keeps_what_was_used(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 10:00:00"):
            ticket.priority = "3"
        clock = self._clock(ticket, "resolution")
        self.assertDue(clock, "2026-03-02 11:00:00")
        self.assertEqual([target["amount"] for target in clock.targets], [240, 120])
        self.assertTrue(self._clock(ticket, "first_response").is_missed)

    def test_missed_is_seen_by_whoever_settles_later(self):
        ticket = self._ticket_at(MONDAY)
        clock = self._clock(ticket, "first_response")
        self.assertTrue(clock.next_event_at)
        with self._at("2026-03-02 10:00:00"):
            self.Clock._settle(ticket)
            self.assertFalse(clock.is_missed)
        with self._at("2026-03-02 10:00:01"):
            self.Clock._settle(ticket)
            self.assertTrue(clock.is_missed)
        self.assertEqual(ticket.sla_state, "missed")
        with self._at("2026-03-02 12:00:00"):
            self._answer(ticket)
            self.assertEqual((clock.late_seconds, clock.state), (2 * 3600, "stopped"))
            ticket._write_state({"state": "solved"})
        self.assertEqual(ticket.sla_state, "missed")

    def test_all_kept_is_met(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 09:20:00"):
            self._answer(ticket)
            ticket._write_state({"state": "solved"})
        self.assertEqual((ticket.sla_state, ticket.sla_due_at), ("met", False))

    def test_amber(self):
        ticket = self._ticket_at(MONDAY)
        self.assertEqual(str(ticket.sla_warn_at), "2026-03-02 09:45:00")
        with self._at("2026-03-02 09:50:00"):
            self.Clock._settle(ticket)
        self.assertEqual(ticket.sla_state, "warning")

    def test_no_agreement_is_no_clock(self):
        self.agreement.active = False
        self.agreement.state = "ended"
        ticket = self._ticket_at(MONDAY)
        self.assertFalse(ticket.clock_ids)
        self.assertFalse(ticket.sla_agreement_id)
        self.assertFalse(ticket.sla_state)

    # --------------------------------------------------------------- self-healing
    def test_lost_row_comes_back(self):
        ticket = self._ticket_at(MONDAY)
        before = self._clock(ticket, "resolution").spans
        self.env.cr.execute(SQL("DELETE FROM service_desk_clock WHERE ticket_id = %s", ticket.id))
        self.Clock.invalidate_model()
        with self._at("2026-03-02 09:30:00"):
            self.Clock._settle(ticket)
        self.assertEqual(self._clock(ticket, "resolution").spans, before)

    def test_edited_row_is_put_right(self):
        ticket = self._ticket_at(MONDAY)
        self.env.cr.execute(
            SQL("UPDATE service_desk_clock SET due_at = NULL, used_seconds = 7 WHERE ticket_id = %s", ticket.id)
        )  # fmt: skip
        self.Clock.invalidate_model()
        with self._at("2026-03-02 09:30:00"):
            self.Clock._settle(ticket)
        clock = self._clock(ticket, "resolution")
        self.assertDue(clock, "2026-03-02 13:00:00")
        self.assertUsed(clock, 0)

    def test_stopped_clock_keeps_what_it_found(self):
        ticket = self._ticket_at(MONDAY)
        with self._at("2026-03-02 12:00:00"):
            self._answer(ticket)
            clock = self._clock(ticket, "first_response")
            self.assertUsed(clock, 180)
            self.office.attendance_ids.filtered(lambda a: a.day_period == "morning").hour_from = 11
            ticket.user_id = self.agent
        self.assertUsed(clock, 180)
        self.assertUsed(self._clock(ticket, "resolution"), 60)
        with self._at("2026-03-02 12:00:00"):
            self.Clock._settle(ticket, stopped=True)
        self.assertUsed(clock, 60)

    def test_new_version_leaves_running_clocks_alone(self):
        ticket = self._ticket_at(MONDAY)
        row = self.agreement.line_ids[-1]
        row.target_ids.filtered(lambda t: t.metric_id.code == "resolution").amount = 480
        self.agreement.action_publish()
        with self._at("2026-03-02 09:10:00"):
            ticket.service_id = self.env["service_desk.service"].create({"name": "Printing"})
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 13:00:00")
        with self._at("2026-03-02 09:20:00"):
            ticket._rematch()
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 18:00:00")

    # ------------------------------------------------------------------ the cost
    def test_creating(self):
        vals = {"name": "Counted", "team_id": self.team_it.id, "partner_id": self.customer_a.id}
        create = self.env["service_desk.ticket"].with_user(self.agent).create
        create([dict(vals)])
        self._end_of_transaction()
        one = self._queries(create, [dict(vals)])
        few = self._queries(create, [dict(vals) for _i in range(10)])
        many = self._queries(create, [dict(vals) for _i in range(40)])
        self.assertLessEqual(one, 18)
        self.assertEqual(few, many, "a ticket more costs no query more")

    def test_changing(self):
        ticket, other = (
            self._create_ticket().with_user(self.agent),
            self._create_ticket().with_user(self.agent),
        )
        for step, limit in (
            (lambda t: t.write({"priority": "3"}), 16),
            (lambda t: t.action_start(), 12),
            (lambda t: self._answer(t), 26),
        ):
            step(other)
            self.assertLessEqual(self._queries(step, ticket), limit)

    def test_changing_many(self):
        one = self._create_ticket().with_context(tracking_disable=True)
        many = one.concat(*[self._create_ticket() for _i in range(30)])
        many = many.with_context(tracking_disable=True)
        one.copy().with_context(tracking_disable=True).priority = "3"
        alone = self._queries(one.write, {"priority": "3"})
        self.assertLessEqual(self._queries((many - one).write, {"priority": "3"}), alone)
