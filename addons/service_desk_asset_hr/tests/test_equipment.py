"""Give a cashier a coffee machine: its repair service appears; take it back: it disappears."""

from odoo.tests import tagged

from odoo.addons.service_desk_asset.tests.test_equipment import TestEquipment


@tagged("post_install", "-at_install")
class TestEquipmentOfEmployees(TestEquipment):
    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shops, cls.offices = cls.env["hr.department"].create(
            [{"name": "Shops"}, {"name": "Offices"}]
        )
        cls.shop_1 = cls.env["hr.department"].create({"name": "Shop 1", "parent_id": cls.shops.id})
        cls.employee_cashier = cls.env["hr.employee"].create(
            {
                "name": "Cyril Cashier",
                "user_id": cls.cashier.user_ids.id,
                "department_id": cls.shop_1.id,
            }
        )
        # A loader has no login: he asks by phone.
        cls.employee_loader = cls.env["hr.employee"].create(
            {"name": "Leo Loader", "department_id": cls.offices.id}
        )
        cls.loader = cls.employee_loader.work_contact_id

    def _give(self, **vals):
        if "owner_user_id" in vals:
            employee = self.employee_cashier if vals.pop("owner_user_id") else False
            vals["equipment_assign_to"] = "employee"
            vals["employee_id"] = employee and employee.id
        super()._give(**vals)

    def test_employee_without_login(self):
        self.assertNotFor(self.repair, self.loader)
        self.machine.employee_id = self.employee_loader
        self.assertFor(self.repair, self.loader)
        self.assertNotFor(self.repair, self.cashier)
        self.employee_loader.active = False
        self.assertNotFor(self.repair, self.loader)

    def test_department_with_those_below(self):
        self.machine.write({"equipment_assign_to": "department", "department_id": self.shops.id})
        self.assertFor(self.repair, self.cashier)
        self.assertNotFor(self.repair, self.loader)
        self.employee_loader.department_id = self.shop_1
        self.assertFor(self.repair, self.loader)
        self.employee_cashier.department_id = self.offices
        self.assertNotFor(self.repair, self.cashier)
