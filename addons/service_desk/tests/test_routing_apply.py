"""What a rule sets on a new ticket, what it leaves, and that the ticket says why."""

from unittest.mock import patch

from odoo.tests import Form, tagged, users

from ..routing import Words
from .routing_common import RoutingCommon


@tagged("post_install", "-at_install")
class TestRoutingApply(RoutingCommon):
    # ----------------------------------------------------------------- channels
    def test_mail(self):
        """A message's words decide; the team of its address is weaker than a rule."""
        tag = self.env["service_desk.tag"].create({"name": "Till"})
        self._rule(
            words_any="касса",
            service_id=self.service.id,
            urgency="3",
            tag_ids=[(6, 0, tag.ids)],
        )
        ticket, row = self._receive(Subject="Не работают кассы", text="Помогите")
        self.assertEqual(row.state, "processed")
        self.assertRecordValues(
            ticket,
            [{"team_id": self.team_cash.id, "service_id": self.service.id, "urgency": "3"}],
        )
        self.assertEqual(ticket.tag_ids, tag)
        self.assertEqual(ticket.type_id, self.type_incident, "the type follows the team")
        self.assertEqual(row.team_id, self.team_cash)
        why = self._why(ticket)
        self.assertIn("By rule “Cash desks”: subject contains “касса” (“кассы”).", why)
        self.assertIn("team – Cash; service – Tills; urgency – Work has stopped", why)

    def test_mail_of_an_address_with_a_type(self):
        """What an address presets is no choice of a person either."""
        self.env["service_desk.team.address"].create(
            {"team_id": self.team_it.id, "alias_name": "help", "alias_contact": "everyone",
             "type_id": self.type_request.id, "urgency": "1"}
        )  # fmt: skip
        self._rule(addresses="help@desk.example.com", type_id=self.type_incident.id, urgency="3")
        ticket, _row = self._receive(To="help@desk.example.com")
        self.assertEqual(ticket.type_id, self.type_incident)
        self.assertEqual(ticket.urgency, "3")

    def test_every_channel(self):
        for channel in ("portal", "phone", "chat", "record", "event", "api"):
            rule = self._rule(name=channel, channels=channel)
            with self.subTest(channel=channel):
                ticket = self._intake(channel=channel)
                self.assertEqual(ticket.team_id, self.team_cash)
                self.assertIn(f"“{channel}”", self._why(ticket))
            rule.unlink()

    def test_first_rule_wins(self):
        self._rule(name="second", sequence=20, words_any="till", urgency="1")
        self._rule(name="first", sequence=10, words_any="till", urgency="3")
        ticket = self._intake(name="Till is dark")
        self.assertEqual(ticket.urgency, "3")
        self.assertEqual(ticket.priority, self._priority(ticket))
        self.assertEqual(len(ticket.decision_ids), 1)

    def _priority(self, ticket):
        return self.env["service_desk.priority.rule"]._lookup(ticket.impact, ticket.urgency)

    def test_no_rule_fits(self):
        self._rule(words_any="till")
        ticket = self._intake(name="Mouse")
        self.assertEqual(ticket.team_id, self.team_it)
        self.assertFalse(ticket.decision_ids)

    def test_follow_up_keeps_its_team(self):
        """A message to a ticket closed long ago goes on where that was."""
        ticket, _row = self._receive(Subject="Mouse")
        self._solve(ticket, "closed")
        ticket.closed_at = "2020-01-01 00:00:00"
        self._rule()
        answer, _row = self._receive(Subject="Mouse", In_Reply_To=ticket.message_ids[-1].message_id)
        self.assertNotEqual(answer, ticket)
        self.assertEqual(answer.team_id, self.team_it)

    def test_our_own_code_is_not_routed(self):
        """What is made as superuser without a channel has its place already."""
        self._rule()
        self.assertEqual(self._create_ticket().team_id, self.team_it)

    def test_history_is_not_routed(self):
        self._rule()
        ticket = self._open_as(self.manager, state="closed", resolution="<p>x</p>")
        self.assertEqual(ticket.team_id, self.team_it)

    # ------------------------------------------------------------------ by hand
    def test_form_left_as_proposed(self):
        self.env["service_desk.team"].search([("id", "!=", self.team_it.id)]).filtered(
            lambda team: self.agent in team.member_ids
        ).member_ids = [(3, self.agent.id)]
        self._rule(words_any="till", urgency="3", impact="2", user_id=self.agent2.id)
        with Form(self.env["service_desk.ticket"].with_user(self.agent)) as form:
            form.name = "The till is dark"
        ticket = form.record
        self.assertEqual(ticket.team_id, self.team_cash)
        self.assertEqual((ticket.impact, ticket.urgency), ("2", "3"))
        self.assertEqual(ticket.priority, self._priority(ticket))
        self.assertEqual(ticket.user_id, self.agent2)

    def test_form_chosen_by_hand(self):
        team = self.env["service_desk.team"].create({"name": "Other"})
        self._rule(
            words_any="till", urgency="3", type_id=self.type_incident.id, user_id=self.agent2.id
        )
        ticket = self._open_as(
            self.agent,
            name="The till is dark",
            team_id=team.id,
            urgency="1",
            user_id=self.agent.id,
        )
        self.assertRecordValues(
            ticket, [{"team_id": team.id, "urgency": "1", "user_id": self.agent.id}]
        )
        self.assertIn("Left as chosen by hand: team, urgency, assigned to.", self._why(ticket))

    def test_priority_by_hand(self):
        self._rule(impact="3", urgency="3")
        self.assertEqual(self._open_as(self.agent, priority="0").priority, "0")
        proposed = self.env["service_desk.priority.rule"]._lookup("1", "2")
        self.assertEqual(self._open_as(self.agent, priority=proposed).priority, "3")

    def test_properties_hold_the_type(self):
        """Who has filled in what only one type has, has chosen it."""
        self.type_question.ticket_properties_definition = [
            {"name": "room", "string": "Room", "type": "char"}
        ]
        self._rule(type_id=self.type_incident.id, team_id=False)
        vals = {"type_id": self.type_question.id, "ticket_properties": {"room": "5"}}
        self.assertEqual(self._open_as(self.agent, **vals).type_id, self.type_question)
        self.assertEqual(self._open_as(self.agent, type_id=False).type_id, self.type_incident)

    def test_stage_of_another_type(self):
        """A form brings the first stage of the proposed type; the rule's type may have another."""
        own = self.env["service_desk.stage"].create(
            {
                "name": "Own",
                "state": "new",
                "sequence": 0,
                "type_ids": [(6, 0, self.type_question.ids)],
            }
        )
        self._rule(type_id=self.type_incident.id, team_id=False)
        self.team_it.default_type_id = self.type_question
        ticket = self._open_as(self.agent, type_id=self.type_question.id, stage_id=own.id)
        self.assertEqual(ticket.type_id, self.type_incident)
        self.assertNotEqual(ticket.stage_id, own)

    # ------------------------------------------------------------------- people
    def test_person_of_another_team_is_left_out(self):
        rule = self._rule(user_id=self.agent2.id, team_id=self.team_cash.id)
        self.team_cash.write(
            {"is_private": True, "member_ids": [(5,)], "lead_ids": [(6, 0, self.lead.ids)]}
        )
        ticket = self._intake()
        self.assertFalse(ticket.user_id)
        self.assertEqual(ticket.team_id, self.team_cash)
        self.assertIn("Boris Agent was not assigned: he does not see", self._why(ticket))
        rule.team_id = False
        self.agent2.group_ids = [(3, self.env.ref("service_desk.service_desk_group_agent").id)]
        self.assertIn("he is no agent any more", self._why(self._intake()))

    def test_chosen_person_outweighs_the_team(self):
        self.team_cash.write({"is_private": True})
        self._rule()
        tickets = self.env["service_desk.ticket"].with_user(self.manager)
        tickets = tickets.with_context(default_team_id=self.team_it.id)
        ticket = tickets.create({"name": "x", "user_id": self.agent.id})
        self.assertEqual(ticket.team_id, self.team_it)
        self.assertIn("the chosen person does not see", self._why(ticket))

    def test_hidden_team_is_left_out_for_who_opens(self):
        """An agent opens no ticket that he could not read; and he learns nothing of the team."""
        self._rule(name="Fraud", words_any="till", team_id=self.team_private.id)
        ticket = self._open_as(self.agent, name="The till")
        self.assertEqual(ticket.team_id, self.team_it)
        told = self._why(ticket, self.agent)
        self.assertEqual(
            told, "By a routing rule. A value was left out: it cannot be set on this ticket."
        )
        self.assertIn("“Security” was not set", self._why(ticket, self.manager))
        self.assertEqual(self._intake(name="The till").team_id, self.team_private)

    def test_decision_does_not_name_a_hidden_team(self):
        """The ticket has left the private team since: its name is still nobody's business."""
        self._rule(name="Fraud", words_any="till", team_id=self.team_private.id, urgency="3")
        ticket = self._intake(name="The till")
        ticket.team_id = self.team_it
        told = self._why(ticket, self.agent)
        self.assertEqual(told, "By a routing rule. Set: urgency – Work has stopped.")

    def test_followers_and_participants(self):
        self.team_cash.is_private = True
        self._rule(
            follower_ids=[(6, 0, (self.employee | self.agent2).ids)],
            participant_ids=[(6, 0, self.customer_b.ids)],
        )
        ticket = self._intake(partner_id=self.customer_a.id)
        self.assertIn(self.agent2.partner_id, ticket.message_partner_ids)
        self.assertNotIn(self.employee.partner_id, ticket.message_partner_ids)
        self.assertEqual(ticket.participant_ids, self.customer_b)
        self.assertIn("Egor Employee does not follow", self._why(ticket, self.manager))
        self.team_cash.is_private = False
        self.assertIn(self.employee.partner_id, self._intake().message_partner_ids)

    def test_participants_are_added(self):
        self._rule(participant_ids=[(6, 0, self.customer_b.ids)])
        ticket = self._intake(participant_ids=[(6, 0, self.firm_a.ids)])
        self.assertEqual(ticket.participant_ids, self.customer_b | self.firm_a)

    # ------------------------------------------------------------------ trouble
    def test_broken_rule_loses_no_mail(self):
        broken = self._rule(name="broken", sequence=1, words_any="till")
        self._rule(name="whole", sequence=2)
        with patch.object(Words, "check", side_effect=RuntimeError("it burns")):
            ticket, row = self._receive(Subject="The till")
            self._receive(Subject="The till again")
        self.assertEqual(row.state, "processed")
        self.assertEqual(ticket.team_id, self.team_cash)
        self.assertEqual(broken.trouble, "it burns")
        why = self._why(ticket)
        self.assertIn("The rule “broken” could not be asked and was passed over: it burns", why)
        self.assertNotIn("broken", self._why(ticket, self.agent2))
        broken.words_any = "tills"
        self.assertFalse(broken.trouble)

    def test_rule_that_cannot_be_read_any_more(self):
        """An expression that an older version let pass."""
        rule = self._rule(pattern="x")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE service_desk_routing_rule SET pattern = '(x' WHERE id = %s", [rule.id]
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        with self.assertLogs("odoo.addons.service_desk", "WARNING"):
            ticket = self._intake()
        self.assertEqual(ticket.team_id, self.team_it)
        self.assertIn("open_bracket", rule.trouble)

    def test_archived_values_are_not_set(self):
        self._rule(service_id=self.service.id, urgency="3")
        self.team_cash.active = False
        ticket = self._intake()
        self.assertEqual(ticket.team_id, self.team_it)
        self.assertEqual(ticket.urgency, "3")

    def test_forged_context(self):
        """What a remote call sends as the channel's knowledge is nothing."""
        self._rule(channels="email")
        tickets = self.env["service_desk.ticket"].with_user(self.agent)
        for value in (False, True, {"channel": "email"}, "email", []):
            with self.subTest(value=value):
                tickets = tickets.with_context(service_desk_request=value)
                ticket = tickets.create({"name": "x", "team_id": self.team_it.id})
                self.assertEqual(ticket.team_id, self.team_it)
                self.assertFalse(ticket.decision_ids)

    @users("sd_manager1")
    def test_in_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self._rule(words_any="касса", urgency="3")
        ticket = self._intake(name="Кассы")
        self.assertTrue(self._why(ticket.with_context(lang="ru_RU")))
