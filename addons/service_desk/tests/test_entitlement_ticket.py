"""No ticket gets an offering that is not for its requester, by whichever way."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .entitlement_common import EntitlementCommon

REFUSED = "There is no such offering"


@tagged("post_install", "-at_install")
class TestEntitlementTicket(EntitlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for offering, person in ((cls.tap, cls.cook), (cls.till, cls.cashier)):
            cls.Entitlement.create({"offering_id": offering.id, "person_ids": person.ids})
        cls.Ticket = cls.env["service_desk.ticket"]

    def _vals(self, offering, partner, **vals):
        return {
            "name": "Help",
            "offering_id": offering.id,
            "partner_id": partner.id,
            "team_id": self.team_it.id,
            **vals,
        }

    def test_create_by_agent(self):
        mine = self.Ticket.with_user(self.agent)
        self.assertTrue(mine.create(self._vals(self.tap, self.cook)))
        with self.assertRefused(AccessError, REFUSED):
            mine.create(self._vals(self.till, self.cook))
        with self.assertRefused(AccessError, REFUSED):
            mine.with_context(default_offering_id=self.till.id).create(
                {"name": "x", "team_id": self.team_it.id, "partner_id": self.cook.id}
            )

    def test_one_of_a_batch_refuses_all(self):
        with self.assertRefused(AccessError, REFUSED):
            self.Ticket.with_user(self.agent).create(
                [self._vals(self.tap, self.cook), self._vals(self.till, self.cook)]
            )

    def test_create_by_the_desk_for_a_requester(self):
        with self.assertRefused(AccessError, REFUSED):
            self.Ticket.create(self._vals(self.till, self.cook))
        with self.assertRefused(AccessError, REFUSED):
            self.Ticket._intake(self._vals(self.till, self.cook, channel="portal"))
        with self.assertRefused(AccessError, REFUSED):  # somebody unknown
            vals = self._vals(self.till, self.env["res.partner"], channel="email")
            self.Ticket._intake(vals)
        self.assertTrue(self.Ticket.create(self._vals(self.till, self.env["res.partner"])))
        decided = self.Ticket._with_request({}, facts=False)
        self.assertTrue(decided.create(self._vals(self.till, self.cook)))

    def test_without_requester_it_counts_who_registers(self):
        nobody = self.env["res.partner"]
        with self.assertRefused(AccessError, REFUSED):
            self.Ticket.with_user(self.agent).create(self._vals(self.till, nobody))
        self._row(self.till, person_ids=self.agent.partner_id.ids)
        self.assertTrue(self.Ticket.with_user(self.agent).create(self._vals(self.till, nobody)))

    def test_write(self):
        ticket = self._create_ticket(partner_id=self.cook.id).with_user(self.agent)
        with self.assertRefused(AccessError, REFUSED):
            ticket.offering_id = self.till
        ticket.write({"offering_id": self.till.id, "partner_id": self.cashier.id})
        self.assertEqual(ticket.offering_id, self.till)
        ticket.write({"offering_id": self.till.id})  # no change
        with self.assertRefused(AccessError, REFUSED):
            ticket.sudo().offering_id = self.tap
        ticket.offering_id = False

    def test_same_answer_for_what_is_not_there(self):
        self.till.state = "draft"
        retired = self._create_offering("Old", self.tills, state="retired")
        answers = set()
        for offering_id in (self.tap.id, self.till.id, retired.id, 2**30):
            vals = {**self._vals(self.tap, self.cashier), "offering_id": offering_id}
            with self.assertRaises(AccessError) as refusal, self.env.cr.savepoint():
                self.Ticket.with_user(self.agent).create(vals)
            answers.add(str(refusal.exception))
        self.assertEqual(len(answers), 1)

    def test_nonsense_is_refused(self):
        for name in ("partner_id", "offering_id"):
            for value in ("abc", -1, 2**70, [1], {"a": 1}, True):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    self.Ticket.with_user(self.agent).create(
                        {**self._vals(self.tap, self.cook), name: value}
                    )

    def test_change_of_requester_keeps_and_explains(self):
        ticket = self.Ticket.create(self._vals(self.tap, self.cook)).with_user(self.agent)
        ticket.partner_id = self.cashier
        self.assertEqual(ticket.offering_id, self.tap)
        decision = ticket.decision_ids.filtered(lambda d: d.kind == "entitlement")
        self.assertIn("was kept", decision.text)
        self.assertIn("Cyril Cashier", decision.text)
        self.assertTrue(ticket.offering_is_foreign)
        ticket.partner_id = self.cook
        self.assertFalse(ticket.offering_is_foreign)
        self.assertEqual(len(ticket.decision_ids.filtered(lambda d: d.kind == "entitlement")), 1)

    # -------------------------------------------------------------- exceptions
    def test_lead_may_with_a_reason(self):
        vals = self._vals(self.till, self.cook, offering_exception="She helps out at till 3")
        ticket = self.Ticket.with_user(self.lead).create(vals)
        decision = ticket.decision_ids.filtered(lambda d: d.kind == "entitlement")
        self.assertIn("She helps out at till 3", decision.text)
        self.assertIn("Lena Lead", decision.text)
        other = self._create_ticket(partner_id=self.cook.id).with_user(self.lead)
        other.write({"offering_id": self.till.id, "offering_exception": "Well"})
        self.assertIn("Well", other.decision_ids.filtered(lambda d: d.kind == "entitlement").text)

    def test_nobody_else_and_not_without_a_reason(self):
        with self.assertRefused(AccessError, REFUSED):
            self.Ticket.with_user(self.lead).create(
                self._vals(self.till, self.cook, offering_exception="  ")
            )
        with self.assertRefused(AccessError, REFUSED):
            self.Ticket.with_user(self.agent).create(
                self._vals(self.till, self.cook, offering_exception="Please")
            )
        self.till.state = "draft"
        with self.assertRefused(AccessError, REFUSED):
            self.Ticket.with_user(self.lead).create(
                self._vals(self.till, self.cook, offering_exception="Please")
            )
        for reason in ("x" * 501, 5, ["x"], "\x00"):
            with self.assertRefused(ValidationError, "at most 500"):
                self.Ticket.with_user(self.lead).create(
                    self._vals(self.tap, self.cook, offering_exception=reason)
                )

    def test_a_needless_reason_is_not_written_down(self):
        vals = self._vals(self.tap, self.cook, offering_exception="Just so")
        ticket = self.Ticket.with_user(self.lead).create(vals)
        self.assertFalse(ticket.decision_ids.filtered(lambda d: d.kind == "entitlement"))

    # ------------------------------------------------------------------ queries
    def test_a_batch_asks_once(self):
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "parent_id": self.firm_a.id} for n in range(20)]
        )
        self._row(self.tap, person_ids=people.ids)
        vals_list = [self._vals(self.tap, person) for person in people]

        def check(vals_list):
            uses = self.Ticket._uses_of_new(vals_list)
            self.assertFalse(self.Ticket._check_uses(uses, {}))

        self.assertEqual(self._queries(check, vals_list), self._queries(check, vals_list[:1]))

    def test_a_ticket_without_offering_asks_nothing(self):
        vals = {"name": "x", "partner_id": self.cook.id}
        self.assertEqual(self._queries(self.Ticket._uses_of_new, [vals]), 0)
