from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalDue(ApprovalCommon):
    """Reminders and the end of the time to decide."""

    def _after(self, **delta):
        """Let the job run so much later."""
        moment = fields.Datetime.now() + timedelta(**delta)
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_approvals_due").method_direct_trigger()

    def _asked_with(self, **vals):
        self._step(
            who="persons",
            partner_ids=[(6, 0, self.customer_b.ids)],
            **{"reminder_minutes": 60, "due_minutes": 240, **vals},
        )
        self.team_it.calendar_id = False  # day and night
        return self._asked(self._order())

    def test_reminded_once(self):
        request = self._asked_with()
        self.assertEqual(request.next_at, request.remind_at)
        self._after(minutes=30)
        self.assertFalse(request.reminded_at)
        self._after(minutes=61)
        self.assertTrue(request.reminded_at)
        self.assertEqual(request.next_at, request.due_at)
        self._after(minutes=62)
        events = request.ticket_id.approval_log_ids.mapped("event")
        self.assertEqual(events.count("reminded"), 1)

    def test_the_job_is_woken_in_time(self):
        cron = self.env.ref("service_desk.ir_cron_approvals_due")
        self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        request = self._asked_with()
        trigger = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(trigger.call_at, request.remind_at)

    def test_remind_again(self):
        request = self._asked_with(expiry_action="remind")
        self._after(days=1)
        self.assertEqual(request.state, "pending")
        self.assertTrue(request.due_at > fields.Datetime.now() + timedelta(days=1))
        events = request.ticket_id.approval_log_ids.mapped("event")
        self.assertEqual(events.count("reminded"), 1, "after an outage one reminder, no storm")

    def test_refuse(self):
        request = self._asked_with(expiry_action="refuse")
        self._after(days=1)
        self.assertEqual(request.state, "expired")
        self.assertEqual(request.step_id.state, "expired")
        self.assertEqual(request.ticket_id.approval_state, "refused")
        self.assertEqual(request.ticket_id.state, "cancelled")

    def test_approve(self):
        request = self._asked_with(expiry_action="approve")
        self._after(days=1)
        self.assertEqual(request.channel, "expiry")
        self.assertFalse(request.decided_by_id)
        self.assertEqual(request.ticket_id.approval_state, "approved")
        self.assertEqual(request.ticket_id.state, "new")

    def test_escalate(self):
        self._profile(self.boss, manager_id=self.buyer.id)
        self.policy.step_ids.unlink()
        self._persons(self.boss, reminder_minutes=0, due_minutes=60, expiry_action="escalate")
        ticket = self._order()
        request = self._asked(ticket)
        self._after(days=30)
        self.assertEqual(request.state, "expired")
        self.assertEqual(self._asked(ticket).partner_id, self.buyer.partner_id)
        self._after(days=90)
        self.assertEqual(
            self._asked(ticket).partner_id, self.owner.partner_id, "nobody is above the buyer"
        )
        self._asked(ticket)._decide(self.owner, "approve")
        self.assertEqual(ticket.approval_state, "approved")

    def test_what_is_asked_back_is_not_late(self):
        request = self._asked_with(expiry_action="refuse")
        request._decide(self.customer_b, "ask", "Why?")
        self._after(days=3)
        self.assertEqual(request.state, "asked_back")

    def test_a_failure_stops_no_other(self):
        first = self._asked_with(expiry_action="refuse")
        second = self._asked(self._order())
        bad = {**first.step_id.rule, "expiry_action": "unknown"}
        first.step_id.rule = bad
        with self.assertLogs("odoo.addons.service_desk", level="ERROR"):
            self._after(days=1)
        self.assertEqual(second.state, "expired")
        self.assertEqual(first.state, "pending")

    def test_times_that_make_no_sense(self):
        with self.assertRefused(ValidationError, "after its time is over"):
            self._step(who="manager", due_minutes=60, reminder_minutes=60)
        with self.assertRefused(ValidationError, "longer than a year"):
            self._step(who="manager", due_minutes=10**6)
