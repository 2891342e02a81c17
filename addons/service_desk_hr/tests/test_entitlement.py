"""The organisation chart decides who may use what, at once."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.service_desk.tests.entitlement_common import EntitlementCommon


@tagged("post_install", "-at_install")
class TestEntitlementHr(EntitlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shops, cls.kitchens = cls.env["hr.department"].create(
            [{"name": "Shops"}, {"name": "Kitchens"}]
        )
        cls.shop_1 = cls.env["hr.department"].create({"name": "Shop 1", "parent_id": cls.shops.id})
        cls.job_cashier, cls.job_cook = cls.env["hr.job"].create(
            [{"name": "Cashier"}, {"name": "Cook"}]
        )
        cls.employee_cashier = cls._create_employee(
            cls.cashier, department_id=cls.shop_1.id, job_id=cls.job_cashier.id
        )
        cls.employee_cook = cls._create_employee(
            cls.cook, department_id=cls.kitchens.id, job_id=cls.job_cook.id
        )

    @classmethod
    def _create_employee(cls, partner, **vals):
        return cls.env["hr.employee"].create(
            {"name": partner.name, "user_id": partner.user_ids.id, **vals}
        )

    def test_cook_and_cashier(self):
        self._row(self.till, job_ids=self.job_cashier.ids)
        self._row(self.tap, job_ids=self.job_cook.ids)
        self.assertFor(self.till, self.cashier)
        self.assertFor(self.tap, self.cook)
        self.assertNotFor(self.till, self.cook, self.customer_a, self.contact)
        self.assertNotFor(self.tap, self.cashier)
        self.employee_cook.job_id = self.job_cashier
        self.assertFor(self.till, self.cook)
        self.assertNotFor(self.tap, self.cook)

    def test_department_with_those_below_and_a_move(self):
        self._row(self.till, department_ids=self.shops.ids)
        self.assertFor(self.till, self.cashier)
        self.assertNotFor(self.till, self.cook)
        self.employee_cashier.department_id = self.kitchens
        self.assertNotFor(self.till, self.cashier)
        self.kitchens.parent_id = self.shops
        self.assertFor(self.till, self.cashier, self.cook)

    def test_new_employee_without_login(self):
        self._row(self.till, job_ids=self.job_cashier.ids)
        loader = self.env["hr.employee"].create({"name": "Leo", "job_id": self.job_cook.id})
        self.assertNotFor(self.till, loader.work_contact_id)
        loader.job_id = self.job_cashier
        self.assertFor(self.till, loader.work_contact_id)

    def test_what_is_planned_holds_from_its_day_on(self):
        self._row(self.till, job_ids=self.job_cashier.ids)
        today = fields.Date.today()
        version = self.employee_cook.create_version({"date_version": today + timedelta(days=5)})
        version.job_id = self.job_cashier
        self.assertNotFor(self.till, self.cook)
        self.employee_cook.version_ids[0].date_version = today - timedelta(days=30)
        version.date_version = today - timedelta(days=1)
        self.assertFor(self.till, self.cook)

    def test_site_is_the_place_of_work(self):
        self._row(self.till, site_ids=self.shop.ids)
        self.assertNotFor(self.till, self.cashier)
        counter = self.env["res.partner"].create({"name": "Counter", "parent_id": self.shop.id})
        self.employee_cashier.address_id = counter
        self.assertFor(self.till, self.cashier)
        self.employee_cashier.address_id = False
        location = self.env["hr.work.location"].create(
            {"name": "Shop 1", "address_id": self.shop.id, "location_type": "other"}
        )
        self.employee_cashier.work_location_id = location
        self.assertFor(self.till, self.cashier)
        row = self.till.entitlement_ids
        row.write({"site_ids": False, "work_location_ids": location.ids})
        self.assertFor(self.till, self.cashier)
        self.assertNotFor(self.till, self.cook)

    def test_managers(self):
        self._row(self.till, for_managers=True)
        self.assertNotFor(self.till, self.cook)
        self.employee_cashier.parent_id = self.employee_cook
        self.assertFor(self.till, self.cook)
        self.assertNotFor(self.till, self.cashier)
        self.employee_cashier.parent_id = False
        self.kitchens.manager_id = self.employee_cook
        self.assertFor(self.till, self.cook)

    def test_who_has_left(self):
        self.employee_cashier.active = False
        self._row(self.till, department_ids=self.shops.ids)
        self.assertNotFor(self.till, self.cashier)
        self.assertFor(self.tap, self.cashier)  # he logs in still
        self.cashier.user_ids.active = False
        self.assertNotFor(self.tap, self.cashier)
        helper = self.env["hr.employee"].create({"name": "Helper"})
        self.assertFor(self.tap, helper.work_contact_id)
        helper.active = False
        self.assertNotFor(self.tap, helper.work_contact_id)

    def test_employee_of_two_companies(self):
        self._row(self.till, job_ids=self.job_cook.ids)
        self.cashier.user_ids.company_ids += self.company_b
        self.assertNotFor(self.till, self.cashier)
        job_b = self.env["hr.job"].create({"name": "Cook of B", "company_id": self.company_b.id})
        self._create_employee(self.cashier, company_id=self.company_b.id, job_id=job_b.id)
        self.till.entitlement_ids.job_ids += job_b
        self.assertFor(self.till, self.cashier)

    def test_row_in_words(self):
        row = self._row(
            self.till,
            job_ids=self.job_cashier.ids,
            department_ids=self.shops.ids,
            for_managers=True,
        )
        self.assertEqual(row.text, "For: job Cashier; department Shops; managers only")

    def test_queries_are_constant(self):
        self._row(self.till, job_ids=self.job_cashier.ids, site_ids=self.shop.ids)
        employees = self.env["hr.employee"].create(
            [{"name": f"E{n}", "job_id": self.job_cashier.id} for n in range(50)]
        )
        partners = employees.work_contact_id
        one, all_of_them = (
            self._queries(self.Entitlement._facts_of, some) for some in (partners[:1], partners)
        )
        self.assertEqual(one, all_of_them)
