"""Who was promised what: the best fit and its grounds."""

from datetime import datetime

from odoo.tests import tagged

from .agreement_common import AgreementCommon

AT = datetime(2026, 3, 2, 9, 0)


@tagged("post_install", "-at_install")
class TestAgreementFit(AgreementCommon):
    def test_nothing_agreed_costs_nothing(self):
        self.env["service_desk.agreement"].search([]).action_archive()
        self.env["service_desk.agreement"]._book()
        with self.assertQueryCount(0):
            fits = self._fit(partner_id=self.customer_a.id)
        self.assertFalse(fits)
        self.assertFalse(fits.why)

    def test_two_shops_of_different_groups_get_different_promises(self):
        north = self._agreement(
            "North", [self._line("1", 30)], [{"customer_tag_ids": self.tag_north.ids}]
        )
        south = self._agreement(
            "South", [self._line("1", 60)], [{"customer_tag_ids": self.tag_south.ids}]
        )
        common = {"partner_id": self.employee.partner_id.id, "priority": "1"}
        self.assertFit(north, site_id=self.shop_north.id, **common)
        self.assertFit(south, site_id=self.shop_south.id, **common)

    def test_site_before_customer_before_everybody(self):
        everybody = self._agreement("Standard", [self._line(None, 480)])
        firm = self._agreement("Firm", [self._line(None, 240)], [{"customer_ids": self.firm_a.ids}])
        site = self._agreement("Site", [self._line(None, 120)], [{"site_ids": self.shop_north.ids}])
        person = self._agreement(
            "Person", [self._line(None, 60)], [{"person_ids": self.customer_b.ids}]
        )
        self.assertFit(everybody, partner_id=self.employee.partner_id.id)
        self.assertFit(firm, partner_id=self.customer_a.id)
        self.assertFit(site, partner_id=self.customer_a.id, site_id=self.shop_north.id)
        self.assertFit(person, partner_id=self.customer_b.id, site_id=self.shop_north.id)

    def test_the_nearer_site_wins(self):
        region = self._agreement("Region", [self._line(None, 480)], [{"site_ids": self.region.ids}])
        shop = self._agreement("Shop", [self._line(None, 240)], [{"site_ids": self.shop_north.ids}])
        self.assertFit(shop, site_id=self.shop_north.id)
        self.assertFit(region, site_id=self.shop_south.id)

    def test_line_offering_before_nearest_service_before_type_before_priority(self):
        lines = [
            self._line(None, 100),
            self._line("3", 90),
            self._line(None, 80, type_id=self.type_incident.id),
            self._line(None, 70, service_id=self.building.id),
            self._line(None, 60, service_id=self.plumbing.id),
            self._line(None, 50, offering_id=self.tap.id),
        ]
        self._agreement("All", lines)
        plain = {"partner_id": self.customer_a.id, "priority": "1", "type_id": self.type_request.id}
        for amount, asked in (
            (100, {}),
            (90, {"priority": "3"}),
            (80, {"priority": "3", "type_id": self.type_incident.id}),
            (70, {"type_id": self.type_incident.id, "service_id": self.building.id}),
            (60, {"priority": "3", "service_id": self.plumbing.id}),
            (50, {"service_id": self.plumbing.id, "offering_id": self.tap.id}),
        ):
            with self.subTest(amount=amount):
                fit = self._fit(**{**plain, **asked})["sla"]
                self.assertEqual(fit.line["targets"]["resolution"]["amount"], amount)

    def test_order_decides_between_equals(self):
        first, second = (self._agreement(name, [self._line(None, 60)]) for name in ("One", "Two"))
        self.assertFit(first, partner_id=self.customer_a.id)
        second.sequence = 1
        self.assertFit(second, partner_id=self.customer_a.id)

    def test_never_for_goes_first(self):
        rows = [
            {"customer_ids": self.firm_a.ids},
            {"kind": "refuse", "person_ids": self.customer_a.ids},
        ]
        self._agreement("Firm", [self._line(None, 60)], rows)
        self.assertNoFit(partner_id=self.customer_a.id)
        self.assertFit(
            self.env["service_desk.agreement"].search([("name", "=", "Firm")]),
            partner_id=self.firm_a.id,
        )

    def test_validity_by_the_days_of_the_calendar(self):
        calendar = self.env["resource.calendar"].create(
            {"name": "Vladivostok", "tz": "Asia/Vladivostok", "company_id": self.company.id}
        )
        agreement = self._agreement(
            "March",
            [self._line(None, 60)],
            calendar_id=calendar.id,
            valid_from="2026-03-01",
            valid_until="2026-03-31",
        )
        # midnight in Vladivostok is 14:00 UTC
        for moment, fits in (
            (datetime(2026, 2, 28, 13, 59, 59), False),
            (datetime(2026, 2, 28, 14, 0), True),
            (datetime(2026, 3, 31, 13, 59, 59), True),
            (datetime(2026, 3, 31, 14, 0), False),
        ):
            with self.subTest(moment=moment):
                check = (
                    self.assertFit
                    if fits
                    else lambda _agreement, **asked: self.assertNoFit(**asked)
                )
                check(agreement, partner_id=self.customer_a.id, at=moment)

    def test_what_is_edited_holds_when_it_is_published(self):
        agreement = self._agreement("All", [self._line(None, 60)])
        agreement.line_ids.target_ids.amount = 30
        self.assertEqual(self._amount(partner_id=self.customer_a.id), 60)
        self.assertTrue(agreement.has_changes)
        agreement.action_publish()
        self.assertEqual(self._amount(partner_id=self.customer_a.id), 30)
        self.assertFalse(agreement.has_changes)
        self.assertEqual(agreement.version_id.number, 2)
        agreement.action_publish()
        self.assertEqual(agreement.version_id.number, 2)

    def test_of_the_own_company_only(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        agreement = self._agreement("Of B", [self._line(None, 60)], company_id=company_b.id)
        self.assertNoFit(partner_id=self.customer_a.id)
        self.assertFit(agreement, partner_id=self.customer_a.id, company_id=company_b.id)

    def test_besides_teams_and_suppliers_have_slots_of_their_own(self):
        sla = self._agreement("Standard", [self._line(None, 60)])
        beside = self._agreement("Law", [self._line(None, 90)], runs_beside=True)
        ola = self._agreement("IT", [self._line(None, 30)], kind="ola", team_ids=self.team_it.ids)
        uc = self._agreement(
            "Cable Ltd", [self._line(None, 45)], kind="uc", supplier_id=self.firm_b.id
        )
        fits = self._fit(
            partner_id=self.customer_a.id, team_id=self.team_it.id, supplier_id=self.firm_b.id
        )
        self.assertEqual(
            {slot: fit.agreement_id for slot, fit in fits.items()},
            {
                "sla": sla.id,
                f"beside:{beside.id}": beside.id,
                f"ola:{self.team_it.id}": ola.id,
                f"uc:{self.firm_b.id}": uc.id,
            },
        )

    def test_the_agreement_stands_on_its_own_ola(self):
        ola, named = (
            self._agreement(name, [self._line(None, 30)], kind="ola", team_ids=self.team_it.ids)
            for name in ("General", "For Firm A")
        )
        self._agreement("Standard", [self._line(None, 90)])
        self._agreement(
            "A",
            [self._line(None, 60)],
            [{"customer_ids": self.firm_a.ids}],
            underpinning_ids=named.ids,
        )
        slot = f"ola:{self.team_it.id}"
        asked = {"team_id": self.team_it.id}
        self.assertEqual(
            self._fit(partner_id=self.customer_a.id, **asked)[slot].agreement_id, named.id
        )
        self.assertEqual(
            self._fit(partner_id=self.customer_b.id, **asked)[slot].agreement_id, ola.id
        )

    # ------------------------------------------------------------------- words
    def test_grounds_in_the_readers_words(self):
        self._agreement("Standard", [self._line(None, 480)])
        self._agreement("Old", [self._line(None, 60)], valid_until="2025-12-31")
        self._agreement("Firm B only", [self._line(None, 60)], [{"customer_ids": self.firm_b.ids}])
        lines = [self._line("1", 60), self._line("3", 30, type_id=self.type_incident.id)]
        self._agreement("Shops", lines, [{"customer_ids": self.firm_a.ids}])
        fits = self._fit(partner_id=self.customer_a.id, priority="3", type_id=self.type_incident.id)
        ticket = self._create_ticket()
        text = ticket._explain("agreement", fits.why).with_user(self.agent).text
        self.assertIn("By agreement “Shops”, line 2 (Incident, Critical)", text)
        self.assertIn("not “Standard”, because it is less specific", text)
        self.assertIn("not “Old”, because it has expired", text)
        self.assertIn("not “Firm B only”, because it is not for this customer or site", text)

    def test_an_honest_no(self):
        self._agreement("Plumbing", [self._line(None, 60)], service_ids=self.plumbing.ids)
        self._agreement("Urgent", [self._line("3", 60)])
        why = self._fit(partner_id=self.customer_a.id, priority="1", service_id=self.tills.id).why
        text = self.env["service_desk.agreement"]._tell_why(why)
        self.assertIn("No agreement applies", text)
        self.assertIn("not “Plumbing”, because it is about other services", text)
        self.assertIn("not “Urgent”, because no line of it is for this", text)

    def test_the_ticket_tells_why(self):
        self._agreement("Firm B only", [self._line(None, 60)], [{"customer_ids": self.firm_b.ids}])
        for person, text in (
            (self.customer_a, "No agreement applies: not “Firm B only”"),
            (self.customer_b, "By agreement “Firm B only”, line 1 (all tickets)."),
        ):
            decisions = self._create_ticket(partner_id=person.id).decision_ids
            told = decisions.filtered(lambda one: one.kind == "agreement")
            self.assertEqual(len(told), 1)
            self.assertIn(text, told.text)

    def test_names_of_another_company_are_not_told(self):
        self._agreement("Zanzibar", [self._line(None, 60)])
        why = self._fit(partner_id=self.customer_a.id).why
        stranger = self._user_of_company_b()
        text = self.env["service_desk.agreement"].with_user(stranger)._tell_why(why)
        self.assertNotIn("Zanzibar", text)
        self.assertIn("an agreement of another company", text)

    # ----------------------------------------------------------------- queries
    def test_queries_are_constant(self):
        self._agreement("Shops", [self._line(None, 60)], [{"customer_tag_ids": self.tag_north.ids}])
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "parent_id": self.shop_north.id} for n in range(200)]
        )
        requests = [self._request(partner_id=p.id, site_id=self.shop_north.id) for p in people]
        agreements = self.env["service_desk.agreement"]
        agreements._fitting(requests[:1])
        one = self._queries(agreements._fitting, requests[:1])
        self.assertEqual(self._queries(agreements._fitting, requests), one)
        self.assertTrue(all(agreements._fitting(requests)))
