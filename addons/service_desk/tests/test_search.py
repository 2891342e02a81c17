from odoo.tests import tagged, users

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestSearch(ServiceDeskCommon):
    def _find(self, text, user=None):
        return (
            self.env["service_desk.ticket"]
            .with_user(user or self.agent)
            .search([("query", "ilike", text)])
        )

    def test_one_box_finds_number_subject_and_people(self):
        ticket = self._create_ticket(name="Сканер штрихкода не читает")
        other = self._create_ticket(name="Other thing", partner_id=self.customer_b.id)
        self.assertEqual(self._find(ticket.number), ticket)
        self.assertEqual(self._find(ticket.number.lower()), ticket)
        self.assertEqual(self._find("штрихкода"), ticket)
        self.assertEqual(self._find("Bella"), other)
        self.assertEqual(self._find("firm-a.example.org"), ticket)
        self.assertEqual(self._find("Firm B"), other)
        self.assertFalse(self._find("no such words anywhere"))

    @users("sd_agent1")
    def test_odd_input_is_harmless(self):
        for text in (
            "",
            "%",
            "_",
            "'",
            '"; DROP TABLE x',
            "\\",
            "!!&|",
            "(a+)+$" * 500,
            "я" * 10_000,
        ):
            self._find(text)
        self.assertFalse(self._find("100%zzz"))

    def test_hidden_tickets_are_not_found(self):
        hidden = self._create_ticket(name="Camera in the vault", team_id=self.team_private.id)
        self.assertFalse(self._find("vault"))
        self.assertFalse(self._find(hidden.number))
        self.assertEqual(self._find("vault", self.agent2), hidden)

    def test_name_search_uses_the_box(self):
        ticket = self._create_ticket(name="Unusual subject")
        found = self.env["service_desk.ticket"].with_user(self.agent).name_search(ticket.number)
        self.assertEqual([row[0] for row in found], ticket.ids)

    def test_frequent_word_gives_the_newest(self):
        tickets = self.env["service_desk.ticket"].create(
            [{"name": f"Printer {i}", "team_id": self.team_it.id} for i in range(900)]
        )
        found = self._find("printer")
        self.assertIn(tickets[-1], found)
        self.assertGreaterEqual(len(found), 200)

    def test_old_open_ticket_is_found_behind_newer_history(self):
        old = self._create_ticket(name="Scanner 0")
        self.env["service_desk.ticket"].create(
            [
                {"name": f"Scanner {i}", "team_id": self.team_it.id, "state": "cancelled"}
                for i in range(1, 1000)
            ]
        )
        domain = [("query", "ilike", "scanner"), ("is_open", "=", True)]
        self.assertEqual(self.env["service_desk.ticket"].with_user(self.agent).search(domain), old)
