"""What is promised before there is a ticket is what the ticket gets."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .agreement_common import AgreementCommon

NOW = "2026-03-02 09:00:00"  # a Monday


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAgreementPromise(AgreementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalog = cls.env["service_desk.catalog"]
        calendar = cls.env["resource.calendar"].create(
            {"name": "Volga", "tz": "Europe/Samara", "company_id": cls.company.id}
        )
        cls.calendar = calendar
        cls.shop_north.parent_id = cls.shop_south.parent_id = cls.firm_a
        cls.customer_a.tz = "Europe/Samara"

    def _both(self, minutes, hours):
        return {
            "target_ids": [
                (0, 0, {"metric_id": self.first_response.id, "amount": minutes, "unit": "minutes"}),
                (0, 0, {"metric_id": self.resolution.id, "amount": hours, "unit": "hours"}),
            ]
        }

    def _agree(self):
        self._agreement("Standard", [self._both(120, 16)], calendar_id=self.calendar.id)
        self._agreement(
            "North",
            [self._both(30, 4), {"priority": "3", **self._both(10, 2)}],
            [{"customer_tag_ids": self.tag_north.ids}],
        )
        self._agreement("Taps", [{"offering_id": self.tap.id, **self._both(20, 3)}])

    def test_the_ticket_gets_what_was_promised(self):
        self._agree()
        other = self.tap.copy({"name": "A pipe bursts", "urgency": "3", "impact": "3"})
        other.state = "published"
        for offering in (self.tap, other):
            for site in (self.shop_north, self.shop_south):
                for person in (self.customer_a, self.firm_a):
                    with self.subTest(offering=offering.name, site=site.name, person=person.name):
                        asked = {"partner_id": person.id}
                        promise = self.catalog.get_promise(offering.id, site_id=site.id, **asked)
                        made = self.catalog.submit_request(
                            offering.id, vals={"site_id": site.id}, **asked
                        )
                        clocks = self.env["service_desk.clock"].search(
                            [("ticket_id", "=", made["ticket_id"]), ("slot", "=", "sla")]
                        )
                        self.assertTrue(promise)
                        self.assertEqual(
                            {one["metric"]: one["due"] for one in promise},
                            {c.metric_id.code: str(c.due_at) for c in clocks if c.due_at},
                        )

    def test_in_words_of_the_asker(self):
        self._agree()
        offering = self.catalog.with_user(self.portal_a).get_offering(self.tap.id)
        self.assertEqual(
            [one["metric"] for one in offering["promise"]], ["first_response", "resolution"]
        )
        self.assertEqual(offering["promise"][0]["due"], "2026-03-02 09:20:00")
        self.assertNotIn("agreement", offering["promise"][0])
        # 13:20 in Samara
        self.assertIn(
            "Answered by 1:20\u202fPM today, solved by 4:00\u202fPM today.", offering["next"][0]
        )
        told = self.catalog.get_promise(self.tap.id, partner_id=self.customer_a.id)
        self.assertEqual(told[0]["agreement"], "Taps")

    def test_nothing_promised_says_nothing(self):
        offering = self.catalog.with_user(self.portal_a).get_offering(self.tap.id)
        self.assertEqual(offering["promise"], [])

    def test_of_ones_own_sites_and_offerings_only(self):
        self._agree()
        foreign = self.env["res.partner"].create({"name": "Of B", "parent_id": self.firm_b.id})
        portal = self.catalog.with_user(self.portal_a)
        with self.assertRefused(UserError, "There is no such site"):
            portal.get_promise(self.tap.id, site_id=foreign.id)
        with self.assertRefused(AccessError, ""):
            portal.get_promise(self.tap.id, partner_id=self.customer_b.id)
        self.tap.state = "retired"
        with self.assertRefused(AccessError, "There is no such offering"):
            portal.get_promise(self.tap.id)

    def test_many_at_once(self):
        self._agree()
        requests = [
            self._request(
                partner_id=self.customer_a.id, team_id=self.team_it.id, priority=str(n % 4)
            )
            for n in range(50)
        ]
        promises = self.env["service_desk.promise"]
        promises._for(requests)
        few = self._queries(promises._for, requests[:2])
        self.assertEqual(self._queries(promises._for, requests), few)
