"""Owners see who sees what, and why not."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .entitlement_common import EntitlementCommon


@tagged("post_install", "-at_install")
class TestEntitlementViewAs(EntitlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = new_test_user(
            cls.env, login="ent_owner1", groups="service_desk.service_desk_group_owner"
        )
        cls.tills.owner_id = cls.owner
        cls.row = cls.Entitlement.create(
            {"offering_id": cls.till.id, "person_ids": cls.cashier.ids}
        )

    def _check(self, **vals):
        check = self.env["service_desk.entitlement.check"].with_user(self.owner).create(vals)
        return check

    def test_one_offering(self):
        check = self._check(partner_id=self.cashier.id, offering_id=self.till.id)
        self.assertEqual((check.answer, check.why), ("yes", "For: in person Cyril Cashier"))
        check.partner_id = self.cook
        self.assertEqual(check.answer, "no")
        self.assertIn("Does not hold: in person Cyril Cashier", check.why)
        check.offering_id = self.tap
        self.assertEqual(check.answer, "yes")
        self.assertIn("everybody of the company", check.why)

    def test_window_opens_with_the_place(self):
        action = self.till.with_user(self.owner).action_view_as()
        check = Form(
            self.env[action["res_model"]].with_user(self.owner).with_context(**action["context"])
        )
        self.assertEqual(check.offering_id, self.till)
        self.assertFalse(check.answer)
        check.partner_id = self.cashier
        self.assertEqual(check.answer, "yes")
        action = self.tills.with_user(self.owner).action_view_as()
        self.assertEqual(action["context"], {"default_service_id": self.tills.id})

    def test_all_that_a_person_sees(self):
        with self.assertRefused(UserError, "Choose a person"):
            self._check().action_open_offerings()
        check = self._check(partner_id=self.cook.id, service_id=self.tills.id)
        action = check.action_open_offerings()
        offerings = self.env[action["res_model"]].with_user(self.owner)
        seen = offerings.with_context(**action["context"])
        self.assertEqual(seen.search(action["domain"]).ids, self.till.ids)
        till, tap = seen.browse(self.till.id), seen.browse(self.tap.id)
        self.assertFalse(till.is_seen)
        self.assertIn("Does not hold", till.why_seen)
        self.assertTrue(tap.is_seen)
        mine = [("id", "in", (self.tap | self.till).ids)]
        self.assertEqual(seen.search([*mine, ("is_seen", "=", True)]), tap)
        self.assertEqual(seen.search([*mine, ("is_seen", "=", False)]), till)
        self.assertEqual(seen.search([*mine, ("is_seen", "in", [True, False])]), tap | till)

    def test_list_asks_the_facts_once(self):
        offerings = self.till
        for number in range(20):
            offerings |= self._create_offering(f"O{number}", self.tills)
        seen = offerings.with_context(service_desk_view_as=self.cook.id)

        def read(some):
            some.invalidate_recordset(["is_seen", "why_seen"])
            some.mapped("is_seen")

        read(seen)
        self.assertEqual(self._queries(read, seen), self._queries(read, seen[:1]))

    def test_nonsense_in_the_context(self):
        for value in ("abc", -1, 2**70, [1], True, None):
            offering = self.till.with_context(service_desk_view_as=value)
            self.assertFalse(offering.is_seen, value)

    def test_draft_tells_that_it_is_one(self):
        self.till.state = "draft"
        self.assertIn("draft", self.till._why_not_for(self.cashier)[0])

    # ------------------------------------------------------------- who sees it
    def test_who_sees_it(self):
        action = self.till.with_user(self.owner).action_open_who_sees()
        self.assertEqual(self.env["res.partner"].search(action["domain"]), self.cashier)
        self.row.write({"person_ids": False, "customer_ids": self.firm_a.ids})
        people = self.env["res.partner"].browse(self.till.with_user(self.owner)._people_ids())
        self.assertEqual(people, self.customer_a | self.contact)

    def test_who_sees_it_agrees_with_each_person(self):
        self.row.write({"person_ids": False, "for_internal": True})
        found = set(self.till._people_ids())
        for person in self.env["res.partner"].search([("is_company", "=", False)], limit=200):
            self.assertEqual(self.till._is_for(person), person.id in found, person.name)

    def test_who_sees_a_draft(self):
        self.till.state = "draft"
        self.assertEqual(self.till._people_ids(), self.cashier.ids)

    def test_people_the_owner_may_not_see_are_not_listed(self):
        hidden = self.env["res.partner"].create({"name": "Of B", "company_id": self.company_b.id})
        self.tills.company_id = False
        self.row.person_ids = hidden | self.cook
        self.assertEqual(self.till.with_user(self.owner)._people_ids(), self.cook.ids)

    def test_of_ones_own_services_only(self):
        for name in ("action_open_who_sees", "action_view_as"):
            with self.assertRefused(AccessError, ""):
                getattr(self.tap.with_user(self.owner), name)()
            with self.assertRefused(AccessError, ""):
                getattr(self.till.with_user(self.agent), name)()
        with self.assertRefused(AccessError, ""):
            self.env["service_desk.entitlement.check"].with_user(self.agent).create({})

    def test_rows_of_the_services_above_are_shown(self):
        row = self._row(self.building, for_internal=True)
        own = self._row(self.tap, for_internal=True)
        self.assertEqual(self.tap.inherited_entitlement_ids, row)
        self.assertEqual(self.tap.entitlement_ids, own)
        self.assertFalse(self.till.inherited_entitlement_ids)

    def test_a_copy_is_for_the_same_people(self):
        copy = self.till.copy()
        self.assertEqual(copy.entitlement_ids.person_ids, self.cashier)
        self.assertEqual(copy._people_ids(), self.cashier.ids)
