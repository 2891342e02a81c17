from datetime import datetime, timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestLines(ServiceDeskCommon):
    """From the first line to the third: with a reason, with the time of each kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        teams = cls.env["service_desk.team"]
        cls.line3 = teams.create({"name": "Network", "line": "3"})
        cls.line2 = teams.create({"name": "Engineers", "line": "2", "next_team_id": cls.line3.id})
        cls.team_it.write({"line": "1", "next_team_id": cls.line2.id})
        cls.reason = cls.env.ref("service_desk.hand_over_reason_expertise")
        cls.plain_reason = cls.env.ref("service_desk.hand_over_reason_wrong_team")

    def _wizard(self, tickets, user=None, **vals):
        wizard = (
            self.env["service_desk.ticket.hand.over"]
            .with_user(user or self.agent)
            .with_context(default_ticket_ids=tickets.ids)
        )
        return wizard.create({"reason_id": self.reason.id, "note": "<p>Cable tested</p>", **vals})

    # --------------------------------------------------------------- the lines
    def test_chain_is_shown(self):
        self.assertEqual(self.team_it.line_chain, "L1 IT → L2 Engineers → L3 Network")
        self.assertFalse(self.line3.line_chain)

    def test_lines_do_not_go_in_circles(self):
        with self.assertRefused(ValidationError, "circle"):
            self.line3.next_team_id = self.team_it

    def test_private_team_is_no_next_line(self):
        with self.assertRefused(ValidationError, "private team"):
            self.line3.next_team_id = self.team_private
        with self.assertRefused(ValidationError, "private team"):
            self.line2.is_private = True

    def test_next_line_is_of_the_same_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        other = self.env["service_desk.team"].create({"name": "Other", "company_id": company.id})
        with self.assertRefused(UserError, "company"):
            self.line3.next_team_id = other

    # ----------------------------------------------------------- the hand-over
    def test_next_line_is_proposed_and_the_first_agent_stays(self):
        ticket = self._create_ticket(user_id=self.agent.id)
        form = Form(
            self.env["service_desk.ticket.hand.over"]
            .with_user(self.agent)
            .with_context(default_ticket_ids=ticket.ids)
        )
        self.assertEqual(form.team_id, self.line2)
        form.reason_id = self.reason
        form.note = "<p>Cable tested</p>"
        form.save().action_confirm()
        self.assertEqual(ticket.team_id, self.line2)
        self.assertFalse(ticket.user_id)
        self.assertIn(self.agent.partner_id, ticket.message_partner_ids)
        note = ticket.message_ids.filtered(lambda m: "Cable tested" in m.body)
        self.assertTrue(note.is_internal)
        self.assertIn("L1 IT → L2 Engineers", note.body)
        self.assertEqual(note.author_id, self.agent.partner_id)
        self.assertEqual(
            ticket.decision_ids.filtered(lambda d: d.kind == "hand_over").text,
            "Anna Agent handed it over from “L1 IT” to “L2 Engineers”: Needs deeper knowledge",
        )

    def test_no_hand_over_without_reason(self):
        ticket = self._create_ticket()
        with self.assertRefused(UserError, "Choose a reason"):
            self._wizard(ticket, reason_id=False).action_confirm()
        with self.assertRefused(UserError, "Choose a reason"):
            ticket.with_user(self.agent).action_hand_over()
        with self.assertRefused(UserError, "Choose a reason"):
            ticket.with_user(self.agent).action_hand_over(reason_id=2**30)
        self.reason.active = False
        with self.assertRefused(UserError, "Choose a reason"):
            self._wizard(ticket).action_confirm()
        self.assertEqual(ticket.team_id, self.team_it)

    def test_explanation_is_demanded_by_the_reason(self):
        ticket = self._create_ticket()
        with self.assertRefused(UserError, "needs an explanation"):
            self._wizard(ticket, note="<p><br/></p>").action_confirm()
        with self.assertRefused(UserError, "must be a text"):
            ticket.with_user(self.agent).action_hand_over(self.reason.id, note=["x"])
        self._wizard(ticket, reason_id=self.plain_reason.id, note=False).action_confirm()
        self.assertEqual(ticket.team_id, self.line2)

    def test_hand_over_by_a_call(self):
        ticket = self._create_ticket()
        ticket.with_user(self.agent).action_hand_over(
            self.reason.id, note="<script>alert(1)</script> tried", team_id=self.line3.id
        )
        self.assertEqual(ticket.team_id, self.line3)
        self.assertNotIn("<script>", "".join(ticket.message_ids.mapped("body")))

    def test_only_to_teams_one_sees(self):
        ticket = self._create_ticket()
        with self.assertRaises(AccessError):
            ticket.with_user(self.agent).action_hand_over(
                self.reason.id, note="x", team_id=self.team_private.id
            )
        hidden = self._create_ticket(team_id=self.team_private.id)
        with self.assertRaises(AccessError):
            hidden.with_user(self.agent).action_hand_over(self.reason.id, note="x")

    def test_who_does_not_see_the_new_team_follows_no_more(self):
        ticket = self._create_ticket(user_id=self.agent.id)
        ticket.with_user(self.manager).action_hand_over(
            self.reason.id, note="x", team_id=self.team_private.id
        )
        self.assertEqual(ticket.team_id, self.team_private)
        self.assertNotIn(self.agent.partner_id, ticket.message_partner_ids)

    def test_private_team_stays_unnamed(self):
        ticket = self._create_ticket(team_id=self.team_private.id)
        self.manager.name = "Max Manager"
        ticket.with_user(self.manager).action_hand_over(
            self.reason.id, note="x", team_id=self.line2.id
        )
        self.assertIn("from “a private team”", ticket.decision_ids.text)
        note = ticket.message_ids.filtered(lambda m: "Handed over" in m.body)
        self.assertNotIn("Security", note.body)
        self.env.invalidate_all()
        self.assertEqual(ticket.with_user(self.agent).span_ids.team_id, self.line2)
        self.env.invalidate_all()
        self.assertEqual(len(ticket.with_user(self.manager).span_ids), 2)

    def test_last_line_and_same_team_and_closed(self):
        with self.assertRefused(UserError, "no next line"):
            self._create_ticket(team_id=self.line3.id).action_hand_over(self.reason.id, "x")
        with self.assertRefused(UserError, "already"):
            self._create_ticket().action_hand_over(self.reason.id, "x", self.team_it.id)
        with self.assertRefused(UserError, "Only open tickets"):
            self._create_ticket(state="cancelled").action_hand_over(self.reason.id, "x")

    def test_team_of_a_line_is_not_changed_by_hand(self):
        ticket = self._create_ticket()
        as_agent = ticket.with_user(self.agent)
        self.assertTrue(as_agent.demands_hand_over)
        with self.assertRefused(UserError, "by a hand-over with a reason"):
            as_agent.team_id = self.line2
        with self.assertRefused(UserError, "by a hand-over with a reason"):
            as_agent.with_context(service_desk_hand_over=True).write({"team_id": self.line2.id})
        self.assertFalse(ticket.with_user(self.lead).demands_hand_over)
        ticket.with_user(self.lead).team_id = self.line2
        self.assertEqual(ticket.team_id, self.line2)
        with self.assertRefused(UserError, "by a hand-over with a reason"):
            ticket.with_user(self.lead).team_id = self.team_it

    def test_teams_without_line_are_free(self):
        self.team_it.line = False
        ticket = self._create_ticket()
        ticket.with_user(self.agent).team_id = self.line2
        self.assertEqual(ticket.team_id, self.line2)

    # ---------------------------------------------------------------- the time
    def _at(self, ticket, moment, **vals):
        with freeze_time(moment):
            ticket.write(vals)

    def test_parts_are_the_whole(self):
        start = datetime(2026, 3, 2, 9, 0)  # a Monday
        with freeze_time(start):
            ticket = self._create_ticket()
        self._at(ticket, start + timedelta(minutes=20), user_id=self.agent.id)
        self._at(ticket, start + timedelta(minutes=50), team_id=self.line2.id, user_id=False)
        self._at(ticket, start + timedelta(hours=5), team_id=self.line3.id)
        self._at(ticket, start + timedelta(hours=30), state="solved")
        self._at(ticket, start + timedelta(hours=40), state="closed")
        spans = ticket.span_ids.sorted("started_at")
        self.assertEqual(
            [(span.line, span.user_id, span.minutes) for span in spans],
            [
                ("1", self.env["res.users"], 20),
                ("1", self.agent, 30),
                ("2", self.env["res.users"], 250),
                ("3", self.env["res.users"], 1500),
            ],
        )
        self.assertEqual(
            sum(spans.mapped("minutes")) * 60, (ticket.solved_at - start).total_seconds()
        )

    def test_working_time_is_that_of_the_team(self):
        self.team_it.calendar_id = self.env["resource.calendar"].create(
            {
                "name": "9 to 17",
                "tz": "Europe/Berlin",
                "attendance_ids": [(5, 0, 0)]
                + [
                    (0, 0, {"name": "d", "dayofweek": str(day), "hour_from": 9, "hour_to": 17})
                    for day in range(5)
                ],
            }
        )
        friday = datetime(2026, 3, 27, 15, 0)  # 16:00 in Berlin; the clocks change on Sunday
        with freeze_time(friday):
            ticket = self._create_ticket()
        self._at(ticket, datetime(2026, 3, 30, 8, 0), state="solved")  # Monday, 10:00 in Berlin
        self.assertEqual(ticket.span_ids.working_minutes, 120)
        self.assertEqual(ticket.span_ids.minutes, 65 * 60)

    def test_reopened_ticket_goes_on(self):
        start = datetime(2026, 3, 2, 9, 0)
        with freeze_time(start):
            ticket = self._create_ticket()
        self._at(ticket, start + timedelta(hours=1), state="solved")
        self._at(ticket, start + timedelta(hours=9), state="open")
        self._at(ticket, start + timedelta(hours=10), state="closed")
        self.assertEqual(ticket.span_ids.mapped("minutes"), [60, 60])

    def test_imported_ticket_brings_its_stay(self):
        self.patch(
            self.env.registry, "ready", False
        )  # Odoo takes a past moment of creation from data only
        ticket = self._create_ticket(
            state="closed",
            user_id=self.agent.id,
            create_date="2026-03-02 09:00:00",
            solved_at="2026-03-02 11:00:00",
        )
        self.assertEqual((ticket.span_ids.minutes, ticket.span_ids.user_id), (120, self.agent))

    @mute_logger("odoo.sql_db")
    def test_one_stay_at_a_time(self):
        ticket = self._create_ticket()
        self.assertEqual(len(ticket.span_ids), 1)
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.env["service_desk.ticket.span"].create(
                {
                    "ticket_id": ticket.id,
                    "team_id": self.line2.id,
                    "started_at": "2026-03-02 09:00:00",
                }
            )

    def test_hundred_tickets_at_once(self):
        tickets = self._create_ticket().concat(*[self._create_ticket() for _i in range(99)])
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        # two of them for each ticket are Odoo's own: the message that logs the change, and what changed
        with self.assertQueryCount(255):
            tickets.with_user(self.agent).action_hand_over(self.reason.id, "moved together")
            self.env.flush_all()
        self.assertEqual(len(tickets.span_ids), 200)
