from datetime import datetime

from odoo.tests import new_test_user

from odoo.addons.service_desk.tests.common import ServiceDeskCommon

AT = datetime(2026, 3, 2, 9, 0)


class AgreementCommon(ServiceDeskCommon):
    """Shops of two groups, services with an offering, and a short way to make agreements."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.agreement"].search([]).active = False
        cls.resolution = cls.env.ref("service_desk_sla.metric_resolution")
        cls.first_response = cls.env.ref("service_desk_sla.metric_first_response")
        cls._create_places()
        cls._create_services()

    @classmethod
    def _create_places(cls):
        cls.tag_north, cls.tag_south = cls.env["res.partner.category"].create(
            [{"name": "North shops"}, {"name": "South shops"}]
        )
        places = cls.env["res.partner"]
        cls.region = places.create({"name": "Volga region", "type": "other"})
        cls.shop_north, cls.shop_south = places.create(
            [
                {"name": name, "type": "other", "parent_id": cls.region.id, "category_id": tag.ids}
                for name, tag in (("Shop North", cls.tag_north), ("Shop South", cls.tag_south))
            ]
        )

    @classmethod
    def _create_services(cls):
        services = cls.env["service_desk.service"]
        cls.building = services.create({"name": "Building", "company_id": cls.company.id})
        cls.plumbing, cls.tills = services.create(
            [
                {"name": "Plumbing", "parent_id": cls.building.id, "company_id": cls.company.id},
                {"name": "Tills", "company_id": cls.company.id},
            ]
        )
        cls.tap = cls.env["service_desk.offering"].create(
            {
                "name": "A tap leaks",
                "service_id": cls.plumbing.id,
                "type_id": cls.type_request.id,
                "team_id": cls.team_it.id,
                "state": "published",
            }
        )

    # --------------------------------------------------------------- agreements
    def _line(self, priority, minutes, metric=None, **vals):
        """Return a row of the table with one target, in minutes."""
        target = {"metric_id": (metric or self.resolution).id, "amount": minutes, "unit": "minutes"}
        return {"priority": priority, "target_ids": [(0, 0, target)], **vals}

    def _draft(self, name, lines=(), parties=(), **vals):
        return self.env["service_desk.agreement"].create(
            {
                "name": name,
                "line_ids": [(0, 0, line) for line in lines],
                "entitlement_ids": [(0, 0, party) for party in parties],
                **vals,
            }
        )

    def _agreement(self, name, lines, parties=(), **vals):
        """Return an agreement in force."""
        agreement = self._draft(name, lines, parties, **vals)
        agreement.action_publish()
        return agreement

    def _user_of_company_b(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        return new_test_user(
            self.env,
            login="sla_agent_b1",
            groups="service_desk.service_desk_group_agent",
            company_id=company_b.id,
            company_ids=[(6, 0, company_b.ids)],
        )

    # ---------------------------------------------------------------- questions
    def _request(self, **asked):
        return {"company_id": self.company.id, "at": AT, **asked}

    def _fit(self, **asked):
        return self.env["service_desk.agreement"]._fitting([self._request(**asked)])[0]

    def _amount(self, **asked):
        return self._fit(**asked)["sla"].line["targets"]["resolution"]["amount"]

    def assertFit(self, agreement, **asked):
        fits = self._fit(**asked)
        self.assertIn("sla", fits)
        found = self.env["service_desk.agreement"].browse(fits["sla"].agreement_id)
        self.assertEqual(found.name, agreement.name)

    def assertNoFit(self, **asked):
        self.assertNotIn("sla", self._fit(**asked))

    def _queries(self, call, *args):
        """Return how many queries a call makes when all is in memory that is kept."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call(*args)
        return self.env.cr.sql_log_count - before
