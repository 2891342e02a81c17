"""Approving a leave gives the person's tickets to others, and says to nobody why he is away."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import MONDAY, HrCommon


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestLeave(HrCommon):
    def setUp(self):
        super().setUp()
        self.ticket = self._create_ticket(user_id=self.agent.id)

    def _notified(self, user):
        """Return what ``user`` was told of Anna's tickets, as text."""
        messages = self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("subject", "like", self.agent.name)]
        )
        mine = messages.filtered(lambda m: user.partner_id in m.notified_partner_ids)
        return "".join(map(str, mine.mapped("body")))

    # ------------------------------------------------------------ the same minute
    def test_approving_a_leave_of_today_moves_the_tickets(self):
        leave = self._leave(self.anna, "2026-03-02", "2026-03-06")
        trigger = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertLessEqual(min(trigger.mapped("call_at")), MONDAY, "at once")
        self._run_job()
        self.assertFalse(self.ticket.user_id)
        self.assertEqual(self.ticket.assign_code, "queued")
        self.assertTrue(leave.service_desk_moved_at)
        self.assertFalse(leave.service_desk_due_at)

    def test_whoever_is_there_gets_them(self):
        self._leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_assign").method_direct_trigger()
        self.assertEqual(self.ticket.user_id, self.agent2)

    def test_why_is_told_without_the_kind_of_leave(self):
        self._leave(self.anna, "2026-03-02", "2026-03-06", name="Canary Disease of the canary")
        self._run_job()
        decisions = self.ticket.decision_ids.with_user(self.agent2)
        texts = " ".join(decisions.mapped("text"))
        self.assertIn("Anna Agent", texts)
        self.assertNotIn("Canary", texts + str(decisions.mapped("payload")))
        for user in self.lead, self.agent:
            self.assertTrue(self._notified(user))
            self.assertNotIn("Canary", self._notified(user))

    def test_people_are_told(self):
        other = self._create_ticket(user_id=self.agent.id, name="Scales")
        self._leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        self.assertIn(self.ticket.number, self._notified(self.lead))
        self.assertIn(other.number, self._notified(self.lead))
        self.assertIn("9 March", self._notified(self.lead), "when she is back")
        self.assertIn(self.ticket.number, self._notified(self.agent))
        self.assertEqual(self._notified(self.lead).count("<ul>"), 1, "one message for all")

    def test_leads_hear_of_shifts_of_duty(self):
        rota = self.env["service_desk.oncall"].create({"name": "IT", "team_id": self.team_it.id})
        shift = {
            "oncall_id": rota.id,
            "user_id": self.agent.id,
            "start_at": "2026-03-05 14:00:00",
            "end_at": "2026-03-06 04:00:00",
        }
        later = dict(shift, start_at="2026-03-12 14:00:00", end_at="2026-03-13 04:00:00")
        self.env["service_desk.oncall.shift"].create([shift, later])
        self._leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        self.assertIn("must take: 1, the first on 5 March", self._notified(self.lead))

    def test_running_again_changes_nothing(self):
        self._leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        self.ticket.user_id = self.agent  # a lead wants it so
        self._run_job()
        self.assertEqual(self.ticket.user_id, self.agent)
        self.assertEqual(self._notified(self.lead).count("<ul>"), 1)

    # --------------------------------------------------------------------- later
    def test_leave_of_next_week_moves_when_it_begins(self):
        leave = self._leave(self.anna, "2026-03-09", "2026-03-13")
        self._run_job()
        self.assertEqual(self.ticket.user_id, self.agent)
        self.assertEqual(leave.service_desk_due_at, datetime(2026, 3, 9, 4))
        with freeze_time("2026-03-09 03:59:00"):
            self._run_job()
            self.assertEqual(self.ticket.user_id, self.agent)
        with freeze_time("2026-03-09 04:00:00"):
            self._run_job()
            self.assertFalse(self.ticket.user_id)

    def test_what_is_promised_for_its_days_moves_at_once(self):
        promised = self._create_ticket(
            user_id=self.agent.id, next_update_at=datetime(2026, 3, 10, 6), next_step="Call"
        )
        after = self._create_ticket(
            user_id=self.agent.id, next_update_at=datetime(2026, 3, 20, 6), next_step="Call"
        )
        self._leave(self.anna, "2026-03-09", "2026-03-13")
        self._run_job()
        self.assertFalse(promised.user_id)
        self.assertEqual((self.ticket | after).user_id, self.agent)
        self.team_it.leave_moves_ahead = False

    def test_nothing_moves_ahead_where_the_team_does_not_want_it(self):
        self.team_it.leave_moves_ahead = False
        self.ticket.next_update_at = datetime(2026, 3, 10, 6)
        self._leave(self.anna, "2026-03-09", "2026-03-13")
        self._run_job()
        self.assertEqual(self.ticket.user_id, self.agent)

    def test_stopped_server_does_not_move_tickets_of_past_leaves(self):
        self._leave(self.anna, "2026-03-03")
        with freeze_time("2026-03-04 06:00:00"):
            self._run_job()
            self.assertEqual(self.ticket.user_id, self.agent)
            self.assertFalse(self.env["hr.leave"].search([("service_desk_due_at", "!=", False)]))

    def test_refused_cancelled_shortened(self):
        for end in ("refuse", "cancel", "back"):
            leave = self._leave(self.anna, "2026-03-09", "2026-03-13")
            if end == "refuse":
                leave.with_user(self.hr_user).action_refuse()
            elif end == "cancel":
                leave._force_cancel("not needed")
            else:
                leave.with_user(self.hr_user).action_back_to_approval()
            self.assertFalse(leave.service_desk_due_at, end)
            with freeze_time("2026-03-09 04:00:00"):
                self._run_job()
            self.assertEqual(self.ticket.user_id, self.agent, end)
            leave.sudo().state = "refuse"

    def test_approved_twice_after_a_public_holiday_moves_once(self):
        leave = self._leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        self.ticket.user_id = self.agent
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-05 04:00:00",
                "date_to": "2026-03-05 13:00:00",
            }
        )
        self.assertEqual(leave.state, "validate")
        self._run_job()
        self.assertEqual(self.ticket.user_id, self.agent)

    def test_leave_that_needs_no_approval(self):
        self.leave_type.leave_validation_type = "no_validation"
        self._request_leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        self.assertFalse(self.ticket.user_id)

    def test_fault_of_the_desk_does_not_stop_the_approval(self):
        other = self._create_ticket(user_id=self.agent2.id)
        leaves = self.env["hr.leave"]
        release = type(self.env["service_desk.ticket"])._release

        def fail(tickets, *args, **kwargs):
            if self.ticket in tickets:
                raise ValueError("broken")
            return release(tickets, *args, **kwargs)

        with patch.object(type(self.env["service_desk.ticket"]), "_release", fail):
            leaves |= self._leave(self.anna, "2026-03-02", "2026-03-06")
            leaves |= self._leave(self.boris, "2026-03-02", "2026-03-06")
            with mute_logger("odoo.addons.service_desk_hr.models.hr_leave"):
                self._run_job()
        self.assertEqual(set(leaves.mapped("state")), {"validate"})
        self.assertEqual(self.ticket.user_id, self.agent)
        self.assertFalse(other.user_id, "the next one is moved all the same")
        with freeze_time(MONDAY + timedelta(minutes=10)):
            self._run_job()
        self.assertFalse(self.ticket.user_id, "it is tried again")

    # -------------------------------------------------------------------- policy
    def test_short_leave_moves_what_cannot_wait(self):
        urgent = self._create_ticket(user_id=self.agent.id, impact="3", urgency="3")
        self._leave(self.anna, "2026-03-02")
        self._run_job()
        self.assertFalse(urgent.user_id)
        self.assertEqual(self.ticket.user_id, self.agent)

    def test_hour_at_the_doctor_moves_nothing(self):
        self.ticket.write({"impact": "3", "urgency": "3"})
        self._leave(
            self.anna,
            "2026-03-02",
            request_unit_hours=True,
            request_hour_from=10,
            request_hour_to=12,
        )
        self._run_job()
        self.assertEqual(self.ticket.user_id, self.agent)

    def test_leads_decide(self):
        self.team_it.leave_policy = "lead"
        self._leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        self.assertEqual(self.ticket.user_id, self.agent)
        self.assertIn(self.ticket.number, self._notified(self.lead))

    def test_waiting_ticket_stays_until_it_wakes(self):
        self.ticket._write_state({"state": "waiting", "waiting_until": datetime(2026, 3, 4, 6)})
        self._leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        self.assertEqual(self.ticket.user_id, self.agent)
        with freeze_time("2026-03-04 06:00:00"):
            self.ticket._write_state({"state": "open"})
        self.assertFalse(self.ticket.user_id)

    def test_waiting_ticket_moves_where_the_team_wants_it(self):
        self.team_it.leave_keeps_waiting = False
        self.ticket._write_state({"state": "waiting", "waiting_until": datetime(2026, 3, 4, 6)})
        self._leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        self.assertFalse(self.ticket.user_id)

    def test_ticket_that_stayed_moves_when_the_requester_writes(self):
        self.team_it.leave_policy = "care"
        self._leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        self.assertEqual(self.ticket.user_id, self.agent)
        self.ticket.message_post(
            body="Where are you?",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer_a.id,
        )
        self.assertFalse(self.ticket.user_id)

    def test_other_companies_tickets_too(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.agent.company_ids |= company
        team = self.env["service_desk.team"].create(
            {"name": "Second", "company_id": company.id, "member_ids": [(6, 0, self.agent.ids)]}
        )
        ticket = self._create_ticket(
            team_id=team.id, partner_id=False, email_from="a@b.example", user_id=self.agent.id
        )
        self._leave(self.anna, "2026-03-02", "2026-03-06")
        self._run_job()
        self.assertFalse(ticket.user_id)

    def test_employee_who_is_nobody_of_the_desk(self):
        egor = self._create_employee(self.employee)
        leave = self._leave(egor, "2026-03-02", "2026-03-06")
        self.assertFalse(leave.service_desk_due_at)
        self.assertFalse(leave.service_desk_summary)

    # ------------------------------------------------------------------- preview
    def test_summary_for_a_lead_who_approves(self):
        self._create_ticket(user_id=self.agent.id)._write_state({"state": "waiting"})
        leave = self._request_leave(self.anna, "2026-03-09", "2026-03-13")
        self.anna.leave_manager_id = self.lead
        self.assertEqual(
            leave.with_user(self.lead).service_desk_summary,
            "Open tickets: 2. To others on 9 March, 04:00: 1. Staying: 1.",
        )
        self.assertEqual(leave.with_user(self.lead).service_desk_ticket_count, 2)
        self.ticket.next_update_at = datetime(2026, 3, 10, 6)
        leave.invalidate_recordset()
        self.assertIn("at once: 1.", leave.with_user(self.lead).service_desk_summary)

    def test_summary_counts_only_what_the_reader_may_see(self):
        self.team_private.member_ids |= self.agent
        self._create_ticket(user_id=self.agent.id, team_id=self.team_private.id)
        leave = self._request_leave(self.anna, "2026-03-09", "2026-03-13")
        self.anna.leave_manager_id = self.lead
        self.assertEqual(leave.with_user(self.lead).service_desk_ticket_count, 1)
        summary = leave.with_user(self.hr_user)
        self.assertEqual(summary.service_desk_ticket_count, 0)
        self.assertNotRegex(summary.service_desk_summary, r"\d", "no right, no number")
        action = leave.with_user(self.hr_user).action_service_desk_tickets
        with self.assertRaises(AccessError):
            action()

    def test_stranger_cannot_ask_for_the_tickets_of_a_leave(self):
        leave = self._request_leave(self.anna, "2026-03-09")
        for user in self.agent2, self.employee, self.manager:
            with self.assertRaises(AccessError):
                leave.with_user(user).action_service_desk_tickets()

    def test_nothing_of_the_desk_tells_the_kind_of_leave(self):
        """Canary: an agent reads all that he may of the desk and of people, and finds no word of it."""
        self._leave(self.anna, "2026-03-02", "2026-03-06", name="Canary Disease of the canary")
        self._run_job()
        env = self.env(user=self.agent2)
        seen = []
        for model in sorted(m for m in env if m.startswith("service_desk.") or m == "res.users"):
            records = env[model]
            if records._abstract or records._transient or not records.has_access("read"):
                continue
            try:
                rows = records.search([], limit=200)
                seen.append(str(rows.read(list(records.fields_get()))))
            except AccessError:
                continue
        seen.append(str(self.ticket.with_user(self.agent2).get_requester_panel()))
        seen.append(str(self.agent.with_user(self.agent2)._service_desk_absences()))
        self.assertNotIn("Canary", " ".join(seen))
