from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalPeople(ApprovalCommon):
    """Asking back, handing on, deputies, people who leave."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._step(who="manager")
        cls.boss_profile = cls._profile(cls.boss, deputy_id=cls.deputy.id)

    def _cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_approvers_away").method_direct_trigger()

    # ---------------------------------------------------------------- ask back
    def test_asking_the_requester(self):
        ticket = self._order()
        request = self._asked(ticket)
        with self.assertRefused(UserError, "what you want to know"):
            request._decide(self.boss, "ask")
        request._decide(self.boss, "ask", "Why two monitors?")
        self.assertEqual(request.state, "asked_back")
        self.assertFalse(request.next_at)
        question = ticket.message_ids.filtered(lambda m: "Why two monitors?" in m.body)
        self.assertTrue(ticket._is_public(question))
        self.assertFalse(
            ticket.first_response_at, "an approver's question is no answer of the desk"
        )
        ticket.message_post(
            body="I draw plans",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.employee.partner_id.id,
        )
        self.assertEqual(request.state, "pending")
        self.assertEqual(request.answer, "I draw plans")
        self.assertTrue(request.due_at > fields.Datetime.now())
        self.assertEqual(ticket.state, "waiting")
        request._decide(self.boss, "approve")
        self.assertEqual(ticket.approval_state, "approved")

    def test_a_machine_answers_nothing(self):
        ticket = self._order()
        request = self._asked(ticket)
        request._decide(self.boss, "ask", "Why?")
        ticket.with_context(service_desk_machine_mail=True).message_post(
            body="I am away",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.employee.partner_id.id,
        )
        self.assertEqual(request.state, "asked_back")

    # ---------------------------------------------------------------- hand on
    def test_handing_on(self):
        ticket = self._order()
        request = self._asked(ticket)
        taken = request._delegate(self.boss, self.buyer.partner_id, "You know better")
        self.assertEqual(request.state, "delegated")
        self.assertEqual(self._asked(ticket), taken)
        with self.assertRefused(AccessError, "somebody else"):
            taken._decide(self.boss, "approve")
        with self.assertRefused(UserError, "Buyer Approver is asked"):
            request._decide(self.boss, "approve")
        taken._decide(self.buyer, "approve")
        self.assertEqual(ticket.approval_state, "approved")

    def test_to_whom_it_cannot_be_handed_on(self):
        request = self._asked(self._order())
        with self.assertRefused(UserError, "asks for it"):
            request._delegate(self.boss, self.employee.partner_id)
        with self.assertRefused(UserError, "no colleague"):
            request._delegate(self.boss, self.customer_a)
        with self.assertRefused(UserError, "asked already"):
            request._delegate(self.boss, self.boss.partner_id)
        with self.assertRefused(AccessError, "somebody else"):
            request._delegate(self.buyer, self.owner.partner_id)

    def test_it_is_not_handed_round_for_ever(self):
        request = self._asked(self._order())
        people = [self.buyer, self.owner, self.boss, self.buyer, self.owner]
        holder = self.boss
        for user in people:
            request = request._delegate(holder, user.partner_id)
            holder = user
        with self.assertRefused(UserError, "somebody must decide"):
            request._delegate(holder, self.boss.partner_id)

    # --------------------------------------------------------------- deputies
    def test_away_from_the_beginning(self):
        self._absent(self.boss)
        request = self._asked(self._order())
        self.assertEqual(request.partner_id, self.deputy.partner_id)
        self.assertEqual(request.principal_id, self.boss.partner_id)
        request._decide(self.deputy, "approve")
        self.assertEqual(request.ticket_id.approval_state, "approved")

    def test_away_and_back(self):
        ticket = self._order()
        request = self._asked(ticket)
        self._absent(self.boss)
        self._cron()
        self.assertEqual(request.state, "delegated")
        self.assertEqual(self._asked(ticket).partner_id, self.deputy.partner_id)
        self.boss.write({"out_of_office_from": False, "out_of_office_to": False})
        self._cron()
        self.assertEqual(self._asked(ticket).partner_id, self.boss.partner_id)
        events = ticket.approval_log_ids.mapped("event")
        self.assertIn("deputised", events)
        self.assertIn("returned", events)
        self._cron()
        self.assertEqual(len(ticket.approval_ids.request_ids), 3, "nothing moves twice")

    def test_going_away_wakes_the_job(self):
        self._order()
        cron = self.env.ref("service_desk.ir_cron_approvers_away")
        self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        self._absent(self.boss)
        moments = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).mapped("call_at")
        self.assertTrue(min(moments) <= fields.Datetime.now() + timedelta(seconds=60))

    def test_away_without_a_deputy_he_is_asked_himself(self):
        self.boss_profile.deputy_id = False
        self._absent(self.boss)
        self.assertEqual(self._asked(self._order()).partner_id, self.boss.partner_id)

    def test_the_deputy_asks_for_it_himself(self):
        self._profile(self.deputy, manager_id=self.boss.id)
        self._absent(self.boss)
        request = self._asked(self._order(partner_id=self.deputy.partner_id.id))
        self.assertEqual(request.partner_id, self.boss.partner_id)

    def test_night_is_no_absence(self):
        self.boss_profile.accepts_work = False
        self.assertEqual(self._asked(self._order()).partner_id, self.boss.partner_id)

    # ---------------------------------------------------------------- leaving
    def test_who_is_archived_is_replaced(self):
        ticket = self._order()
        self.boss_profile.write({"deputy_id": False, "manager_id": self.buyer.id})
        self.boss.active = False
        self._cron()
        self.assertEqual(self._asked(ticket).partner_id, self.buyer.partner_id)

    def test_who_has_left_is_not_asked(self):
        self._profile(self.buyer)
        self.policy.step_ids.write(
            {"who": "persons", "partner_ids": [(6, 0, self.buyer.partner_id.ids)]}
        )
        self.buyer.active = False
        self.assertEqual(self._asked(self._order()).partner_id, self.owner.partner_id)
