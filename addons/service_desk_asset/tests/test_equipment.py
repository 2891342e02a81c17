"""Goods in hand decide what somebody may ask for, at once."""

from odoo.tests import tagged

from odoo.addons.service_desk.tests.entitlement_common import EntitlementCommon


@tagged("post_install", "-at_install")
class TestEquipment(EntitlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = cls.env["maintenance.equipment.category"].create(
            [{"name": "Coffee Machines"}, {"name": "Vans"}]
        )
        cls.coffee_machines, cls.vans = kinds
        cls.machine = cls.env["maintenance.equipment"].create(
            {"name": "Coffee 1", "category_id": cls.coffee_machines.id, "owner_user_id": False}
        )
        cls.repair = cls._create_offering("Repair a coffee machine", cls.tills)
        cls.Entitlement.create(
            {"offering_id": cls.repair.id, "equipment_category_ids": cls.coffee_machines.ids}
        )

    def _give(self, **vals):
        self.machine.write(vals)

    def test_given_and_taken_back(self):
        self.assertNotFor(self.repair, self.cashier)
        self._give(owner_user_id=self.cashier.user_ids.id)
        self.assertFor(self.repair, self.cashier)
        self.assertNotFor(self.repair, self.cook)
        self._give(owner_user_id=False)
        self.assertNotFor(self.repair, self.cashier)

    def test_of_another_kind_archived_or_scrapped(self):
        self._give(owner_user_id=self.cashier.user_ids.id, category_id=self.vans.id)
        self.assertNotFor(self.repair, self.cashier)
        self._give(category_id=self.coffee_machines.id, scrap_date="2020-01-01")
        self.assertNotFor(self.repair, self.cashier)
        self._give(scrap_date="2999-01-01")
        self.assertFor(self.repair, self.cashier)
        self._give(active=False)
        self.assertNotFor(self.repair, self.cashier)

    def test_row_in_words(self):
        self.assertEqual(self.repair.entitlement_ids.text, "For: has Coffee Machines")
        reasons = self.repair._why_not_for(self.cook)
        self.assertIn("Does not hold: has Coffee Machines.", reasons[0])

    def test_kind_that_is_deleted_makes_it_for_nobody(self):
        self.repair.entitlement_ids.for_internal = True
        self.machine.category_id = False
        self.coffee_machines.unlink()
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertNotFor(self.repair, self.cashier)
