from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..models.base_automation import MAX_DEPTH, MAX_NESTED, MAX_RUNS
from .common import AutomationCommon


@tagged("post_install", "-at_install")
class TestGuard(AutomationCommon):
    """Rules that would never end, end; the server lives and somebody is told."""

    def _count(self, name):
        return self.env["service_desk.ticket"].search_count([("name", "=", name)])

    def test_a_rule_that_makes_what_wakes_it(self):
        rule = self._rule(
            "Spawn",
            "on_create",
            "for record in records:\n    env['service_desk.ticket'].create("
            "{'name': 'spawned', 'team_id': record.team_id.id, 'type_id': record.type_id.id})",
        )
        ticket = self._create_ticket()
        self.assertEqual(self._count("spawned"), MAX_DEPTH)
        stop = self._stops(rule)
        self.assertEqual(len(stop), 1)
        self.assertIn("Spawn", stop.ticket_id.decision_ids.filtered("text")[0].text)
        self.assertIn("stopped", str(stop.ticket_id.message_ids.mapped("body")))
        self.assertTrue(ticket.exists())

    def test_a_rule_that_makes_many_at_once_does_not_explode(self):
        self._rule(
            "Litter",
            "on_create",
            "for record in records:\n    env['service_desk.ticket'].create([{'name': 'litter',"
            " 'team_id': record.team_id.id, 'type_id': record.type_id.id}] * 10)",
        )
        self._create_ticket()
        self.assertLessEqual(self._count("litter"), 10 * (MAX_NESTED + 11))

    def test_a_rule_whose_code_drops_the_context(self):
        rule = self._rule(
            "Forgetful",
            "on_create_or_write",
            "for record in records:\n    record.with_context({}).write({'next_step': (record.next_step or '') + 'x'})",
        )
        ticket = self._create_ticket()
        self.assertEqual(len(ticket.next_step), MAX_DEPTH)
        self.assertEqual(self._stops(rule).ticket_id, ticket)

    def test_ping_pong_of_two_rules(self):
        code = "for record in records:\n    record.with_context({{}}).write({{'urgency': '{}'}})"
        urgency = self.env["ir.model.fields"]._get("service_desk.ticket", "urgency")
        ping, pong = (
            self._rule(
                name,
                "on_create_or_write",
                code.format(target),
                filter_domain=f"[('urgency', '=', '{source}')]",
                trigger_field_ids=[(6, 0, urgency.ids)],
            )
            for name, source, target in (("Ping", "1", "2"), ("Pong", "2", "1"))
        )
        ticket = self._create_ticket(urgency="3")
        ticket.with_user(self.agent).urgency = "1"
        self.assertTrue(self._stops(ping) | self._stops(pong))
        self.assertIn(ticket.urgency, ("1", "2"))

    def test_ping_pong_over_another_model(self):
        partner_model = self.env["ir.model"]._get_id("res.partner")
        rule = self._rule(
            "Ticket makes contact",
            "on_create",
            "env['res.partner'].with_context({}).create({'name': 'pingpong'})",
        )
        self._rule(
            "Contact makes ticket",
            "on_create",
            "for record in records:\n    env['service_desk.ticket'].with_context({}).create("
            f"{{'name': 'pongping', 'team_id': {self.team_it.id}, 'type_id': {self.type_question.id}}})",
            model_id=partner_model,
            filter_domain="[('name', '=', 'pingpong')]",
        )
        self._create_ticket()
        self.assertEqual(self._count("pongping"), MAX_DEPTH)
        self.assertEqual(len(self._stops(rule)), 1)

    def test_ping_pong_over_transactions(self):
        """Each round is a change of its own, as when two systems wake each other: after ten it ends."""
        urgency = self.env["ir.model.fields"]._get("service_desk.ticket", "urgency")
        rule = self._rule(
            "Counted",
            "on_create_or_write",
            "for record in records:\n    record.write({'next_step': (record.next_step or '') + 'x'})",
            trigger_field_ids=[(6, 0, urgency.ids)],
        )
        ticket = self._create_ticket(urgency="1")
        ticket.next_step = False
        for number in range(MAX_RUNS * 2):
            ticket.with_user(self.agent).urgency = "2" if number % 2 == 0 else "1"
        self.assertEqual(len(ticket.next_step), MAX_RUNS - 1)  # its creation was a run too
        self.assertEqual(len(self._stops(rule)), 1, "told once, not at each further round")
        with freeze_time(fields.Datetime.now() + timedelta(minutes=11)):
            ticket.with_user(self.agent).urgency = "3"
        self.assertEqual(len(ticket.next_step), MAX_RUNS, "later it runs again")

    def test_an_ordinary_rule_is_not_disturbed(self):
        """Hundreds of tickets at once are no loop; each says which rule ran."""
        rule = self._rule(
            "Tag", "on_create", "for record in records:\n    record.write({'next_step': 'x'})"
        )
        tickets = self.env["service_desk.ticket"].create(
            [
                {"name": str(n), "team_id": self.team_it.id, "type_id": self.type_question.id}
                for n in range(MAX_NESTED * 4)
            ]
        )
        self.assertEqual(set(tickets.mapped("next_step")), {"x"})
        self.assertFalse(self._stops(rule))
        self.assertEqual(
            tickets[0].decision_ids.filtered(lambda d: d.kind == "automation").text,
            "The automation rule “Tag” ran.",
        )

    def test_a_rule_that_fails_fails_alone(self):
        """The chain of causes is empty again after an error: the next change is not taken for a round."""
        self._rule("Broken", "on_create", "raise UserError('broken')")
        for _ in range(MAX_DEPTH + 2):
            with self.assertRefused(Exception, "broken"), self.env.cr.savepoint():
                self._create_ticket()
        self.assertFalse(self.env["service_desk.automation.stop"].search([]))
