"""Rules on tickets that are there already, by a lead's decision."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .routing_common import RoutingCommon


@tagged("post_install", "-at_install")
class TestRoutingAgain(RoutingCommon):
    def test_route_again(self):
        ticket = self._create_ticket(name="Касса", user_id=self.agent.id, urgency="1")
        other = self._create_ticket(name="Mouse")
        self._rule(words_any="касса", urgency="3", tag_ids=[(0, 0, {"name": "Till"})])
        action = (ticket | other).with_user(self.lead).action_route_again()
        self.assertIn("A rule fits 1 of 2", action["params"]["message"])
        self.assertRecordValues(
            ticket | other,
            [
                {"team_id": self.team_cash.id, "urgency": "3", "user_id": self.agent.id},
                {"team_id": self.team_it.id, "urgency": "2", "user_id": False},
            ],
        )
        self.assertEqual(ticket.tag_ids.name, "Till")
        self.assertIn("By rule “Cash desks”", self._why(ticket))
        self.assertFalse(other.decision_ids)

    def test_who_does_not_see_the_new_team_is_taken_off(self):
        self.team_cash.is_private = True
        self.team_cash.member_ids |= self.lead
        ticket = self._create_ticket(name="till", user_id=self.agent.id)
        self._rule()
        ticket.with_user(self.lead).action_route_again()
        self.assertFalse(ticket.user_id)
        self.assertEqual(ticket.team_id, self.team_cash)

    def test_hidden_team(self):
        """A lead sends nothing where he could not read it, and does not learn where that is."""
        ticket = self._create_ticket(name="till")
        self._rule(team_id=self.team_private.id)
        ticket.with_user(self.lead).action_route_again()
        self.assertEqual(ticket.team_id, self.team_it)
        self.assertNotIn("Security", self._why(ticket, self.lead))

    def test_as_it_came(self):
        """Addresses and headers of its mail count, and the moment at which it came."""
        ticket, _row = self._receive(To="it@desk.example.com", X_Site="12")
        self._rule(addresses="it@desk.example.com", headers="X-Site: 12", channels="email")
        ticket.with_user(self.lead).action_route_again()
        self.assertEqual(ticket.team_id, self.team_cash)

    def test_closed_tickets_stay(self):
        ticket = self._create_ticket(name="till")
        self._solve(ticket)
        self._rule()
        ticket.with_user(self.lead).action_route_again()
        self.assertEqual(ticket.team_id, self.team_it)

    def test_refused(self):
        ticket = self._create_ticket(name="till")
        with self.assertRefused(AccessError, "Team leads and managers"):
            ticket.with_user(self.agent).action_route_again()
        hidden = self._create_ticket(team_id=self.team_private.id)
        with self.assertRaises(AccessError):
            hidden.with_user(self.lead).action_route_again()
        many = self.env["service_desk.ticket"].browse(range(1, 300)).with_user(self.manager)
        with self.assertRefused(UserError, "Choose at most 200"):
            many.action_route_again()
