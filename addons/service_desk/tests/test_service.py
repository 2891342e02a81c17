from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestService(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.services = cls.env["service_desk.service"]
        cls.shops = cls.services.create({"name": "Shops", "owner_id": cls.lead.id})
        cls.tills = cls.services.create({"name": "Tills", "parent_id": cls.shops.id})

    def test_names_are_in_the_reader_s_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.shops.with_context(lang="ru_RU").name = "Магазины"
        self.tills.with_context(lang="ru_RU").name = "Терминалки"
        self.assertEqual(self.tills.display_name, "Shops / Tills")
        self.assertEqual(
            self.tills.with_context(lang="ru_RU").display_name, "Магазины / Терминалки"
        )
        found = self.services.with_context(lang="ru_RU").name_search("терминалк")
        self.assertEqual(found, [(self.tills.id, "Магазины / Терминалки")])

    def test_a_service_is_found_by_what_it_is_part_of(self):
        found = self.services.search([("complete_name", "ilike", "shop")])
        self.assertLessEqual(self.shops | self.tills, found)

    def test_the_nearest_owner_answers(self):
        self.assertEqual(self.tills._owner(), self.lead)
        self.tills.owner_id = self.manager
        self.assertEqual(self.tills._owner(), self.manager)

    def test_no_service_is_part_of_itself(self):
        with self.assertRefused(UserError, "Recursion"):
            self.shops.parent_id = self.tills

    def test_another_company_s_service_is_refused(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self.services.create({"name": "Foreign", "company_id": other.id})
        with self.assertRaises(UserError):
            self._create_ticket(service_id=foreign.id)
