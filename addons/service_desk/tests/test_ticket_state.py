from datetime import datetime, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged, users

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestTicketState(ServiceDeskCommon):
    def test_stage_decides_state_and_state_finds_stage(self):
        ticket = self._create_ticket()
        ticket.stage_id = self.env.ref("service_desk.stage_open")
        self.assertEqual(ticket.state, "open")
        ticket.state = "cancelled"
        self.assertEqual(ticket.stage_id, self.env.ref("service_desk.stage_cancelled"))
        self.assertFalse(ticket.is_open)

    def test_incident_is_not_solved_without_what_its_type_demands(self):
        ticket = self._create_ticket(type_id=self.type_incident.id)
        with self.assertRefused(ValidationError, "how it was solved"):
            ticket.stage_id = self.env.ref("service_desk.stage_solved")
        with self.assertRefused(ValidationError, "close reason"):
            ticket.write({"state": "solved", "resolution": "<p>New cable</p>"})
        with self.assertRefused(ValidationError, "how it was solved"):
            ticket.write({"state": "solved", "resolution": "<p><br></p>"})
        ticket.write(
            {
                "state": "solved",
                "resolution": "<p>New cable</p>",
                "close_reason_id": self.env.ref("service_desk.close_reason_fixed").id,
            }
        )
        self.assertEqual(ticket.state, "solved")
        self.assertTrue(ticket.solved_at)

    @users("sd_agent1")
    def test_solve_wizard_answers_the_requester(self):
        ticket = self._create_ticket(type_id=self.type_incident.id).with_user(self.env.user)
        action = ticket.action_open_solve_wizard()
        with Form(self.env[action["res_model"]].with_context(**action["context"])) as form:
            form.resolution = "<p>The cable was loose.</p>"
            form.close_reason_id = self.env.ref("service_desk.close_reason_fixed")
        form.record.action_confirm()
        self.assertEqual(ticket.state, "solved")
        answer = ticket.message_ids.filtered(lambda m: m.message_type == "comment")
        self.assertIn("The cable was loose", answer.body)
        self.assertFalse(answer.subtype_id.internal)

    @freeze_time("2026-03-02 10:00:00")
    def test_waiting_takes_reason_and_wakes_by_itself(self):
        ticket = self._create_ticket()
        ticket.state = "waiting"
        self.assertRecordValues(
            ticket,
            [
                {
                    "waiting_reason_id": self.env.ref("service_desk.waiting_reason_requester").id,
                    "waiting_until": datetime(2026, 3, 5, 10),
                    "waiting_since": datetime(2026, 3, 2, 10),
                }
            ],
        )
        cron = self.env.ref("service_desk.ir_cron_wake_tickets")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertIn(datetime(2026, 3, 5, 10), triggers.mapped("call_at"))
        with freeze_time("2026-03-05 09:59:59"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
            self.assertEqual(ticket.state, "waiting")
        with freeze_time("2026-03-05 10:00:01"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertRecordValues(
            ticket,
            [
                {
                    "state": "open",
                    "waiting_until": False,
                    "waiting_reason_id": False,
                    "needs_reply": True,
                }
            ],
        )

    @users("sd_agent1")
    def test_wait_wizard(self):
        ticket = self._create_ticket().with_user(self.env.user)
        action = ticket.action_open_wait_wizard()
        with Form(self.env[action["res_model"]].with_context(**action["context"])) as form:
            form.reason_id = self.env.ref("service_desk.waiting_reason_supplier")
            form.next_step = "The engineer comes on Friday"
        form.record.action_confirm()
        self.assertEqual(ticket.state, "waiting")
        self.assertEqual(
            ticket.waiting_reason_id, self.env.ref("service_desk.waiting_reason_supplier")
        )
        self.assertEqual(ticket.next_step, "The engineer comes on Friday")

    def test_solved_tickets_close_after_the_team_s_days(self):
        ticket, fresh = self._create_ticket(), self._create_ticket()
        (ticket | fresh).write({"state": "solved"})
        ticket.solved_at = datetime.now() - timedelta(days=8)
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_close_solved").method_direct_trigger()
        self.assertEqual((ticket.state, fresh.state), ("closed", "solved"))
        self.assertTrue(ticket.closed_at)

    def test_what_the_workflow_does_not_let_close_is_not_tried_for_ever(self):
        ticket = self._create_ticket()
        ticket.state = "solved"
        ticket.solved_at = datetime.now() - timedelta(days=8)
        plan = ticket.type_id.workflow_id
        plan.transition_ids.filtered(lambda move: move.to_stage_id.state == "closed").unlink()
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_close_solved").method_direct_trigger()
        self.assertEqual(ticket.state, "solved")

    def test_reopening_counts_and_clears_the_end(self):
        ticket = self._create_ticket()
        ticket.state = "closed"
        self.assertTrue(ticket.closed_at and ticket.solved_at)
        ticket.action_reopen()
        self.assertRecordValues(
            ticket, [{"state": "open", "reopen_count": 1, "closed_at": False, "solved_at": False}]
        )

    def test_take_starts_a_new_ticket(self):
        ticket = self._create_ticket().with_user(self.agent)
        ticket.action_assign_to_me()
        self.assertRecordValues(ticket, [{"user_id": self.agent.id, "state": "open"}])
        first = ticket.assigned_at
        self.assertTrue(first)
        ticket.user_id = self.agent2
        self.assertEqual(ticket.assigned_at, first)

    def test_hooks_are_called_once_with_the_batch(self):
        calls = []
        Ticket = type(self.env["service_desk.ticket"])

        def spy(name):
            original = getattr(Ticket, name)

            def hook(tickets, *args):
                calls.append((name, len(tickets), *args))
                return original(tickets, *args)

            self.patch(Ticket, name, hook)

        for name in (
            "_on_opened",
            "_on_assigned",
            "_on_state_changed",
            "_on_solved",
            "_on_closed",
            "_on_reopened",
        ):
            spy(name)
        tickets = self._create_ticket() | self._create_ticket()
        tickets.write({"user_id": self.agent.id, "state": "open"})
        tickets.write({"state": "solved"})
        tickets.write({"state": "closed"})
        tickets.write({"state": "open"})
        self.assertEqual(
            calls,
            [
                ("_on_opened", 1),
                ("_on_opened", 1),
                ("_on_state_changed", 2, "new"),
                ("_on_assigned", 2),
                ("_on_state_changed", 2, "open"),
                ("_on_solved", 2),
                ("_on_state_changed", 2, "solved"),
                ("_on_closed", 2),
                ("_on_state_changed", 2, "closed"),
                ("_on_reopened", 2),
            ],
        )

    def test_stage_of_another_type_is_refused_and_type_change_keeps_state(self):
        workflow = self.type_incident.workflow_id
        stage = self.env["service_desk.stage"].create({"name": "On site", "state": "open"})
        workflow.stage_ids += stage
        workflow.transition_ids = [(0, 0, {"name": "Go there", "to_stage_id": stage.id})]
        question = self._create_ticket()
        with self.assertRefused(UserError, "On site"):
            question.stage_id = stage
        incident = self._create_ticket(type_id=self.type_incident.id)
        incident.stage_id = stage
        incident.type_id = self.type_question
        self.assertEqual(
            (incident.state, incident.stage_id), ("open", self.env.ref("service_desk.stage_open"))
        )

    def test_meaning_of_a_used_stage_cannot_change(self):
        self._create_ticket()
        stage = self.env.ref("service_desk.stage_new")
        with self.assertRefused(UserError, "Move them"):
            stage.state = "open"
        with self.assertRaises(UserError):
            stage.unlink()

    def test_state_without_stage_is_a_clear_refusal(self):
        self.env.ref("service_desk.stage_waiting").active = False
        with self.assertRefused(UserError, "Waiting"):
            self._create_ticket().state = "waiting"
