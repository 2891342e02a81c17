"""The list of people, the switch, and the work that somebody leaves behind."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .assignment_common import AssignmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 12:00:00")
class TestAssignmentPeople(AssignmentCommon):
    # ------------------------------------------------------------------ people
    def test_who_is_in_and_until_when_the_others_are_out(self):
        self._give_hours(self.agent2, tz="Asia/Vladivostok")
        here, away = self._profile(self.agent), self._profile(self.agent2)
        self.assertEqual((here.is_in, here.presence_text), (True, "In"))
        away = away.with_context(tz="UTC", lang="en_US")
        self.assertEqual((away.is_in, away.presence_text), (False, "Works from 2 Mar 23:00"))
        mine = [("user_id", "in", (self.agent | self.agent2).ids)]
        self.assertEqual(self.profiles.search([*mine, ("is_in", "=", True)]), here)
        self.assertEqual(self.profiles.search([*mine, ("is_in", "=", False)]), away)

    def test_load_counts_what_the_reader_sees(self):
        """Tickets of private teams do not show through the load of their people."""
        self._profile(self.agent2).work_limit = 4
        self._create_ticket(user_id=self.agent2.id)
        self._create_ticket(user_id=self.agent2.id, team_id=self.team_private.id)
        profile = self._profile(self.agent2)
        seen = profile.with_user(self.agent)
        self.assertEqual((seen.open_count, seen.load_percent), (1, 25))
        self.assertEqual(seen.team_ids, self.team_it)
        self.assertEqual(profile.with_user(self.manager).open_count, 2)

    def test_people_of_private_teams_are_hidden(self):
        hidden = self._profile(self.manager)
        self.team_private.member_ids = [(4, self.manager.id)]
        self.assertFalse(hidden.with_user(self.agent).has_access("read"))
        self.assertTrue(hidden.with_user(self.agent2).has_access("read"))

    def test_search_by_team_and_skill(self):
        skill = self.env["service_desk.skill"].create({"name": "VPN"})
        self._profile(self.agent).skill_ids = [(0, 0, {"skill_id": skill.id, "level": "2"})]
        found = self.profiles.search([("skill_tag_ids", "in", skill.ids)])
        self.assertEqual(found.user_id, self.agent)
        found = self.profiles.search([("team_ids", "in", self.team_it.ids)])
        self.assertEqual(found.user_id, self.agent | self.agent2)
        found = self.profiles.with_user(self.agent).search(
            [("team_ids", "in", self.team_private.ids)]
        )
        self.assertFalse(found, "a team he does not see tells nothing")

    def test_importing_limits_takes_the_profile_that_is_there(self):
        known = self._profile(self.agent)
        made = self.profiles.create(
            [
                {"user_id": self.agent.id, "work_limit": 7},
                {"user_id": self.manager.id, "work_limit": 3},
            ]
        )
        self.assertEqual(made[0], known)
        self.assertEqual(made.mapped("work_limit"), [7, 3])
        with self.assertRefused(ValidationError, "Nobody is his own deputy"):
            known.deputy_id = self.agent

    # ------------------------------------------------------------------ switch
    def test_own_switch(self):
        agents = self.profiles.with_user(self.agent)
        self.assertTrue(agents.switch_own_work())
        self.assertFalse(agents.switch_own_work(False))
        self.assertFalse(self._profile(self.agent).accepts_work)
        self._profile(self.agent).with_user(self.agent).action_switch_work()
        self.assertTrue(self._profile(self.agent).accepts_work)
        for user in (self.employee, self.portal_a, self.auditor):
            with self.assertRaises(AccessError):
                self.profiles.with_user(user).switch_own_work(False)

    def test_switch_of_another(self):
        with self.assertRaises(AccessError):
            self._profile(self.agent2).with_user(self.agent).action_switch_work()
        with self.assertRaises(AccessError):
            self._profile(self.agent).with_user(self.agent).work_limit = 1
        self._profile(self.agent2).with_user(self.lead).action_switch_work()
        self.assertFalse(self._profile(self.agent2).accepts_work)

    # --------------------------------------------------------------- hand over
    def _wizard(self, user, **vals):
        agent = self._profile(self.agent)
        return (
            self.env["service_desk.agent.hand.over"]
            .with_user(user)
            .create({"agent_id": agent.id, **vals})
        )

    def test_lead_hands_over_all_work_to_one_person(self):
        tickets = [self._create_ticket(user_id=self.agent.id) for _i in range(3)]
        waiting = self._create_ticket(user_id=self.agent.id, state="waiting")
        wizard = self._wizard(self.lead, mode="person", user_id=self.agent2.id, skip_waiting=True)
        self.assertEqual(wizard.ticket_count, 3)
        wizard.action_confirm()
        self.assertEqual({ticket.user_id for ticket in tickets}, {self.agent2})
        self.assertEqual(waiting.user_id, self.agent)
        self.assertIn("was handed over", tickets[0].decision_ids[:1].text)

    def test_lead_hands_over_by_the_method(self):
        self.team_it.assign_method = "balanced"
        ticket = self._create_ticket(user_id=self.agent.id)
        self._wizard(self.lead).action_confirm()
        self.assertEqual(ticket.assign_code, "queued")
        self._run()
        self.assertEqual(ticket.user_id, self.agent2)

    def test_hand_over_is_refused(self):
        with self.assertRefused(UserError, "has no open tickets"):
            self._wizard(self.lead).action_confirm()
        self._create_ticket(user_id=self.agent.id)
        with self.assertRefused(UserError, "Choose who gets the tickets"):
            self._wizard(self.lead, mode="person").action_confirm()
        with self.assertRefused(ValidationError, "is not an agent"):
            self._wizard(self.lead, mode="person", user_id=self.employee.id).action_confirm()
        with self.assertRaises(AccessError):
            self._wizard(self.agent2)
        stranger = self._profile(self.manager)
        self._create_ticket(user_id=self.manager.id)
        wizard = self.env["service_desk.agent.hand.over"].create({"agent_id": stranger.id})
        with self.assertRaises(AccessError):
            wizard.with_user(self.lead).action_confirm()

    # ------------------------------------------------------------------ leaving
    def test_leads_hear_of_what_comes_back(self):
        tickets = [self._create_ticket(user_id=self.agent.id) for _i in range(2)]
        secret = self._create_ticket(user_id=self.agent2.id, team_id=self.team_private.id)
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        (self.agent | self.agent2).active = False
        told = self.env["mail.message"].search(
            [("id", ">", before), ("partner_ids", "in", self.lead.partner_id.ids)]
        )
        # the bridge of employees has its own words, and tells of more than tickets
        of_tickets = told.filtered(lambda message: tickets[0].number in message.body)
        self.assertEqual(len(of_tickets), 1)
        self.assertIn("ickets of Anna Agent", of_tickets.subject)
        self.assertIn(tickets[1].number, of_tickets.body)
        self.assertFalse(told.filtered(lambda message: secret.number in message.body))
        self.assertFalse(secret.user_id)

    def test_whoever_is_no_agent_any_more_keeps_nothing(self):
        ticket = self._create_ticket(user_id=self.agent.id)
        self.agent.group_ids = [(6, 0, self.env.ref("base.group_user").ids)]
        self.assertFalse(ticket.user_id)

    def test_lead_may_pass_limits_by_hand_but_not_unawares(self):
        self._profile(self.agent).work_limit = 1
        self._give_hours(self.agent, tz="Asia/Vladivostok")
        skill = self.env["service_desk.skill"].create({"name": "VPN"})
        self.env["service_desk.skill.demand"].create(
            {"skill_id": skill.id, "type_id": self.type_question.id, "level": "2"}
        )
        self._create_ticket(user_id=self.agent.id)
        ticket = self._create_ticket().with_user(self.lead).with_context(lang="en_US", tz="UTC")
        answer = ticket.onchange({"user_id": self.agent.id}, ["user_id"], {"user_id": {}})
        self.assertIn("Absent until 2 March, 23:00", answer["warning"]["message"])
        self.assertIn("At the limit", answer["warning"]["message"])
        self.assertIn("Lacks the skill: VPN", answer["warning"]["message"])
        ticket.user_id = self.agent
        self.assertIn("without the needed skill: VPN", ticket.decision_ids[:1].text)
        fine = ticket.onchange({"user_id": self.lead.id}, ["user_id"], {"user_id": {}})
        self.assertNotIn("Absent", (fine.get("warning") or {}).get("message", ""))

    def test_profile_stays_inside(self):
        profile = self._profile(self.agent)
        with self.assertRefused(ValidationError, "is no employee"):
            profile.with_user(self.lead).deputy_id = self.portal_a
        with self.assertRefused(ValidationError, "stays with its person"):
            profile.with_user(self.lead).user_id = self.employee
