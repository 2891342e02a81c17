from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestApprovalEngine(ApprovalCommon):
    """The way of a request through its steps."""

    def test_without_a_policy_nothing_waits(self):
        self.offering.approval_policy_id = False
        ticket = self._order()
        self.assertEqual(ticket.approval_state, "none")
        self.assertFalse(ticket._waits_for_approval())
        self.assertFalse(ticket.approval_ids)

    def test_the_manager_is_asked_and_the_ticket_waits(self):
        self._step(who="manager")
        ticket = self._order()
        self.assertEqual(ticket.approval_state, "pending")
        self.assertEqual(ticket._waits_for_approval(), ticket)
        self.assertEqual(ticket.state, "waiting")
        self.assertEqual(
            ticket.waiting_reason_id, self.env.ref("service_desk.waiting_reason_approval")
        )
        self.assertFalse(ticket.waiting_until)
        self.assertEqual(self._asked(ticket).partner_id, self.boss.partner_id)

    def test_approved_goes_on_where_it_stood(self):
        self._step(who="manager")
        ticket = self._order()
        self._asked(ticket).with_user(self.boss).action_approve()
        self.assertEqual(ticket.approval_state, "approved")
        self.assertEqual(ticket.state, "new")
        self.assertFalse(ticket._waits_for_approval())

    def test_refused_is_cancelled_with_the_reason(self):
        self._step(who="manager")
        ticket = self._order()
        request = self._asked(ticket)
        with self.assertRefused(UserError, "Say why"):
            request._decide(self.boss, "refuse", "  ")
        request._decide(self.boss, "refuse", "No money this year")
        self.assertEqual(ticket.approval_state, "refused")
        self.assertEqual(ticket.state, "cancelled")
        self.assertEqual(
            ticket.close_reason_id, self.env.ref("service_desk.close_reason_not_approved")
        )
        told = ticket.message_ids.filtered(lambda m: "No money this year" in m.body)
        self.assertTrue(ticket._is_public(told))

    def test_three_steps_one_after_the_other(self):
        self._step(who="manager", sequence=1, name="Manager")
        self._step(who="service_owner", sequence=2, name="Owner")
        self._persons(self.buyer, sequence=3, name="Purchase")
        ticket = self._order()
        for user in (self.boss, self.owner, self.buyer):
            request = self._asked(ticket)
            self.assertEqual(request.partner_id, user.partner_id)
            self.assertEqual(ticket.approval_state, "pending")
            request._decide(user, "approve")
        self.assertEqual(ticket.approval_state, "approved")
        self.assertEqual(ticket.approval_ids.step_ids.mapped("state"), ["approved"] * 3)

    def test_all_must_agree(self):
        self._persons(self.boss, self.owner, mode="all")
        ticket = self._order()
        first, second = self._asked(ticket)
        first._decide(first.partner_id, "approve")
        self.assertEqual(ticket.approval_state, "pending")
        second._decide(second.partner_id, "approve")
        self.assertEqual(ticket.approval_state, "approved")

    def test_one_refusal_of_all_ends_it(self):
        self._persons(self.boss, self.owner, mode="all")
        ticket = self._order()
        first, second = self._asked(ticket)
        first._decide(first.partner_id, "refuse", "No")
        self.assertEqual(second.state, "cancelled")
        self.assertEqual(ticket.state, "cancelled")

    def test_any_of_them(self):
        self._persons(self.boss, self.owner, self.buyer, mode="any")
        ticket = self._order()
        request = self._asked(ticket).filtered(lambda r: r.partner_id == self.buyer.partner_id)
        request._decide(self.buyer, "approve")
        self.assertEqual(ticket.approval_state, "approved")
        self.assertFalse(self._asked(ticket))

    def test_two_of_three_complete_early_and_are_lost_early(self):
        self._persons(self.boss, self.owner, self.buyer, mode="count", needed=2)
        ticket = self._order()
        one, two, three = self._asked(ticket)
        one._decide(one.partner_id, "refuse", "No")
        self.assertEqual(ticket.approval_state, "pending", "two can still agree")
        two._decide(two.partner_id, "approve")
        three._decide(three.partner_id, "approve")
        self.assertEqual(ticket.approval_state, "approved")
        ticket = self._order()
        one, two, three = self._asked(ticket)
        one._decide(one.partner_id, "refuse", "No")
        two._decide(two.partner_id, "refuse", "No")
        self.assertEqual(ticket.approval_state, "refused")
        self.assertEqual(three.state, "cancelled")

    def test_more_needed_than_there_are_people(self):
        self._persons(self.boss, self.owner, mode="count", needed=5)
        ticket = self._order()
        for request in self._asked(ticket):
            request._decide(request.partner_id, "approve")
        self.assertEqual(ticket.approval_state, "approved")

    def test_limits_by_price(self):
        self.offering.price = 60_000
        self._step(who="manager", sequence=1, amount_by="price", amount_below=50_000)
        self._step(who="service_owner", sequence=2, amount_by="price", amount_from=50_000)
        ticket = self._order()
        self.assertEqual(ticket.approval_ids.step_ids.mapped("state"), ["skipped", "pending"])
        self.assertEqual(self._asked(ticket).partner_id, self.owner.partner_id)
        self.offering.price = 49_999
        ticket = self._order()
        self.assertEqual(self._asked(ticket).partner_id, self.boss.partner_id)

    def test_no_step_applies(self):
        self._step(who="manager", amount_by="price", amount_from=10)
        ticket = self._order()
        self.assertEqual(ticket.approval_state, "none")
        self.assertFalse(ticket.approval_ids)
        self.assertIn("approval", ticket.decision_ids.mapped("kind"))

    def test_nobody_found_goes_to_the_owner_and_then_to_the_managers(self):
        self._step(who="site_manager")
        ticket = self._order()
        self.assertEqual(self._asked(ticket).partner_id, self.owner.partner_id)
        self.service.owner_id = False
        ticket = self._order()
        self.assertIn(self.manager.partner_id, self._asked(ticket).partner_id)
        self.assertEqual(ticket.approval_state, "pending")

    def test_who_asks_does_not_approve_himself(self):
        self._profile(self.owner, manager_id=self.boss.id)
        self._step(who="service_owner")
        ticket = self._order(partner_id=self.owner.partner_id.id)
        self.assertEqual(self._asked(ticket).partner_id, self.boss.partner_id)
        self.policy.not_oneself = False
        ticket = self._order(partner_id=self.owner.partner_id.id)
        self.assertEqual(self._asked(ticket).partner_id, self.owner.partner_id)

    def test_the_same_person_decides_once(self):
        self._step(who="manager", sequence=1)
        self._persons(self.boss, sequence=2)
        ticket = self._order()
        self._asked(ticket)._decide(self.boss, "approve")
        self.assertEqual(ticket.approval_state, "approved")
        self.assertEqual(ticket.approval_ids.request_ids.mapped("channel"), ["web", "earlier"])
        self.policy.once_is_enough = False
        ticket = self._order()
        self._asked(ticket)._decide(self.boss, "approve")
        self.assertEqual(ticket.approval_state, "pending")

    def test_somebody_two_above(self):
        self._profile(self.boss, manager_id=self.buyer.id)
        self._step(who="manager", manager_level=2)
        self.assertEqual(self._asked(self._order()).partner_id, self.buyer.partner_id)

    def test_site_manager(self):
        shop = self.env["res.partner"].create(
            {
                "name": "Shop",
                "is_company": True,
                "service_desk_manager_id": self.buyer.partner_id.id,
            }
        )
        self._step(who="site_manager")
        ticket = self._order(site_id=shop.id)
        self.assertEqual(self._asked(ticket).partner_id, self.buyer.partner_id)

    def test_a_customer_approves(self):
        self._step(who="persons", partner_ids=[(6, 0, self.customer_b.ids)])
        ticket = self._order()
        self._asked(ticket)._decide(self.portal_b, "approve", channel="portal")
        self.assertEqual(ticket.approval_state, "approved")

    def test_decided_once(self):
        self._step(who="manager")
        ticket = self._order()
        request = self._asked(ticket)
        request._decide(self.boss, "approve")
        with self.assertRefused(UserError, "Already approved by Boss Approver"):
            request._decide(self.boss, "refuse", "Too late")
        self.assertEqual(ticket.approval_state, "approved")

    def test_the_decision_of_somebody_else(self):
        self._step(who="manager")
        request = self._asked(self._order())
        with self.assertRefused(AccessError, "somebody else"):
            request._decide(self.buyer, "approve")
        with self.assertRaises(AccessError):
            request.with_user(self.buyer).action_approve()
        with self.assertRaises(AccessError):
            request.with_user(self.boss).write({"state": "approved"})

    def test_an_unknown_verdict(self):
        self._step(who="manager")
        with self.assertRefused(UserError, "Nobody can decide “yes”"):
            self._asked(self._order())._decide(self.boss, "yes")
