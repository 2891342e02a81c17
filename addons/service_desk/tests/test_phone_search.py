from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, warmup

from .phone_common import PhoneCommon


@tagged("post_install", "-at_install")
class TestPhoneSearch(PhoneCommon):
    """Who calls, found by number in any notation or by a part of the name."""

    def test_a_number_in_any_notation(self):
        for text in (
            "+74951234567",
            "8 (495) 123-45-67",
            "495 123-45-67",
            "1234567",
            "84951234567",
            "74951234567",
        ):
            with self.subTest(text=text):
                self.assertEqual(self._names(text), ["Алла Королёва"])
        self.assertEqual(self._names("0113 496 0111"), ["Bella Customer"])

    def test_a_number_while_it_is_typed(self):
        for text in ("8 495 1234 5", "+7 495 12345", "495 12345"):
            with self.subTest(text=text):
                self.assertEqual(self._names(text), ["Алла Королёва"])

    def test_a_number_that_is_not_valid(self):
        """A shop's short line is no valid number, and is found all the same."""
        self.assertEqual(self._names("40-12-00"), ["Магазин 12"])

    def test_several_people_at_one_number(self):
        self.assertEqual(self._names("8 812 333-22-11"), ["Ivan Petrov", "Pyotr Ivanov"])

    def test_people_behind_the_number_of_the_firm(self):
        names = self._names("+7 495 123 40 00")
        self.assertEqual(names[0], "Firm A")
        self.assertIn("Алла Королёва", names)

    def test_a_colleague_by_his_extension(self):
        self.assertEqual(self._names("102"), ["Boris Agent"])

    def test_parts_of_names_in_any_order(self):
        for text in ("корол", "Королёва Алла", "алла кор"):
            with self.subTest(text=text):
                self.assertEqual(self._names(text), ["Алла Королёва"])
        self.assertEqual(self._names("магазин 12")[0], "Магазин 12")
        self.assertEqual(self._names("nobody of this name"), [])

    def test_a_row_says_where_he_is_from(self):
        self._create_ticket()
        self._create_ticket(state="solved")
        [row] = self._screen().search_callers("84951234567")["rows"]
        self.assertEqual(row["id"], self.customer_a.id)
        self.assertEqual(row["kind"], "person")
        self.assertIn("Firm A", row["detail"])
        self.assertEqual(row["open_count"], 1)

    def test_hidden_tickets_are_not_counted(self):
        self._create_ticket(team_id=self.team_private.id, name="Hidden matter")
        self._create_ticket(is_confidential=True)
        [row] = self._screen().search_callers("84951234567")["rows"]
        self.assertEqual(row["open_count"], 0)
        card = self._screen().get_card(self.customer_a.id)
        self.assertNotIn("Hidden matter", str(card))
        [row] = self._screen(self.agent2).search_callers("84951234567")["rows"]
        self.assertEqual(row["open_count"], 1)

    def test_contacts_of_another_company_are_not_found(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.shop.company_id = company
        self.assertEqual(self._names("40-12-00"), [])
        with self.assertRefused(AccessError, "no such contact"):
            self._screen().get_card(self.shop.id)

    def test_only_operators_search(self):
        for user in (self.employee, self.portal_a, self.auditor, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self._screen(user).search_callers("84951234567")

    def test_nonsense_is_refused_with_a_sentence(self):
        for value in (None, 1, [], {}, "x" * 129, "a\x00b"):
            with self.assertRefused(UserError, "no text"):
                self._screen().search_callers(value)
        with self.assertRefused(UserError, "no id"):
            self._screen().get_card("1; DROP")
        for value in (0, 2**30):
            with self.assertRefused(AccessError, "no such contact"):
                self._screen().get_card(value)

    def test_the_card_tells_who_he_is(self):
        self.customer_a.tz = "Asia/Omsk"
        ticket = self._create_ticket(service_id=self.service.id)
        card = self._screen().get_card(self.customer_a.id)
        self.assertEqual(card["person"]["name"], "Алла Королёва")
        self.assertEqual(card["person"]["company"]["name"], "Firm A")
        self.assertEqual(card["person"]["tz"], "Asia/Omsk")
        self.assertEqual(card["service_id"], self.service.id)
        [section] = [section for section in card["sections"] if section["key"] == "person"]
        self.assertEqual(section["rows"][0]["record"]["id"], ticket.id)

    def test_bridges_add_sections(self):
        """What a bridge adds to the panel beside a ticket is on the caller's card without more ado."""
        tickets = self.env.registry["service_desk.ticket"]
        panel = tickets._requester_panel_sections

        def with_orders(ticket):
            order = {
                "key": "orders",
                "title": "Orders",
                "rows": [{"text": ticket.partner_id.name}],
                "sequence": 15,
            }
            return [*panel(ticket), order]

        self.patch(tickets, "_requester_panel_sections", with_orders)
        card = self._screen().get_card(self.customer_a.id)
        self.assertEqual(card["sections"][0]["key"], "orders")
        self.assertEqual(card["sections"][0]["rows"][0]["text"], "Алла Королёва")

    def test_the_card_tells_what_is_announced(self):
        """What concerns the caller, by his firm or by the service he asked about last, and nobody else."""
        old = self._create_ticket(service_id=self.service.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE service_desk_ticket SET create_date = create_date - interval '200 days' WHERE id = %s",
            [old.id],
        )
        for name, audience in (
            ("Of the firm", {"place_ids": self.firm_a.ids}),
            ("Of the service", {"service_ids": self.service.ids}),
            ("Of another firm", {"place_ids": self.firm_b.ids}),
        ):
            self.env["service_desk.announcement"].create(
                {"name": name, "company_id": self.company.id, **audience}
            ).action_publish()
        section = self._screen().get_card(self.customer_a.id)["sections"][0]
        self.assertEqual(section["key"], "announcements")
        self.assertEqual(
            {row["text"] for row in section["rows"]}, {"Of the firm", "Of the service"}
        )
        other = self._screen().get_card(self.switch_1.id)["sections"][0]
        self.assertEqual([row["text"] for row in other["rows"]], ["Of another firm"])

    def test_a_stranger_of_a_known_switchboard(self):
        self.customer_a.phone = "+7 812 333 22 99"
        self.customer_a.parent_id = self.firm_b
        self.assertEqual(
            self._screen().get_stranger("8 812 333-22-50")["firm"],
            {"id": self.firm_b.id, "name": "Firm B"},
        )
        self.assertFalse(self._screen().get_stranger("+7 999 111 22 33")["firm"])
        self.assertFalse(self._screen().get_stranger("")["firm"])

    @warmup
    def test_queries(self):
        """The answer comes while one types: few queries, however many contacts there are."""
        self.env["res.partner"].create(
            [{"name": f"Петров {i}", "phone": f"+7 812 444 {i:02} 00"} for i in range(30)]
        )
        self._create_ticket()
        self.env.flush_all()
        for text, most in (("8 495 123-45-67", 7), ("петров", 4), ("444 1", 6)):
            self.env.invalidate_all()
            with self.subTest(text=text), self.assertQueryCount(most):
                self._screen().search_callers(text)

    def test_an_index_serves_the_end_of_a_number(self):
        # enough contacts for the planner to tell one index from another
        self.env.cr.execute(
            "INSERT INTO res_partner (name, active, phone_sanitized)"
            " SELECT 'Nobody', true, '+7812' || lpad(n::text, 7, '0') FROM generate_series(1, 3000) n"
        )
        self.env.cr.execute("ANALYZE res_partner")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM res_partner WHERE phone_sanitized IS NOT NULL"
            " AND reverse(phone_sanitized) LIKE '7654321%' AND active IS TRUE"
        )
        plan = " ".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("service_desk_phone_end", plan)

    def test_the_screen_brings_the_catalogue(self):
        screen = self._screen().get_phone_screen()
        self.assertIn({"id": self.service.id, "name": "Cash desks"}, screen["services"])
        self.assertEqual(screen["matrix"]["33"], "3")
        self.assertTrue(screen["types"])
        self.env["service_desk.service"].create(
            {
                "name": "Of another company",
                "company_id": self.env["res.company"].create({"name": "C"}).id,
            }
        )
        self.agent.company_ids = [Command.set(self.company.ids)]
        self.assertNotIn("Of another company", str(self._screen().get_phone_screen()["services"]))
