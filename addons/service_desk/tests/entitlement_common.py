from odoo.tests import new_test_user

from .common import ServiceDeskCommon


class EntitlementCommon(ServiceDeskCommon):
    """Two services with an offering each, and people of all kinds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Entitlement = cls.env["service_desk.entitlement"]
        cls.catalog = cls.env["service_desk.catalog"]
        cls.company_b = cls.env["res.company"].create({"name": "Company B"})
        cls.building = cls.env["service_desk.service"].create(
            {"name": "Building", "company_id": cls.company.id}
        )
        cls.plumbing = cls.env["service_desk.service"].create(
            {"name": "Plumbing", "parent_id": cls.building.id, "company_id": cls.company.id}
        )
        cls.tills = cls.env["service_desk.service"].create(
            {"name": "Tills", "company_id": cls.company.id}
        )
        cls.tap = cls._create_offering("A tap leaks", cls.plumbing)
        cls.till = cls._create_offering("A till is broken", cls.tills)
        cls.shop = cls.env["res.partner"].create(
            {"name": "Shop 1", "type": "other", "parent_id": cls.company.partner_id.id}
        )
        cls.cook = cls._create_person("ent_cook1", "Carla Cook")
        cls.cashier = cls._create_person("ent_cashier1", "Cyril Cashier")
        cls.contact = cls.env["res.partner"].create(
            {"name": "Conny Contact", "parent_id": cls.firm_a.id}
        )

    @classmethod
    def _create_offering(cls, name, service, **vals):
        return cls.env["service_desk.offering"].create(
            {
                "name": name,
                "service_id": service.id,
                "type_id": cls.type_request.id,
                "team_id": cls.team_it.id,
                "state": "published",
                **vals,
            }
        )

    @classmethod
    def _create_person(cls, login, name):
        return new_test_user(cls.env, login=login, groups="base.group_user", name=name).partner_id

    def _row(self, place, **vals):
        """Make a row of an offering or a service."""
        anchor = "offering_id" if place._name == "service_desk.offering" else "service_id"
        return self.Entitlement.create({anchor: place.id, **vals})

    def assertFor(self, offering, *people):
        for person in people:
            self.assertTrue(offering._is_for(person), f"{offering.name} is not for {person.name}")
            self.assertIn(offering.id, self.catalog._visible_ids(person))
            self.assertFalse(offering._why_not_for(person))

    def assertNotFor(self, offering, *people):
        for person in people:
            self.assertFalse(offering._is_for(person), f"{offering.name} is for {person.name}")
            self.assertNotIn(offering.id, self.catalog._visible_ids(person))
            self.assertTrue(offering._why_not_for(person))

    def _queries(self, call, *args):
        """Return how many queries a call makes when the rows are in memory."""
        self.env.flush_all()
        self.Entitlement._rulebook()
        self.Entitlement._groups_above(())
        before = self.env.cr.sql_log_count
        call(*args)
        return self.env.cr.sql_log_count - before
