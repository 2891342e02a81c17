from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged, users

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestTicket(ServiceDeskCommon):
    @users("sd_agent1")
    def test_agent_creates_ticket_from_form(self):
        with Form(self.env["service_desk.ticket"]) as form:
            form.name = "VPN is down"
            form.team_id = self.team_it
            form.partner_id = self.customer_a
        ticket = form.record
        self.assertRegex(ticket.number, r"^[A-Z]+-\d{6}$")
        self.assertRecordValues(
            ticket,
            [
                {
                    "state": "new",
                    "is_open": True,
                    "priority": "1",
                    "commercial_partner_id": self.firm_a.id,
                }
            ],
        )
        self.assertEqual(ticket.display_name, f"{ticket.number} VPN is down")

    def test_number_follows_type_and_batch_is_consecutive(self):
        vals = {"name": "x", "team_id": self.team_it.id}
        tickets = self.env["service_desk.ticket"].create(
            [{**vals, "type_id": self.type_incident.id}] * 3
            + [{**vals, "type_id": self.type_request.id}]
        )
        numbers = [int(number.split("-")[1]) for number in tickets[:3].mapped("number")]
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 3)))
        self.assertTrue(all(number.startswith("INC-") for number in tickets[:3].mapped("number")))
        self.assertTrue(tickets[3].number.startswith("REQ-"))

    def test_new_type_has_its_own_numbers(self):
        change = (
            self.env["service_desk.ticket.type"]
            .with_user(self.manager)
            .create({"name": "Change", "code": "CHG"})
        )
        self.assertEqual(self._create_ticket(type_id=change.id).number, "CHG-000001")
        change.code = "RFC"
        self.assertEqual(self._create_ticket(type_id=change.id).number, "RFC-000002")

    def test_bad_type_code_is_refused(self):
        for code in ("inc", "ИНЦ", "A B", "TOOLONGCODE"):
            with self.assertRaises(ValidationError):
                self.env["service_desk.ticket.type"].create({"name": "Bad", "code": code})

    def test_subject_is_one_clean_line(self):
        ticket = self._create_ticket(name="  Printer\r\nBcc: all@example.com\x00\t" + "я" * 400)
        self.assertNotRegex(ticket.name, r"[\r\n\x00\t]")
        self.assertTrue(ticket.name.startswith("Printer Bcc: all@example.com"))
        self.assertEqual(len(ticket.name), 255)
        ticket.name = "a\nb"
        self.assertEqual(ticket.name, "a b")

    def test_empty_subject_is_refused(self):
        for subject in ("", "   ", "\n"):
            with self.assertRaises(ValidationError):
                self._create_ticket(name=subject)

    def test_priority_follows_matrix_until_set_by_hand(self):
        ticket = self._create_ticket(impact="3", urgency="3")
        self.assertEqual(ticket.priority, "3")
        ticket.impact = "1"
        self.assertEqual(ticket.priority, "2")
        ticket.priority = "0"
        self.assertEqual(ticket.priority, "0")
        rule = self.env.ref("service_desk.priority_rule_1_1").with_user(self.manager)
        rule.priority = "3"
        self.assertEqual(self._create_ticket(impact="1", urgency="1").priority, "3")

    def test_site_is_the_parent_below_the_company(self):
        shop = self.env["res.partner"].create(
            {"name": "Shop 12", "parent_id": self.firm_a.id, "type": "other"}
        )
        cashier = self.env["res.partner"].create({"name": "Cashier", "parent_id": shop.id})
        ticket = self._create_ticket(partner_id=cashier.id)
        self.assertEqual((ticket.site_id, ticket.commercial_partner_id), (shop, self.firm_a))

    def test_history_stays_when_contact_moves(self):
        ticket = self._create_ticket()
        self.customer_a.parent_id = self.firm_b
        self.assertEqual(ticket.commercial_partner_id, self.firm_a)

    def test_assignee_must_be_an_agent(self):
        with self.assertRaises(ValidationError):
            self._create_ticket(user_id=self.employee.id)

    def test_done_tickets_are_not_deleted(self):
        ticket = self._create_ticket()
        ticket.state = "cancelled"
        with self.assertRaises(UserError):
            ticket.unlink()

    def test_team_with_tickets_is_not_deleted(self):
        self._create_ticket()
        with self.assertRaises(UserError):
            self.team_it.unlink()

    def test_address_gives_its_defaults(self):
        address = self.env["service_desk.team.address"].create(
            {
                "team_id": self.team_it.id,
                "alias_name": "cash",
                "type_id": self.type_incident.id,
                "urgency": "3",
            }
        )
        defaults = address.alias_id.sudo().alias_defaults
        self.assertIn(f"'team_id': {self.team_it.id}", defaults)
        self.assertIn("'urgency': '3'", defaults)
        self.assertEqual(
            self.team_it._mail_addresses(), {"it@desk.example.com", "cash@desk.example.com"}
        )

    def test_address_in_other_letters_is_refused(self):
        Team = self.env["service_desk.team"].with_user(self.manager)
        with self.assertRefused(ValidationError, "Latin"):
            Team.create({"name": "Касса", "alias_name": "касса"})
        with self.assertRefused(ValidationError, "Latin"):
            self.team_it.with_user(self.manager).alias_name = "касса"
        with self.assertRefused(ValidationError, "Latin"):
            self.env["service_desk.team.address"].create(
                {"team_id": self.team_it.id, "alias_name": "касса"}
            )

    def test_link_to_itself_or_other_company_is_refused(self):
        ticket = self._create_ticket()
        Link = self.env["service_desk.ticket.link"]
        with self.assertRaises(ValidationError):
            Link.create({"ticket_id": ticket.id, "other_id": ticket.id})
        company = self.env["res.company"].create({"name": "Company B"})
        team = self.env["service_desk.team"].create({"name": "B", "company_id": company.id})
        other = self._create_ticket(team_id=team.id, partner_id=False)
        with self.assertRaises(ValidationError):
            Link.create({"ticket_id": ticket.id, "other_id": other.id})

    def test_intake_is_idempotent_and_takes_known_fields_only(self):
        Ticket = self.env["service_desk.ticket"]
        vals = {
            "name": "Broken",
            "team_id": self.team_it.id,
            "channel": "api",
            "source_ref": "monitor:77",
        }
        ticket = Ticket._intake(vals, attachments=[("log.txt", b"line")])
        self.assertEqual(Ticket._intake(vals), ticket)
        self.assertEqual(
            self.env["ir.attachment"]
            .search([("res_model", "=", ticket._name), ("res_id", "=", ticket.id)])
            .raw,
            b"line",
        )
        self.assertTrue(ticket.needs_reply)
        with self.assertRaises(ValidationError):
            Ticket._intake({**vals, "source_ref": "monitor:78", "user_id": self.agent.id})

    def test_intake_without_subject_takes_first_words(self):
        ticket = self.env["service_desk.ticket"]._intake(
            {
                "description": "<p>Течёт кран <b>в зале</b></p>",
                "team_id": self.team_it.id,
                "channel": "portal",
            }
        )
        self.assertTrue(ticket.name.startswith("Течёт кран"))


