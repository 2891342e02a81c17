from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .catalog_common import CatalogCommon


@tagged("post_install", "-at_install")
class TestCatalogOwner(CatalogCommon):
    def _as_owner(self, record):
        return record.with_user(self.owner)

    def test_an_owner_gets_the_group_and_no_more(self):
        self.assertTrue(self.owner.has_group("service_desk.service_desk_group_owner"))
        self.assertFalse(self.owner.has_group("service_desk.service_desk_group_agent"))

    def test_a_manager_who_is_no_administrator_names_an_owner(self):
        self.foreign_service.with_user(self.manager).owner_id = self.employee
        self.assertTrue(self.employee.has_group("service_desk.service_desk_group_owner"))

    def test_no_customer_owns_a_service(self):
        with self.assertRefused(ValidationError, "only employees own services"):
            self.service.owner_id = self.portal_a

    def test_an_owner_edits_his_services_and_their_parts(self):
        self._as_owner(self.part).write({"description": "Light ones", "team_id": self.team_it.id})
        self.assertEqual(self.part.description, "Light ones")
        new = self.env["service_desk.service"].with_user(self.owner)
        new = new.create({"name": "Tablets", "parent_id": self.part.id})
        self.assertEqual(new.sudo().company_id, self.company)
        self.env.invalidate_all()
        mine = self.env["service_desk.service"].with_user(self.owner)
        self.assertIn(new, mine.search([("is_owned", "=", True)]))

    def test_an_owner_edits_no_other_services(self):
        with self.assertRaises(AccessError):
            self._as_owner(self.foreign_service).write({"description": "mine now"})
        with self.assertRefused(AccessError, "services that you own only"):
            self.env["service_desk.service"].with_user(self.owner).create({"name": "Top"})
        with self.assertRefused(AccessError, "services that you own only"):
            self.env["service_desk.service"].with_user(self.owner).create(
                {"name": "Under another", "parent_id": self.foreign_service.id}
            )

    def test_an_owner_cannot_give_himself_more(self):
        for vals in (
            {"owner_id": self.owner.id},
            {"company_id": False},
            {"active": False},
        ):
            with self.assertRefused(AccessError, "Managers of the desk decide about"):
                self._as_owner(self.part).write(vals)
        for parent_id in (self.foreign_service.id, False):
            with self.assertRefused(AccessError, "within what you own only"):
                self._as_owner(self.part).write({"parent_id": parent_id})
        with self.assertRaises(AccessError):
            self._as_owner(self.service).write({"child_ids": [(4, self.foreign_service.id)]})
        # what stays as it is may be sent along
        self._as_owner(self.service).write({"owner_id": self.owner.id, "name": "Workplace"})

    def test_an_owner_sets_no_team_that_he_does_not_see(self):
        with self.assertRaises(AccessError):
            self._as_owner(self.part).write({"team_id": self.team_private.id})
        with self.assertRaises(AccessError):
            self._as_owner(self.offering).write({"team_id": self.team_private.id})
        with self.assertRaises(AccessError):
            self._as_owner(self.offering).write(
                {"route_ids": [(0, 0, {"name": "x", "team_id": self.team_private.id})]}
            )

    def test_defaults_of_a_call_give_nothing_either(self):
        services = self.env["service_desk.service"].with_user(self.owner)
        with self.assertRaises(AccessError):
            services.with_context(default_team_id=self.team_private.id).create(
                {"name": "x", "parent_id": self.service.id}
            )
        new = services.with_context(default_owner_id=self.employee.id).create(
            {"name": "x", "parent_id": self.service.id}
        )
        self.assertFalse(new.sudo().owner_id)
        offerings = self.env["service_desk.offering"].with_user(self.owner)
        draft = offerings.with_context(default_published_at="2020-01-01 00:00:00").create(
            {"name": "x", "service_id": self.service.id, "type_id": self.type_request.id}
        )
        self.assertFalse(draft.published_at)

    def test_an_owner_s_offerings(self):
        offerings = self.env["service_desk.offering"].with_user(self.owner)
        mine = offerings.create(
            {"name": "Tablet", "service_id": self.part.id, "type_id": self.type_request.id}
        )
        mine.action_publish()
        self.assertEqual(mine.state, "published")
        with self.assertRaises(AccessError):
            offerings.create(
                {
                    "name": "x",
                    "service_id": self.foreign_service.id,
                    "type_id": self.type_request.id,
                }
            )
        with self.assertRaises(AccessError):
            mine.write({"service_id": self.foreign_service.id})

    def test_counts_hold_the_parts(self):
        self._create_offering(service_id=self.part.id)
        self._create_ticket(service_id=self.part.id)
        self.assertEqual(self.service.with_user(self.manager).offering_count, 2)
        self.assertEqual(self.service.with_user(self.agent).open_ticket_count, 1)
        self.assertEqual(self.part.with_user(self.agent).open_ticket_count, 1)
