from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .catalog_common import CatalogCommon


@tagged("post_install", "-at_install")
class TestCatalogTicket(CatalogCommon):
    def _ask(self, user=None, **vals):
        tickets = self.env["service_desk.ticket"].with_user(user or self.agent)
        return tickets.create(
            {
                "name": "I ask",
                "partner_id": self.customer_a.id,
                "offering_id": self.offering.id,
                **vals,
            }
        )

    def _texts(self, ticket, user=None):
        decisions = ticket.with_user(user or self.agent).decision_ids
        decisions = decisions.filtered(lambda d: d.kind == "offering")
        return decisions.sorted("id", reverse=True).mapped("text")

    # ----------------------------------------------------------------- new one
    def test_the_type_is_never_asked(self):
        self.offering.write({"urgency": "3", "tag_ids": [(0, 0, {"name": "laptop"})]})
        for vals in ({}, {"type_id": self.type_question.id}):
            ticket = self._ask(**vals)
            self.assertEqual(ticket.type_id, self.type_request)
            self.assertEqual(ticket.service_id, self.service)
            self.assertEqual(ticket.team_id, self.team_it)
            self.assertEqual(ticket.urgency, "3")
            self.assertEqual(ticket.tag_ids.mapped("name"), ["laptop"])
            self.assertEqual(ticket.offering_version_id, self.offering.version_id)
        by_channel = self.env["service_desk.ticket"]._intake(
            {
                "name": "x",
                "channel": "api",
                "partner_id": self.customer_a.id,
                "offering_id": self.offering.id,
                "type_id": self.type_question.id,
            }
        )
        self.assertEqual(by_channel.type_id, self.type_request)

    def test_the_stage_of_another_type_is_not_taken(self):
        stage = self.env["service_desk.stage"].create(
            {"name": "Only questions", "state": "new", "type_ids": [(6, 0, self.type_question.ids)]}
        )
        ticket = self._ask(stage_id=stage.id)
        self.assertNotEqual(ticket.stage_id, stage)

    def test_what_is_given_stays(self):
        support = self.env["service_desk.team"].create({"name": "Support"})
        self.assertEqual(self._ask(team_id=support.id, urgency="1").team_id, support)

    def test_it_says_why(self):
        ticket = self._ask()
        self.assertEqual(
            self._texts(ticket),
            [
                "“Order a laptop” was asked for. It decides: type – Service request; service – Workplaces; team – IT."
            ],
        )

    def test_a_hidden_team_is_not_told(self):
        self.offering.team_id = self.team_private
        ticket = self._ask(user=self.agent2)
        self.assertEqual(ticket.team_id, self.team_private)
        ticket.sudo().team_id = self.team_it
        self.assertNotIn("Security", self._texts(ticket)[0])
        self.assertIn("Security", self._texts(ticket, self.agent2)[0])
        self.assertEqual(self._ask().team_id, self.team_it)  # he cannot open tickets there

    def test_no_offering_costs_nothing(self):
        vals = {"name": "x", "team_id": self.team_it.id, "type_id": self.type_question.id}
        tickets = self.env["service_desk.ticket"]
        with self.assertQueryCount(0):
            self.assertEqual(tickets._with_offerings([vals] * 100), ([vals] * 100, {}))

    def test_a_batch_costs_as_much_as_one(self):
        self.offering.route_ids = [
            (0, 0, {"name": "Firm B", "partner_ids": [(6, 0, self.firm_b.ids)], "priority": "2"})
        ]
        people = self.env["res.partner"].create(
            [{"name": f"Person {n}", "parent_id": self.firm_b.id} for n in range(40)]
        )
        tickets = self.env["service_desk.ticket"]

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            vals_list = [{"partner_id": p.id, "offering_id": self.offering.id} for p in some]
            before = self.env.cr.sql_log_count
            completed, _payloads = tickets._with_offerings(vals_list)
            self.assertEqual({vals["priority"] for vals in completed}, {"2"})
            return self.env.cr.sql_log_count - before

        count(people[:1])
        self.assertLessEqual(count(people), count(people[:2]))

    def test_the_form_shows_what_it_decides(self):
        with Form(self.env["service_desk.ticket"].with_user(self.agent)) as form:
            form.offering_id = self.offering.with_user(self.agent)
            self.assertEqual(form.type_id, self.type_request)
            self.assertEqual(form.name, "Order a laptop")
        self.assertEqual(form.record.offering_id, self.offering)

    # ------------------------------------------------------------------ change
    def test_another_offering_makes_it_another_type(self):
        other = self._create_offering(
            name="Report a fault",
            type_id=self.type_incident.id,
            service_id=self.part.id,
            state="published",
        )
        ticket = self._ask()
        ticket.action_start()
        state = ticket.state
        ticket.with_user(self.agent).write({"offering_id": other.id})
        self.assertEqual(ticket.type_id, self.type_incident)
        self.assertEqual(ticket.service_id, self.part)
        self.assertEqual(ticket.state, state)
        self.assertIn(self.type_incident, ticket.stage_id.type_ids)
        self.assertEqual(ticket.offering_version_id, other.version_id)
        self.assertEqual(
            self._texts(ticket)[0],
            "Asked for is “Report a fault”, not “Order a laptop”. So its type is “Incident” instead of “Service request”.",
        )

    def test_nobody_chooses_the_type_against_the_offering(self):
        ticket = self._ask()
        with self.assertRefused(UserError, "follows from what was asked for"):
            ticket.with_user(self.agent).write({"type_id": self.type_question.id})
        ticket.with_user(self.agent).write({"offering_id": False, "type_id": self.type_question.id})
        self.assertEqual(ticket.type_id, self.type_question)

    # ------------------------------------------------------------------- lines
    def test_the_owner_s_lines(self):
        tag = self.env["res.partner.category"].create({"name": "VIP"})
        below = self.env["res.partner.category"].create({"name": "Gold", "parent_id": tag.id})
        site = self.env["res.partner"].create({"name": "Shop 7", "parent_id": self.firm_b.id})
        self.offering.route_ids = [
            (0, 0, {"name": "Shop 7", "site_ids": [(6, 0, site.ids)], "priority": "3"}),
            (
                0,
                0,
                {
                    "name": "Important",
                    "partner_tag_ids": [(6, 0, tag.ids)],
                    "user_id": self.agent2.id,
                },
            ),
            (0, 0, {"name": "Firm B", "partner_ids": [(6, 0, self.firm_b.ids)], "priority": "2"}),
        ]
        self.assertFalse(self._ask().user_id)
        self.firm_a.category_id = below
        vip = self._ask()
        self.assertEqual(vip.user_id, self.agent2)
        self.assertIn("By its line “Important”: the customer group is “VIP”.", self._texts(vip)[0])
        self.assertEqual(self._ask(partner_id=self.customer_b.id).priority, "2")
        self.assertEqual(self._ask(partner_id=self.customer_b.id, site_id=site.id).priority, "3")

    def test_a_line_decides_something(self):
        with self.assertRefused(UserError, "decides nothing"):
            self.offering.route_ids = [(0, 0, {"name": "Nothing"})]

    # ----------------------------------------------------------- general rules
    def _rule(self, **vals):
        return self.env["service_desk.routing.rule"].create({"name": "General", **vals})

    def test_general_rules_leave_what_the_offering_decided(self):
        other = self.env["service_desk.team"].create({"name": "Elsewhere"})
        self._rule(team_id=other.id, type_id=self.type_question.id, urgency="3", priority="3")
        self.offering.write({"team_id": self.team_it.id, "urgency": "1"})
        vals = {
            "name": "x",
            "channel": "api",
            "partner_id": self.customer_a.id,
            "offering_id": self.offering.id,
        }
        ticket = self.env["service_desk.ticket"]._intake(vals)
        self.assertEqual(ticket.team_id, self.team_it)
        self.assertEqual(ticket.type_id, self.type_request)
        self.assertEqual(ticket.urgency, "1")
        self.assertEqual(ticket.priority, "3")
        told = ticket.decision_ids.filtered(lambda d: d.kind == "routing").text
        self.assertIn("Left as the offering decides: team, type, urgency.", told)
        self.offering.write(
            {"team_id": False, "urgency": False}
        )  # what it leaves open, they fill in
        ticket = self.env["service_desk.ticket"]._intake(vals)
        self.assertEqual(ticket.team_id, other)
        self.assertEqual(ticket.urgency, "3")

    def test_a_rule_names_an_offering(self):
        self._rule(words_any="laptop", offering_id=self.offering.id)
        vals = {"name": "My laptop", "channel": "api", "partner_id": self.customer_a.id}
        ticket = self.env["service_desk.ticket"]._intake(vals)
        self.assertEqual(ticket.offering_id, self.offering)
        self.assertEqual(ticket.type_id, self.type_request)
        self.assertEqual(ticket.offering_version_id, self.offering.version_id)
        self.offering.action_retire()
        self.assertFalse(self.env["service_desk.ticket"]._intake(vals).offering_id)
