from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .fulfilment_common import FulfilmentCommon


@tagged("post_install", "-at_install")
class TestFulfilmentPeople(FulfilmentCommon):
    """Who sees what of tasks, who hears of them, what is ticked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls._request(
            name="Hire a detective", is_confidential=True, user_id=cls.agent2.id
        )

    def _notices(self, ticket, event):
        self.env.cr.precommit.run()
        return self.env["service_desk.notice"].search(
            [("ticket_id", "=", ticket.id), ("event", "=", event)]
        )

    def _mails_of(self, notices):
        notices._process()
        return self.env["mail.message"].search(
            [("message_type", "=", "user_notification")], order="id desc", limit=5
        )

    # ------------------------------------------------------------------- rights
    def test_a_team_sees_its_task_and_not_the_hidden_ticket(self):
        task = self._task(self.secret, "Sign the contract").with_user(self.agent)
        self.assertFalse(self.secret.with_user(self.agent).has_access("read"))
        self.assertTrue(task.has_access("write"))
        self.assertFalse(task.ticket_id)
        told = str(task.read()) + str(
            task.web_read({"ticket_id": {"fields": {"display_name": {}}}})
        )
        self.agent.group_ids += self.env.ref("base.group_allow_export")
        told += str(task.export_data(["name", "ticket_id"]))
        told += str(task.formatted_read_group([("id", "=", task.id)], ["ticket_id"], ["__count"]))
        told += str(task.search_read([("id", "=", task.id)], ["ticket_id"]))
        self.assertNotIn("detective", told)
        self.assertNotIn(self.secret.number, told)
        self.assertFalse(task.search([("ticket_id.name", "ilike", "detective")]))
        task.action_done()
        self.assertEqual(task.state, "done")
        self.assertEqual(self._states(self.secret)["Order the laptop"], "ready")

    def test_others_do_not_see_tasks_of_hidden_tickets(self):
        task = self._task(self.secret, "Sign the contract").with_user(self.lead)
        self.assertTrue(task.has_access("read"), "the lead of the ticket's team sees all of it")
        facilities = self._task(self.secret, "Order a chair")
        other = self.env["res.users"].create(
            {
                "name": "Other",
                "login": "sd_other_agent",
                "group_ids": [Command.link(self.ref("service_desk.service_desk_group_agent"))],
            }
        )
        self.assertFalse(facilities.with_user(other).has_access("read"))
        open_task = self._task(self._request(), "Order a chair")
        self.assertTrue(open_task.with_user(other).has_access("read"))

    def test_names_of_private_tasks_are_not_told(self):
        ticket = self._create_ticket()
        self.env["service_desk.task"].create(
            {"name": "Watch the thief", "ticket_id": ticket.id, "team_id": self.team_private.id}
        )
        with self.assertRefused(UserError, "1 more") as refusal:
            ticket.with_user(self.agent).action_open_solve_wizard()
        self.assertIsNone(refusal)
        with self.assertRaises(UserError) as raised:
            ticket.with_user(self.agent).write({"state": "solved"})
        self.assertNotIn("thief", str(raised.exception))

    def test_a_task_is_not_hung_on_a_hidden_ticket(self):
        with self.assertRaises(AccessError):
            self.env["service_desk.task"].with_user(self.agent).create(
                {"name": "x", "ticket_id": self.secret.id, "team_id": self.team_it.id}
            )
        task = self._task(self._request(), "Order a chair").with_user(self.agent)
        with self.assertRefused(AccessError, "stays on its ticket"):
            task.write({"ticket_id": self.secret.id})

    def test_owners_edit_plans_of_their_services(self):
        plan = self.plan.with_user(self.owner)
        plan.name = "Hiring in shops"
        plan.task_ids[0].name = "Sign"
        self.service.owner_id = self.manager
        with self.assertRaises(AccessError):
            plan.name = "Mine no more"

    def test_who_has_the_task_must_see_its_team(self):
        task = self._task(self._request(), "Issue the pass")
        task.team_id = self.team_private
        with self.assertRefused(UserError, "does not see the work"):
            task.user_id = self.agent

    # ------------------------------------------------------------------ notices
    def test_members_hear_of_what_can_begin(self):
        ticket = self._request()
        notices = self._notices(ticket, "task_in_team")
        self.assertEqual(len(notices), 2)
        message = self._mails_of(notices)[0]
        self.assertIn("To do in your team:", message.subject)
        self.assertIn("Order a chair", message.body)
        self.assertIn("Sign the contract", message.body)
        self.assertIn(ticket.number, message.subject)

    def test_who_may_not_see_the_ticket_hears_of_the_task_alone(self):
        notices = self._notices(self.secret, "task_in_team")
        messages = self._mails_of(notices).filtered(
            lambda message: self.agent.partner_id in message.partner_ids
        )
        self.assertEqual(len(messages), 1)
        self.assertIn("Sign the contract", messages.body)
        told = f"{messages.subject} {messages.body} {messages.record_name}"
        self.assertNotIn("detective", told)
        self.assertNotIn(self.secret.number, told)
        self.assertFalse(messages.res_id)

    def test_the_person_hears_when_he_is_given_a_task(self):
        ticket = self._request()
        task = self._task(ticket, "Order a chair").with_user(self.lead)
        task.user_id = self.agent
        notices = self._notices(ticket, "task_ready")
        self.assertEqual(notices.partner_id, self.agent.partner_id)
        task.action_take()
        notices._process()
        self.assertEqual(set(notices.mapped("outcome")), {"omitted"}, "he has it no more")

    def test_late_once(self):
        ticket = self._request()
        task = self._task(ticket, "Order a chair")
        task.user_id = self.agent
        task.due_at = fields.Datetime.now() - timedelta(minutes=1)
        self.assertTrue(task.is_late)
        self.assertIn(task, task.search([("is_late", "=", True)]))
        for _run in range(2):
            with self.enter_registry_test_mode():
                self.env.ref("service_desk.ir_cron_tell_late_tasks").method_direct_trigger()
        notices = self._notices(ticket, "task_late")
        self.assertEqual(notices.partner_id, self.agent.partner_id)
        self.assertEqual(len(notices), 1)

    def test_who_leaves_leaves_his_tasks_to_the_team(self):
        task = self._task(self._request(), "Order a chair")
        task.user_id = self.agent2
        self.agent2.active = False
        self.assertFalse(task.user_id)

    def test_the_deputy_gets_it(self):
        person = self.plan.task_ids[1]
        person.user_id = self.agent
        ticket = self._request()
        self.patch(
            type(self.env["res.users"]),
            "_service_desk_stand_in",
            lambda user, at=None: self.lead if user == self.agent else user,
        )
        self._task(ticket, "Sign the contract").with_user(self.agent).action_done()
        self.assertEqual(self._task(ticket, "Enter the employee").user_id, self.lead)

    # --------------------------------------------------------------- checklists
    def _checklist(self, **vals):
        return self.env["service_desk.checklist"].create(
            {
                "name": "Laptop",
                "service_id": self.service.id,
                "line_ids": [
                    Command.create({"name": "Encrypt the disk", "is_mandatory": True}),
                    Command.create({"name": "Say hello"}),
                ],
                **vals,
            }
        )

    def test_a_checklist_on_a_task(self):
        self.plan.task_ids[0].checklist_id = self._checklist()
        task = self._task(self._request(), "Sign the contract").with_user(self.agent)
        self.assertEqual(task.check_progress, "0/2")
        with self.assertRefused(UserError, "Tick first: Encrypt the disk"):
            task.action_done()
        line = task.check_ids[0]
        line.is_done = True
        self.assertEqual(line.done_by_id, self.agent)
        self.assertTrue(line.done_at)
        self.assertEqual(task.check_progress, "1/2")
        with self.assertRefused(AccessError, "keeps"):
            line.write({"done_by_id": self.lead.id})
        task.action_done()
        with self.assertRefused(UserError, "has ended"):
            line.is_done = False

    def test_no_way_round_what_must_be_ticked(self):
        self.plan.task_ids[0].checklist_id = self._checklist()
        task = self._task(self._request(), "Sign the contract").with_user(self.agent)
        with self.assertRefused(UserError, "must be ticked stay"):
            task.check_ids[0].is_mandatory = False
        with self.assertRefused(UserError, "must be ticked stay"):
            task.check_ids[0].unlink()
        with self.assertRefused(AccessError, "keeps"):
            task.write({"is_open": False})

    def test_a_checklist_on_tickets_of_a_service(self):
        self._checklist(of_service=True)
        part = self.env["service_desk.service"].create(
            {"name": "Part", "parent_id": self.service.id, "company_id": self.company.id}
        )
        ticket = self._create_ticket(service_id=part.id).with_user(self.agent)
        self.assertEqual(ticket.check_ids.mapped("name"), ["Encrypt the disk", "Say hello"])
        self.assertEqual(ticket.open_check_count, 1)
        with self.assertRefused(UserError, "Still open: Encrypt the disk"):
            ticket.write({"state": "solved", "resolution": "x"})
        ticket.check_ids[0].is_done = True
        self.assertEqual(ticket.open_check_count, 0)
        self.assertFalse(self._create_ticket().check_ids)

    def test_the_last_tick_solves_a_fulfilled_request(self):
        self._checklist(offering_ids=[Command.set(self.offering.ids)])
        ticket = self._request()
        ticket.task_ids._end("done")
        self.assertTrue(ticket.is_open)
        ticket.check_ids[0].with_user(self.agent).is_done = True
        self.assertEqual(ticket.state, "solved")

    def test_put_by_hand(self):
        ticket = self._create_ticket().with_user(self.agent)
        action = ticket.action_open_put_checklist()
        self.env["service_desk.put.checklist"].with_user(self.agent).with_context(
            **action["context"]
        ).create({"checklist_ids": [Command.set(self._checklist().ids)]}).action_confirm()
        self.assertEqual(len(ticket.check_ids), 2)

    # -------------------------------------------------------------------- panel
    def test_the_panel_shows_how_far_it_is(self):
        ticket = self._request().with_user(self.agent)
        sections = {section["key"]: section for section in ticket.get_requester_panel()["sections"]}
        self.assertEqual(sections["tasks"]["rows"][0]["text"], "0 of 12")
        self.assertEqual(len(sections["tasks"]["rows"]), 3)

    # -------------------------------------------------------------------- speed
    def test_many_at_once_cost_no_more_queries_each(self):
        vals = {
            "name": "x",
            "team_id": self.team_it.id,
            "type_id": self.type_request.id,
            "offering_id": self.offering.id,
            "partner_id": self.customer_a.id,
        }
        Ticket = self.env["service_desk.ticket"]
        Ticket.create([vals])
        self.env.flush_all()
        small = self._queries(lambda: Ticket.create([vals] * 5))
        large = self._queries(lambda: Ticket.create([vals] * 50))
        self.assertLess(large - small, 45 * 12, "far from a query for each of 540 more tasks")

    def _queries(self, work):
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
