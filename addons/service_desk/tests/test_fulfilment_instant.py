from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .fulfilment_common import FulfilmentCommon

QUEUE = "odoo.addons.service_desk.models.fulfilment.service_desk_task_instant"


@tagged("post_install", "-at_install")
class TestFulfilmentInstant(FulfilmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.partner_id.email = "egor@desk.example.com"
        cls.group = cls.env["res.groups"].create({"name": "Sales reports"})

    def _membership(self, **vals):
        permit = self._make_permit(kind="membership", group_id=self.group.id)
        return self._instant("membership", permit_id=permit.id, **{"until_days": 10, **vals})

    def _document(self):
        self.env["ir.ui.view"].create(
            {
                "name": "test_certificate",
                "key": "service_desk.test_certificate",
                "type": "qweb",
                "arch": "<t t-name='x'><p t-foreach='docs' t-as='doc' t-out='doc.name'/></t>",
            }
        )
        report = self.env["ir.actions.report"].create(
            {
                "name": "Certificate",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": "service_desk.test_certificate",
            }
        )
        permit = self._make_permit(kind="document", record="requester", report_id=report.id)
        return self._instant("document", permit_id=permit.id)

    def _ask(self, offering, **vals):
        return self._request(offering, partner_id=self.employee.partner_id.id, **vals)

    # ---------------------------------------------------------------- documents
    def test_a_document_is_made_and_sent_to_the_requester_alone(self):
        ticket = self._ask(self._document(), participant_ids=[Command.link(self.customer_b.id)])
        self.assertEqual(ticket.task_ids.state, "ready")
        self._run_queue()
        self.assertEqual(ticket.task_ids.state, "done")
        self.assertEqual(ticket.state, "solved")
        file = self.env["ir.attachment"].search(
            [("res_model", "=", ticket._name), ("res_id", "=", ticket.id)]
        )
        self.assertEqual(file.name, "Do document.pdf")
        self.assertIn("Egor Employee", file.raw.decode())
        message = self.env["mail.message"].search([("attachment_ids", "in", file.ids)])
        self.assertEqual(message.partner_ids, self.employee.partner_id)
        mail = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        self.assertEqual(mail.recipient_ids, self.employee.partner_id)
        self.assertEqual(mail.attachment_ids, file)

    def test_a_document_of_something_else_is_refused(self):
        report = self.env["ir.actions.report"].search([("model", "=", "res.users")], limit=1)
        report = report or self.env["ir.actions.report"].create(
            {"name": "x", "model": "res.users", "report_name": "x", "report_type": "qweb-pdf"}
        )
        with self.assertRefused(ValidationError, "is not made of what you chose"):
            self._make_permit(kind="document", record="requester", report_id=report.id)

    # --------------------------------------------------------------------- mail
    def test_a_mail(self):
        offering = self._instant(
            "mail", mail_subject="Ready: {{ticket.number}}", mail_body="<p>{{requester.name}}</p>"
        )
        ticket = self._ask(offering)
        self._run_queue()
        message = self.env["mail.message"].search(
            [
                ("model", "=", ticket._name),
                ("res_id", "=", ticket.id),
                ("subject", "ilike", "Ready"),
            ]
        )
        self.assertIn("Egor Employee", message.body)

    # ---------------------------------------------------------------- membership
    def test_membership_until_a_date(self):
        with freeze_time("2026-03-02 10:00:00"):
            ticket = self._ask(self._membership())
            self._run_queue()
            self.assertIn(self.group, self.employee.group_ids)
            grant = self.env["service_desk.grant"].search([("user_id", "=", self.employee.id)])
            self.assertEqual(str(grant.until), "2026-03-12 10:00:00")
            self.assertEqual(grant.ticket_number, ticket.number)
            self._take_back()
            self.assertIn(self.group, self.employee.group_ids)
        with freeze_time("2026-03-12 10:00:01"):
            self._take_back()
            self._take_back()
        self.assertNotIn(self.group, self.employee.group_ids)
        self.assertEqual(grant.end_reason, "expired")
        self.assertIn("no member of “Sales reports” any more", ticket.decision_ids[0].text)

    def _take_back(self):
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_take_back_grants").method_direct_trigger()

    def test_what_he_had_before_is_not_taken(self):
        self.employee.group_ids += self.group
        self._ask(self._membership())
        self._run_queue()
        grant = self.env["service_desk.grant"].search([("user_id", "=", self.employee.id)])
        grant.with_user(self.manager).action_take_back()
        self.assertIn(self.group, self.employee.group_ids)

    def test_two_grants_of_one_group(self):
        offering = self._membership()
        self._ask(offering)
        self._ask(offering)
        self._run_queue()
        first, second = self.env["service_desk.grant"].search([("user_id", "=", self.employee.id)])
        first.with_user(self.manager).action_take_back()
        self.assertIn(self.group, self.employee.group_ids)
        second.with_user(self.manager).action_take_back()
        self.assertNotIn(self.group, self.employee.group_ids)

    def test_who_leaves_keeps_nothing(self):
        self._ask(self._membership())
        self._run_queue()
        self.employee.active = False
        self.assertNotIn(self.group, self.employee.group_ids)
        grant = self.env["service_desk.grant"].search([("user_id", "=", self.employee.id)])
        self.assertEqual(grant.end_reason, "left")

    def test_groups_of_the_system_are_never_given(self):
        for group in (
            self.env.ref("base.group_system"),
            self.env.ref("base.group_user"),
            self.env["res.groups"].create(
                {"name": "x", "implied_ids": [Command.link(self.env.ref("base.group_system").id)]}
            ),
        ):
            with self.assertRefused(ValidationError, "No request may give them"):
                self._make_permit(kind="membership", group_id=group.id)

    def test_a_group_that_became_dangerous_is_not_given(self):
        offering = self._membership()
        self.group.implied_ids += self.env.ref("base.group_erp_manager")
        ticket = self._ask(offering)
        self._fail(ticket, "No request may give them")
        self.assertNotIn(self.group, self.employee.group_ids)

    def test_only_administrators_open_steps(self):
        with self.assertRaises(AccessError):
            self.env["service_desk.fulfilment.permit"].with_user(self.manager).create(
                {"name": "x", "kind": "membership", "group_id": self.group.id}
            )

    def test_a_customer_gets_no_group(self):
        ticket = self._request(self._membership())
        self._fail(ticket, "has no user who could get it")

    def test_not_for_longer_than_permitted(self):
        ticket = self._ask(self._membership(until_days=200))
        self._fail(ticket, "longer than 90 days")

    # ------------------------------------------------------------------- action
    def _action(self, code, user=None):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Do it",
                "model_id": self.env["ir.model"]._get_id("service_desk.ticket"),
                "state": "code",
                "code": code,
            }
        )
        permit = self._make_permit(
            kind="action", action_id=action.id, run_user_id=(user or self.agent).id
        )
        return self._instant("action", permit_id=permit.id)

    def test_a_server_action_runs_as_its_user(self):
        code = "record.write({'next_step': env.user.login})"
        ticket = self._ask(self._action(code))
        self._run_queue()
        self.assertEqual(ticket.next_step, "sd_agent1")

    def test_a_server_action_may_do_no_more_than_its_user(self):
        ticket = self._ask(self._action("record.write({'number': '1'})"))
        self._fail(ticket, "The service desk itself keeps: Number")

    # ------------------------------------------------------------------ failure
    def _fail(self, ticket, why):
        with patch(f"{QUEUE}.RETRY_MINUTES", 0), mute_logger(QUEUE):
            for _attempt in range(3):
                if ticket.task_ids.state == "ready":
                    self._run_queue()
        self.assertEqual(ticket.task_ids.attempts, 3)
        self.assertEqual(ticket.task_ids.state, "failed")
        self.assertIn(why, ticket.task_ids.failure)
        self.assertTrue(ticket.is_open)

    def test_a_failure_is_work_for_the_team(self):
        ticket = self._ask(self._action("raise Exception('secret')"))
        self._fail(ticket, "An error of the system")
        self.assertNotIn("secret", ticket.task_ids.failure)
        self.env.cr.precommit.run()
        notices = self.env["service_desk.notice"].search([("ticket_id", "=", ticket.id)])
        self.assertIn("task_in_team", notices.mapped("event"))
        ticket.task_ids.with_user(self.agent).action_done()
        self.assertEqual(ticket.state, "solved")

    def test_it_can_be_tried_again(self):
        self.env["res.users"].search([("partner_id", "=", self.customer_b.id)]).active = False
        ticket = self._request(self._membership(), partner_id=self.customer_b.id)
        self._fail(ticket, "no user")
        ticket.partner_id = self.employee.partner_id
        ticket.task_ids.with_user(self.agent).action_retry()
        self._run_queue()
        self.assertEqual(ticket.task_ids.state, "done")

    def test_a_permit_that_was_withdrawn(self):
        offering = self._membership()
        self.env["service_desk.fulfilment.permit"].search([]).active = False
        self._fail(self._ask(offering), "not permitted any more")

    def test_later_attempts_wait(self):
        ticket = self._ask(self._action("raise UserError('no')"))
        with mute_logger(QUEUE):
            self._run_queue()
        self.assertEqual((ticket.task_ids.state, ticket.task_ids.attempts), ("ready", 1))
        self.assertGreater(ticket.task_ids.attempt_at, fields.Datetime.now() + timedelta(minutes=3))

    def test_killed_in_between(self):
        """A worker dies in the second of three: the first stays done, none is done twice."""
        offering = self._instant("mail", mail_subject="Ready", mail_body="<p>x</p>")
        tickets = self._ask(offering) | self._ask(offering) | self._ask(offering)
        Task, done = type(self.env["service_desk.task"]), []
        original = Task._run

        def run(task):
            original(task)
            if len(done) == 1 and not self.killed:
                self.killed = True
                raise psycopg2.OperationalError("killed")
            done.append(task.id)

        self.killed = False
        with patch.object(Task, "_run", run):
            with self.enter_registry_test_mode(), self.registry.cursor() as cr:
                tasks = self.env(cr=cr)["service_desk.task"]
                try:  # assertRaises has a savepoint of its own, which a rollback would not survive
                    tasks._cron_run()
                    self.fail("it was killed")
                except psycopg2.OperationalError:
                    cr.rollback()
            self.env.invalidate_all()
            self.assertEqual(sorted(tickets.task_ids.mapped("state")), ["done", "ready", "ready"])
            self._run_queue()
        self.assertEqual(set(tickets.task_ids.mapped("state")), {"done"})
        self.assertEqual(sorted(done), sorted(set(done)))

    def test_an_agent_cannot_make_automatic_tasks(self):
        with self.assertRefused(AccessError, "keeps"):
            self.env["service_desk.task"].with_user(self.agent).create(
                {"name": "x", "ticket_id": self._create_ticket().id, "kind": "membership"}
            )
        with self.assertRefused(UserError, "Only automatic tasks"):
            task = self.env["service_desk.task"].create(
                {"name": "x", "ticket_id": self._create_ticket().id}
            )
            task._set_marks(state="failed")
            task.with_user(self.agent).action_retry()
