"""What a person may not read he does not meet."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .kb_common import KbCommon


@tagged("post_install", "-at_install")
class TestAudience(KbCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.articles = {
            reach: cls._article(f"Quokka {reach}", reach=reach, service_ids=cls.tills.ids)
            for reach in cls.audiences
        }
        cls.draft = cls._article("Quokka draft", reach="everyone", publish=False)
        cls.outsider = cls.env["res.partner"].create({"name": "Outsider"})

    def _met(self, partner):
        """Return the reaches of the articles that a person finds."""
        found = self.env["service_desk.article"]._find_articles("quokka", partner, 20)
        ids = {article_id for article_id, _score in found}
        self.assertNotIn(self.draft.id, ids)
        return {reach for reach, article in self.articles.items() if article.id in ids}

    def test_who_meets_what(self):
        visitor = self.env["res.partner"]
        for partner, expected in (
            (visitor, {"everyone"}),
            (self.outsider, {"everyone", "services"}),
            (self.customer_a, {"everyone", "portal", "services", "chosen"}),
            (self.customer_b, {"everyone", "portal", "services"}),
            (self.employee.partner_id, {"everyone", "portal", "internal", "services"}),
            (self.agent.partner_id, {"everyone", "portal", "internal", "services", "desk"}),
        ):
            with self.subTest(partner=partner.name):
                self.assertEqual(self._met(partner), expected)

    def test_rules_say_the_same(self):
        articles = self.env["service_desk.article"].with_user(self.employee)
        seen = articles.search([("name", "ilike", "quokka")])
        self.assertEqual(
            set(seen.ids),
            {self.articles[reach].id for reach in ("everyone", "portal", "internal", "services")},
        )
        for hidden in (self.articles["desk"], self.articles["chosen"], self.draft):
            with self.assertRaises(AccessError):
                hidden.with_user(self.employee).read(["name"])

    def test_a_row_never_for_keeps_out(self):
        self.audiences["portal"].entitlement_ids = [
            (0, 0, {"kind": "refuse", "customer_ids": [(6, 0, self.firm_b.ids)]})
        ]
        self.assertIn("portal", self._met(self.customer_a))
        self.assertNotIn("portal", self._met(self.customer_b))

    def test_a_change_holds_at_once(self):
        self.customer_b.parent_id = self.firm_a
        self.assertIn("chosen", self._met(self.customer_b))
        self.customer_b.parent_id = self.firm_b
        self.assertNotIn("chosen", self._met(self.customer_b))

    def test_another_company_does_not_meet_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.audiences["internal"].copy({"company_id": other.id, "name": "Employees of Other"})
        here = self._article("Quokka of the other firm", reach="internal")
        here.audience_id = self.env["service_desk.audience"].search([("company_id", "=", other.id)])
        here._index_sudo()
        found = dict(
            self.env["service_desk.article"]._find_articles("quokka", self.employee.partner_id, 20)
        )
        self.assertNotIn(here.id, found)

    def test_only_those_who_may_ask_read_by_services(self):
        offering = self._create_offering("Repair a till", self.tills)
        self.Entitlement.create({"service_id": self.tills.id, "for_internal": True})
        self.assertTrue(offering)
        self.assertNotIn("services", self._met(self.customer_a))
        self.assertIn("services", self._met(self.employee.partner_id))
