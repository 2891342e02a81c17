"""Rows: what each condition means, and how they go together."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .entitlement_common import EntitlementCommon


@tagged("post_install", "-at_install")
class TestEntitlementRows(EntitlementCommon):
    # ---------------------------------------------------------- without any row
    def test_without_rows_it_is_for_all_we_know(self):
        self.assertFor(
            self.tap, self.cook, self.cashier, self.customer_a, self.contact, self.firm_a
        )

    def test_nobody_and_somebody_unknown_get_nothing(self):
        nobody = self.env["res.partner"]
        self.assertEqual(self.catalog._visible_ids(nobody), frozenset())
        self.assertFalse(self.tap._is_for(nobody))
        unknown = nobody.browse(2**30)
        self.assertEqual(self.catalog._visible_ids(unknown), frozenset())
        self.assertTrue(self.tap._why_not_for(unknown))

    def test_draft_retired_archived_and_unknown_are_for_nobody(self):
        self.assertFalse(self.env["service_desk.offering"].browse(2**30)._is_for(self.cook))
        for vals in ({"state": "draft"}, {"state": "retired"}, {"active": False}):
            offering = self._create_offering("Other", self.tills)
            offering.write(vals)
            self.assertNotFor(offering, self.cook)
        self.tills.active = False
        self.assertNotFor(self.till, self.cook)

    def test_of_the_own_company_only(self):
        team_b = self.env["service_desk.team"].create(
            {"name": "Desk of B", "company_id": self.company_b.id}
        )
        service_b = self.env["service_desk.service"].create(
            {"name": "B", "company_id": self.company_b.id}
        )
        theirs = self._create_offering("Theirs", service_b, team_id=team_b.id)
        self.assertNotFor(theirs, self.cook, self.customer_a)
        self.assertIn("Company B", theirs._why_not_for(self.cook)[0])
        self.assertFor(theirs, self.contact)  # a contact of all companies
        self.contact.company_id = self.company
        self.assertNotFor(theirs, self.contact)
        self.tills.company_id = False
        self.assertFor(self.till, self.cook, self.customer_a, self.contact)

    # ------------------------------------------------------------ the conditions
    def test_kinds_of_people(self):
        row = self._row(self.tap, for_internal=True)
        self.assertFor(self.tap, self.cook)
        self.assertNotFor(self.tap, self.customer_a, self.contact)
        row.write({"for_internal": False, "for_portal": True})
        self.assertFor(self.tap, self.customer_a)
        self.assertNotFor(self.tap, self.cook, self.contact)
        row.write({"for_portal": False, "for_contacts": True})
        self.assertFor(self.tap, self.contact, self.firm_a)
        self.assertNotFor(self.tap, self.cook, self.customer_a)

    def test_company(self):
        self.tills.company_id = False
        self._row(self.till, company_ids=self.company_b.ids)
        self.assertNotFor(self.till, self.cook)
        self.cook.user_ids.company_ids += self.company_b
        self.assertFor(self.till, self.cook)

    def test_customer_with_its_contacts_branches_and_daughters(self):
        self._row(self.tap, customer_ids=self.firm_a.ids)
        branch = self.env["res.partner"].create({"name": "Branch", "parent_id": self.firm_a.id})
        person = self.env["res.partner"].create({"name": "Petra", "parent_id": branch.id})
        daughter = self.env["res.partner"].create(
            {"name": "Daughter", "parent_id": self.firm_a.id, "is_company": True}
        )
        worker = self.env["res.partner"].create({"name": "Willy", "parent_id": daughter.id})
        self.assertFor(self.tap, self.firm_a, self.customer_a, branch, person, worker)
        self.assertNotFor(self.tap, self.firm_b, self.customer_b, self.cook)
        person.parent_id = self.firm_b
        self.assertNotFor(self.tap, person)

    def test_customer_tag_of_the_person_or_of_his_firm(self):
        retail = self.env["res.partner.category"].create({"name": "Retail"})
        food = self.env["res.partner.category"].create({"name": "Food", "parent_id": retail.id})
        self._row(self.tap, customer_tag_ids=retail.ids)
        self.assertNotFor(self.tap, self.customer_a)
        self.firm_a.category_id = food
        self.assertFor(self.tap, self.customer_a, self.firm_a)
        self.cook.category_id = retail
        self.assertFor(self.tap, self.cook)
        self.assertNotFor(self.tap, self.customer_b)

    def test_site_with_what_is_part_of_it(self):
        self._row(self.tap, site_ids=self.shop.ids)
        self.assertNotFor(self.tap, self.cook)
        kitchen = self.env["res.partner"].create({"name": "Kitchen", "parent_id": self.shop.id})
        self.cook.parent_id = kitchen
        self.assertFor(self.tap, self.cook)

    def test_group_also_by_another_group(self):
        group = self.env["res.groups"].create({"name": "Drivers"})
        above = self.env["res.groups"].create({"name": "Chiefs", "implied_ids": group.ids})
        self._row(self.tap, group_ids=group.ids)
        self.assertNotFor(self.tap, self.cook, self.contact)
        self.cook.user_ids.group_ids += above
        self.assertFor(self.tap, self.cook)
        self.cook.user_ids.group_ids -= above
        self.assertNotFor(self.tap, self.cook)

    def test_people_by_name(self):
        self._row(self.tap, person_ids=(self.contact | self.cook).ids)
        self.assertFor(self.tap, self.contact, self.cook)
        self.assertNotFor(self.tap, self.cashier)

    # -------------------------------------------------------- how they go together
    def test_conditions_of_a_row_hold_together_and_rows_are_alternatives(self):
        row = self._row(self.tap, for_internal=True, site_ids=self.shop.ids)
        self.assertNotFor(self.tap, self.cook)
        self.cook.parent_id = self.shop
        self.assertFor(self.tap, self.cook)
        self._row(self.tap, customer_ids=self.firm_a.ids)
        self.assertFor(self.tap, self.cook, self.customer_a)
        row.unlink()
        self.assertNotFor(self.tap, self.cook)

    def test_never_for_goes_first(self):
        self._row(self.tap, kind="refuse", person_ids=self.cook.ids)
        self.assertNotFor(self.tap, self.cook)
        self.assertFor(self.tap, self.cashier)
        self._row(self.tap, person_ids=self.cook.ids)
        self.assertNotFor(self.tap, self.cook, self.cashier)

    def test_rows_of_a_service_hold_for_all_below(self):
        self._row(self.building, for_internal=True)
        self.assertNotFor(self.tap, self.customer_a)
        self.assertFor(self.till, self.customer_a)
        self._row(self.tap, person_ids=(self.cook | self.customer_a).ids)
        self.assertFor(self.tap, self.cook)
        self.assertNotFor(self.tap, self.customer_a, self.cashier)
        self.plumbing.parent_id = False
        self.assertFor(self.tap, self.customer_a)
        reasons = " ".join(self.tap._why_not_for(self.cashier))
        self.assertIn("Carla Cook", reasons)

    def test_reasons_name_the_service_and_what_does_not_hold(self):
        self._row(self.building, for_internal=True, site_ids=self.shop.ids)
        reason = self.tap._why_not_for(self.cook)[0]
        self.assertIn("of the service Building", reason)
        self.assertIn("Does not hold: site", reason)
        self.assertNotIn("Does not hold: employees", reason)

    # ----------------------------------------------------------- people who go
    def test_colleague_who_has_left(self):
        self.cook.user_ids.active = False
        self.assertNotFor(self.tap, self.cook)

    def test_customer_without_his_login_is_a_contact_still(self):
        self._row(self.tap, for_contacts=True)
        self.portal_a.active = False
        self.assertFor(self.tap, self.customer_a)

    # ------------------------------------------------------------- broken rows
    def test_row_that_names_nothing_is_refused(self):
        with self.assertRefused(ValidationError, "whom the row is for"):
            self._row(self.tap)
        row = self._row(self.tap, for_internal=True)
        with self.assertRefused(ValidationError, "whom the row is for"):
            row.for_internal = False

    def test_what_is_lost_never_widens_a_row(self):
        tag = self.env["res.partner.category"].create({"name": "Gone"})
        row = self._row(self.tap, for_internal=True, customer_tag_ids=tag.ids)
        tag.unlink()
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertTrue(row.is_broken)
        self.assertIn("For nobody", row.text)
        self.assertNotFor(self.tap, self.cook)
        row.for_internal = True  # whoever saves its conditions again has looked at it
        self.assertFalse(row.is_broken)
        self.assertFor(self.tap, self.cook)

    def test_row_belongs_to_one_place(self):
        for vals in (
            {"for_internal": True},
            {"for_internal": True, "offering_id": self.tap.id, "service_id": self.tills.id},
        ):
            with self.assertRefused(ValidationError, "belongs to one thing"):
                self.Entitlement.create(vals)

    def test_nobody_names_what_he_may_not_see(self):
        owner = new_test_user(
            self.env, login="ent_owner1", groups="service_desk.service_desk_group_owner"
        )
        self.tills.owner_id = owner
        hidden = self.env["res.partner"].create({"name": "Of B", "company_id": self.company_b.id})
        rows = self.Entitlement.with_user(owner)
        with self.assertRefused(AccessError, ""):
            rows.create({"offering_id": self.till.id, "customer_ids": hidden.ids})
        with self.assertRefused(AccessError, ""):
            rows.create({"offering_id": self.tap.id, "for_internal": True})
        row = rows.create({"offering_id": self.till.id, "for_internal": True})
        with self.assertRefused(AccessError, ""):
            row.offering_id = self.tap
        with self.assertRefused(AccessError, ""):
            row.site_ids = hidden

    def test_names_one_may_not_see_are_a_number(self):
        hidden = self.env["res.partner"].create({"name": "Of B", "company_id": self.company_b.id})
        row = self._row(self.tap, customer_ids=(hidden | self.firm_a).ids)
        text = row.with_user(self.agent).with_context(allowed_company_ids=self.company.ids).text
        self.assertIn("Firm A", text)
        self.assertNotIn("Of B", text)
        self.assertIn("1 more", text)

    # ----------------------------------------------------------------- queries
    def test_queries_are_constant(self):
        """The same for 2 and for 32 offerings, for one and for 200 people; bridges add theirs."""
        few = self._queries(self.catalog._visible_ids, self.customer_a)
        for number in range(30):
            service = self.env["service_desk.service"].create(
                {"name": f"S{number}", "company_id": self.company.id}
            )
            offering = self._create_offering(f"O{number}", service)
            self._row(offering, customer_ids=self.firm_a.ids)
        self.assertEqual(self._queries(self.catalog._visible_ids, self.customer_a), few)
        many = self.env["res.partner"].create([{"name": f"P{n}"} for n in range(200)])
        one = self._queries(self.Entitlement._facts_of, many[:1])
        self.assertEqual(self._queries(self.Entitlement._facts_of, many), one)
        self.assertLessEqual(few, 5 if self._is_alone() else 12)

    def _is_alone(self):
        bridges = [("name", "=like", "service_desk_%"), ("state", "=", "installed")]
        return not self.env["ir.module.module"].search_count(bridges, limit=1)