@tagged("post_install", "-at_install")
class TestOverview(ServiceDeskCommon):
    def test_counts_equal_a_recount(self):
        self._create_ticket(user_id=self.agent.id, impact="3", urgency="3")
        self._create_ticket().state = "waiting"
        self._create_ticket(channel="portal")
        self._create_ticket().state = "cancelled"
        team = self.team_it.with_user(self.agent)
        self.assertRecordValues(
            team,
            [
                {
                    "open_count": 3,
                    "unassigned_count": 2,
                    "needs_reply_count": 1,
                    "waiting_count": 1,
                    "urgent_count": 1,
                    "mine_count": 1,
                }
            ],
        )

    @users("sd_agent1")
    def test_each_count_opens_what_it_counts(self):
        self._create_ticket(user_id=self.agent.id, impact="3", urgency="3")
        self._create_ticket(channel="portal")
        team = self.team_it.with_user(self.env.user)
        for button, count in {
            "action_open_tickets": team.open_count,
            "action_open_unassigned": team.unassigned_count,
            "action_open_needs_reply": team.needs_reply_count,
            "action_open_urgent": team.urgent_count,
            "action_open_waiting": team.waiting_count,
            "action_open_mine": team.mine_count,
        }.items():
            action = getattr(team, button)()
            domain = self._domain_of_filters(action["context"])
            self.assertEqual(self.env["service_desk.ticket"].search_count(domain), count, button)

    def _domain_of_filters(self, context):
        """Return the domain that the search view makes of an action's default filters."""
        from lxml import etree

        from odoo.tools.safe_eval import safe_eval

        arch = etree.fromstring(
            self.env["service_desk.ticket"].get_view(view_type="search")["arch"]
        )
        domain = []
        for key, value in context.items():
            if not key.startswith("search_default_"):
                continue
            name = key.removeprefix("search_default_")
            node = arch.xpath(f"//filter[@name='{name}']")
            if node:
                domain += safe_eval(node[0].get("domain"), {"uid": self.env.uid})
            else:
                domain.append((name, "in", value))
        return domain
