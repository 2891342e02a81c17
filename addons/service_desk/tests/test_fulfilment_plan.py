from datetime import datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged, users

from .fulfilment_common import FulfilmentCommon


@tagged("post_install", "-at_install")
class TestFulfilmentPlan(FulfilmentCommon):
    def test_a_request_becomes_tasks_in_order(self):
        ticket = self._request()
        self.assertEqual((ticket.task_count, ticket.open_task_count), (12, 12))
        self.assertEqual(ticket.task_progress, "0 of 12")
        self.assertEqual(len(ticket.task_ids.team_id), 4)
        ready = {name for name, state in self._states(ticket).items() if state == "ready"}
        self.assertEqual(ready, {"Sign the contract", "Order a chair"})
        self.assertFalse(self._task(ticket, "Order a chair").waits_for)
        self.assertEqual(self._task(ticket, "Order the laptop").waits_for, "Sign the contract")
        with self.assertRefused(UserError, "First: Enter the employee, Order the laptop"):
            self._task(ticket, "Set up the laptop").with_user(self.agent).action_done()

    def test_what_comes_after_begins_and_the_last_task_solves(self):
        self.plan.resolution = "<p>Welcome, {{requester.name}}!</p>"
        ticket = self._request()
        self._task(ticket, "Sign the contract").with_user(self.agent).action_done()
        self.assertEqual(self._states(ticket)["Enter the employee"], "ready")
        self.assertEqual(self._states(ticket)["Set up the laptop"], "waiting")
        rounds = 0
        while left := ticket.task_ids.filtered(lambda task: task.state == "ready"):
            self.assertTrue(ticket.is_open)
            left[0].with_user(self.agent).action_done()
            rounds += 1
        self.assertEqual(rounds, 11)
        self.assertEqual(ticket.state, "solved")
        self.assertIn("Welcome, Alla Customer!", ticket.resolution)
        self.assertEqual(ticket.task_progress, "12 of 12")
        self.assertIn("solved by the plan", " ".join(ticket.decision_ids.mapped("text")))

    @users("sd_agent1")
    def test_nobody_solves_what_is_not_done(self):
        ticket = self._request().with_user(self.agent)
        with self.assertRefused(UserError, "Still open: Sign the contract"):
            ticket.action_open_solve_wizard()
        with self.assertRefused(UserError, "Still open"):
            ticket.write({"state": "solved", "resolution": "x"})

    def test_the_desk_itself_does_not_solve_it_either(self):
        ticket = self._request()
        ticket.sudo()._write_state({"state": "solved"})
        self.assertTrue(ticket.is_open)

    def test_skipping_needs_a_reason_and_lets_the_next_begin(self):
        ticket = self._request()
        task = self._task(ticket, "Sign the contract").with_user(self.agent)
        with self.assertRefused(UserError, "Say why"):
            task._skip(" ")
        wizard = self.env["service_desk.task.end"].with_user(self.agent)
        action = task.action_open_skip()
        wizard.with_context(**action["context"]).create(
            {"reason": "He works already"}
        ).action_confirm()
        self.assertRecordValues(
            task, [{"state": "skipped", "reason": "He works already", "done_by_id": self.agent.id}]
        )
        self.assertEqual(self._states(ticket)["Order the laptop"], "ready")

    def test_leads_cancel_the_rest(self):
        ticket = self._request()
        open_tasks = ticket.task_ids.filtered("is_open")
        with self.assertRefused(AccessError, "Only leads"):
            open_tasks.with_user(self.agent)._cancel_rest("Enough")
        open_tasks.with_user(self.lead)._cancel_rest("Enough")
        self.assertEqual(set(ticket.task_ids.mapped("state")), {"cancelled"})
        self.assertEqual(ticket.state, "solved")

    def test_cancelling_and_opening_again(self):
        ticket = self._request()
        self._task(ticket, "Sign the contract").with_user(self.agent).action_done()
        ticket.with_user(self.agent).action_cancel()
        self.assertEqual(ticket.open_task_count, 0)
        self.assertEqual(self._states(ticket)["Order the laptop"], "cancelled")
        ticket.with_user(self.agent).action_reopen()
        self.assertEqual(self._states(ticket)["Sign the contract"], "done")
        self.assertEqual(self._states(ticket)["Order the laptop"], "ready")
        self.assertEqual(self._states(ticket)["Set up the laptop"], "waiting")
        self.assertEqual(ticket.open_task_count, 11)

    def test_a_task_set_back_by_mistake(self):
        ticket = self._request()
        task = self._task(ticket, "Sign the contract").with_user(self.agent)
        task.action_done()
        task.action_reopen()
        self.assertEqual(task.state, "ready")
        self.assertEqual(self._states(ticket)["Order the laptop"], "waiting")
        task.action_done()
        self._task(ticket, "Order the laptop").with_user(self.agent).action_start()
        with self.assertRefused(UserError, "has begun"):
            task.action_reopen()

    def test_a_circle_is_refused_by_name(self):
        tasks = {task.name: task for task in self.plan.task_ids}
        with self.assertRefused(ValidationError, "Order the laptop → Set up the laptop"):
            tasks["Order the laptop"].depends_on_ids = [Command.link(tasks["Set up the laptop"].id)]

    def test_once_only(self):
        ticket = self._request()
        ticket._start_fulfilment()
        self.assertEqual(len(ticket.task_ids), 12)

    def test_left_out_tasks_pass_their_order_on(self):
        template = self.plan.task_ids.filtered(lambda task: task.name == "Enter the employee")
        template.condition = {"all": [{"key": "new", "op": "=", "value": True}]}
        self.patch(type(template), "_applies_to", lambda task, answers: not task.condition)
        ticket = self._request()
        self.assertEqual(ticket.task_count, 11)
        account = self._task(ticket, "Create the account")
        self.assertEqual(account.depends_on_ids.mapped("name"), ["Sign the contract"])

    def test_words_in_all_languages(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.plan.task_ids[0].with_context(lang="ru_RU").name = "Подписать договор"
        task = self._task(self._request(), "Sign the contract")
        self.assertEqual(task.with_context(lang="ru_RU").name, "Подписать договор")

    def test_another_offering(self):
        ticket = self._request()
        self._task(ticket, "Order a chair").with_user(self.agent).action_done()
        other = self._create_offering("Chair", self._create_plan("Chair", [("Carry", "it", ())]))
        ticket.offering_id = other
        states = self._states(ticket)
        self.assertEqual(states["Order a chair"], "done")
        self.assertEqual(states["Sign the contract"], "cancelled")
        self.assertEqual(states["Carry"], "ready")

    def test_no_plan_no_tasks(self):
        ticket = self._create_ticket()
        self.assertFalse(ticket.task_ids)
        self.assertFalse(ticket.task_progress)

    def test_by_hand(self):
        ticket = self._create_ticket()
        Task = self.env["service_desk.task"].with_user(self.agent)
        first = Task.create({"name": "Look", "ticket_id": ticket.id})
        second = Task.create(
            {"name": "Mend", "ticket_id": ticket.id, "depends_on_ids": [Command.set(first.ids)]}
        )
        self.assertEqual(first.team_id, self.team_it)
        self.assertEqual((first.state, second.state), ("ready", "waiting"))
        self.assertEqual(ticket.open_task_count, 2)
        with self.assertRefused(AccessError, "keeps: State"):
            second.write({"state": "done"})
        first.action_done()
        self.assertEqual(second.state, "ready")
        second.action_done()
        self.assertTrue(ticket.is_open, "tasks by hand do not solve")
        with self.assertRefused(UserError, "Skip a task"):
            second.unlink()

    def test_moving_the_ticket(self):
        plan = self._create_plan("Chair", [("Carry", "it", ()), ("Unpack", "facilities", ())])
        plan.task_ids[0].team_id = False
        ticket = self._request(self._create_offering("Chair", plan))
        ticket.team_id = self.teams["hr"]
        self.assertEqual(self._task(ticket, "Carry").team_id, self.teams["hr"])
        self.assertEqual(self._task(ticket, "Unpack").team_id, self.teams["facilities"])

    def test_merging(self):
        survivor, doubled = self._request(), self._request()
        doubled._merge_into(survivor)
        self.assertEqual(survivor.task_count, 12)
        self.assertEqual(set(doubled.task_ids.mapped("state")), {"cancelled"})
        other = self._create_ticket()
        merged = self._request()
        merged._merge_into(other)
        self.assertEqual((other.open_task_count, merged.task_count), (12, 0))
        merged._undo_merge()
        self.assertEqual((other.task_count, merged.open_task_count), (0, 12))

    def test_splitting_leaves_the_tasks(self):
        ticket = self._request()
        message = ticket.message_post(body="And a lamp", message_type="comment")
        ticket.with_user(self.agent).action_split(message.id)
        self.assertEqual(ticket.task_count, 12)

    @freeze_time("2026-03-02 06:00:00")
    def test_due_by_working_time(self):
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Day",
                "tz": "Europe/Moscow",
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {"name": str(day), "dayofweek": str(day), "hour_from": 9, "hour_to": 18}
                    )
                    for day in range(5)
                ],
            }
        )
        self.team_it.calendar_id = calendar
        template = self.plan.task_ids[2]
        day = datetime(2026, 3, 2, 6, 0)
        template.write({"due_amount": 20, "due_unit": "hour"})
        self.assertEqual(template._due_after(day, self.team_it), datetime(2026, 3, 4, 8, 0))
        template.write({"due_amount": 1, "due_unit": "day"})
        self.assertEqual(template._due_after(day, self.team_it), datetime(2026, 3, 3, 15, 0))
        # three working days before Monday the 16th: Wednesday, the end of work
        template.write({"due_amount": 3, "due_from": "before", "due_key": "start"})
        due = template._due_at(self.team_it, {"start": "2026-03-16"})
        self.assertEqual(due, datetime(2026, 3, 11, 15, 0))
        self.assertFalse(template._due_at(self.team_it, {}))
        self.assertFalse(template._due_at(self.team_it, {"start": "no date"}))
