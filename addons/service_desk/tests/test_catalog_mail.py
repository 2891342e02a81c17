from odoo.tests import tagged

from .catalog_common import CatalogCommon
from .mail_in_common import MailInCommon


@tagged("post_install", "-at_install")
class TestCatalogMail(CatalogCommon, MailInCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.address = cls.env["service_desk.team.address"].create(
            {
                "team_id": cls.team_it.id,
                "alias_name": "laptops",
                "alias_contact": "everyone",
                "offering_id": cls.offering.id,
            }
        )

    def _write(self, **headers):
        return self._receive(To="laptops@desk.example.com", **headers)[0]

    def test_mail_becomes_a_request(self):
        ticket = self._write()
        self.assertEqual(ticket.offering_id, self.offering)
        self.assertEqual(ticket.type_id, self.type_request)
        self.assertEqual(ticket.service_id, self.service)
        self.assertEqual(ticket.partner_id, self.customer_a)

    def test_a_forged_sender_asks_for_nothing(self):
        _ticket, row = self._receive(To="laptops@desk.example.com", auth="fail")
        row.action_make_ticket()  # it was held
        ticket = row.ticket_id
        self.assertFalse(ticket.offering_id)
        self.assertIn("not certain who wrote", ticket.decision_ids.mapped("text")[0])

    def test_a_retired_offering_is_a_plain_ticket(self):
        self.offering.action_retire()
        ticket = self._write()
        self.assertEqual(ticket.team_id, self.team_it)
        self.assertFalse(ticket.offering_id)

    def test_not_for_this_sender(self):
        catalog = type(self.env["service_desk.catalog"])
        self.patch(catalog, "_visible_ids", lambda door, partner: frozenset())
        ticket = self._write()
        self.assertFalse(ticket.offering_id)
        decision = ticket.decision_ids.filtered(lambda d: d.kind == "offering")
        self.assertIn("not for this requester", decision.with_user(self.agent).text)
        hidden = decision.with_user(self.portal_a)._offering_not_used(decision.payload)
        self.assertEqual(hidden, "")  # not everybody may know the offering

    def test_a_form_that_asks_for_more(self):
        questions = [
            (0, 0, {"name": "How many", "key": "how_many", "kind": "number", "is_required": True})
        ]
        form = self.env["service_desk.form"].create(
            {"name": "Laptop", "service_id": self.service.id, "question_ids": questions}
        )
        form.action_publish()
        self.offering.form_id = form
        ticket = self._write()
        self.assertFalse(ticket.offering_id)
        decision = ticket.decision_ids.filtered(lambda d: d.kind == "offering")
        self.assertIn("its form asks for “How many”", decision.with_user(self.agent).text)
        answered = self._write(text="Hello\n\nHow many: 3\n")
        self.assertEqual(answered.offering_id, self.offering)
        self.assertEqual(answered._answers(), {"how_many": 3})
