"""How the methods of teams choose, and what a ticket says when they find nobody."""

from collections import Counter
from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, new_test_user, tagged

from .assignment_common import AssignmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 12:00:00")
class TestAssignmentMethods(AssignmentCommon):
    def _skill(self, name="1C", **demand):
        skill = self.env["service_desk.skill"].create({"name": name})
        if demand:
            self.env["service_desk.skill.demand"].create({"skill_id": skill.id, **demand})
        return skill

    def _learn(self, user, skill, level="3"):
        self.env["service_desk.agent.skill"].create(
            {"agent_id": self._profile(user).id, "skill_id": skill.id, "level": level}
        )

    def test_who_is_away_in_a_private_team_stays_unsaid_when_the_ticket_leaves_it(self):
        self.team_private.write(
            {"member_ids": [(4, self.lead.id)], "lead_ids": [(5,)], "assign_method": "balanced"}
        )
        self._profile(self.lead).accepts_work = False
        ticket = self._create_ticket(team_id=self.team_private.id)
        self._run()
        self.assertIn(self.lead.name, ticket.decision_ids[-1].with_user(self.agent2).text)
        ticket.team_id = self.team_it
        told = " ".join(ticket.decision_ids.with_user(self.agent).mapped("text"))
        self.assertIn(self.agent2.name, told)
        self.assertNotIn(self.lead.name, told)

    def test_by_hand_nothing_happens(self):
        ticket = self._create_ticket()
        self._run()
        self.assertFalse(ticket.user_id)
        self.assertFalse(ticket.assign_code)

    def test_in_turn(self):
        self.team_it.assign_method = "round_robin"
        tickets = self.env["service_desk.ticket"].concat(
            *(self._create_ticket() for _i in range(6))
        )
        self.assertEqual(set(tickets.mapped("assign_code")), {"queued"})
        self._run()
        self.assertEqual(
            tickets.mapped("user_id.id"),
            (self.agent | self.agent2).ids,
            "first one, then the other",
        )
        self.assertEqual(
            Counter(ticket.user_id for ticket in tickets), {self.agent: 3, self.agent2: 3}
        )
        self.assertEqual(tickets[0].user_id, tickets[2].user_id)
        self.assertNotEqual(tickets[0].user_id, tickets[1].user_id)
        self.assertFalse(any(tickets.mapped("assign_code")))
        self.assertEqual(set(tickets.mapped("state")), {"new"}, "given is not begun")

    def test_turn_after_absence_brings_no_flood(self):
        """He who comes back gets his next ticket, not all that he missed."""
        self.team_it.assign_method = "round_robin"
        self._profile(self.agent).accepts_work = False
        for _i in range(4):
            self._create_ticket()
        self._run()
        self._profile(self.agent).accepts_work = True
        tickets = self.env["service_desk.ticket"].concat(
            *(self._create_ticket() for _i in range(4))
        )
        self._run()
        self.assertEqual(
            Counter(ticket.user_id for ticket in tickets), {self.agent: 2, self.agent2: 2}
        )

    def test_balanced_weighs_by_priority(self):
        self.team_it.assign_method = "balanced"
        heavy = self._create_ticket(user_id=self.agent.id, priority="3")  # 8 points
        light = [self._create_ticket(priority="1") for _i in range(4)]  # 2 points each
        self._run()
        self.assertEqual([ticket.user_id for ticket in light], [self.agent2] * 4)
        self.assertEqual(heavy.user_id, self.agent)

    def test_most_urgent_first(self):
        self.team_it.write({"assign_method": "balanced", "member_limit": 1})
        late = self._create_ticket(priority="1")
        urgent = self._create_ticket(priority="3")
        also = self._create_ticket(priority="2")
        self._run()
        self.assertTrue(urgent.user_id and also.user_id)
        self.assertEqual((late.user_id.id, late.assign_code), (False, "full"))
        self.assertIn("is at the limit", late.assign_text)

    def test_limit_frees_when_something_is_solved(self):
        self.team_it.write({"assign_method": "balanced", "member_limit": 1})
        tickets = [self._create_ticket() for _i in range(3)]
        self._run()
        self.assertEqual(tickets[2].assign_code, "full")
        self._woken()
        tickets[0].write({"resolution": "done", "state": "solved"})
        self.assertEqual(len(self._woken()), 1, "the runner comes at once")
        self._run()
        self.assertEqual(tickets[2].user_id, tickets[0].user_id)

    def test_limit_in_points(self):
        self.team_it.assign_method = "balanced"
        self._profile(self.agent2).accepts_work = False
        self._profile(self.agent).write({"work_limit": 5, "limit_unit": "points"})
        tickets = [self._create_ticket(priority="1") for _i in range(3)]
        self._run()
        self.assertEqual([bool(ticket.user_id) for ticket in tickets], [True, True, False])

    def test_waiting_counts_as_configured(self):
        self.team_it.write({"assign_method": "balanced", "member_limit": 1})
        self._profile(self.agent2).accepts_work = False
        self._create_ticket(user_id=self.agent.id, state="waiting")
        ticket = self._create_ticket()
        self._run()
        self.assertFalse(ticket.user_id)
        self.env["service_desk.settings"].search([("company_id", "=", self.company.id)]).unlink()
        self.env["service_desk.settings"].create({"load_waiting_percent": 0})
        self._run()
        self.assertEqual(ticket.user_id, self.agent)

    def test_unskilled_never_gets_it(self):
        self.team_it.assign_method = "balanced"
        skill = self._skill(type_id=self.type_incident.id, level="3")
        self._learn(self.agent, skill, "2")
        ticket = self._create_ticket(type_id=self.type_incident.id)
        self._run()
        self.assertEqual((ticket.user_id.id, ticket.assign_code), (False, "unskilled"))
        self.assertIn("Nobody of IT knows 1C well enough", ticket.assign_text)
        self._learn(self.agent2, skill, "3")
        self._run()
        self.assertEqual(ticket.user_id, self.agent2)
        decision = ticket.decision_ids.filtered(lambda d: d.kind == "assignment")[:1]
        self.assertIn("Boris Agent got it", decision.text)
        self.assertIn("Needed: 1C.", decision.text)
        self.assertIn("Not skilled for it: Anna Agent", decision.text)

    def test_best_skilled_then_least_loaded(self):
        self.team_it.assign_method = "skill"
        skill = self._skill(type_id=self.type_incident.id)
        self._learn(self.agent, skill, "5")
        self._learn(self.agent2, skill, "3")
        tickets = [self._create_ticket(type_id=self.type_incident.id) for _i in range(2)]
        self._run()
        self.assertEqual([ticket.user_id for ticket in tickets], [self.agent] * 2)
        self._learn(self.lead, skill, "5")
        self.team_it.member_ids = [(4, self.lead.id)]
        later = self._create_ticket(type_id=self.type_incident.id)
        self._run()
        self.assertEqual(later.user_id, self.lead, "equally good, and free")

    def test_skills_by_service_above_and_tag(self):
        above = self.env["service_desk.service"].create({"name": "Accounting"})
        service = self.env["service_desk.service"].create({"name": "Bank", "parent_id": above.id})
        tag = self.env["service_desk.tag"].create({"name": "vpn"})
        by_service = self._skill("Books", service_id=above.id)
        by_both = self._skill("Tunnels", service_id=service.id, tag_id=tag.id, level="4")
        ticket = self._create_ticket(service_id=service.id)
        self.assertEqual(ticket._needed_skills()[ticket.id], {by_service.id: 1})
        ticket.tag_ids = tag
        self.assertEqual(ticket._needed_skills()[ticket.id], {by_service.id: 1, by_both.id: 4})
        with self.assertRefused(ValidationError, "choose a service, a type or a tag"):
            self.env["service_desk.skill.demand"].create({"skill_id": by_both.id})

    def test_absent_gets_nothing_and_the_ticket_tells_when(self):
        self.team_it.assign_method = "balanced"
        self._give_hours(self.agent)
        self._give_hours(self.agent2, tz="Asia/Vladivostok")
        with freeze_time("2026-03-02 20:00:00"):
            ticket = self._create_ticket()
            self._run()
            self.assertEqual((ticket.user_id.id, ticket.assign_code), (False, "absent"))
            self.assertIn("Nobody of IT is in before", ticket.with_context(tz="UTC").assign_text)
            self.assertIn("23:00", ticket.with_context(tz="UTC").assign_text)
            self.assertIn(datetime(2026, 3, 2, 23, 0), self._woken())
        with freeze_time("2026-03-02 23:00:00"):
            self._run()
        self.assertEqual(ticket.user_id, self.agent2, "the first who is back")

    def test_switch_on_wakes_the_runner(self):
        self.team_it.assign_method = "balanced"
        profiles = self._profile(self.agent | self.agent2)
        profiles.accepts_work = False
        ticket = self._create_ticket()
        self._run()
        self.assertEqual(ticket.assign_code, "absent")
        self.assertEqual(ticket.assign_text, "Nobody of IT is in.")
        self._woken()
        profiles[0].accepts_work = True
        self.assertEqual(len(self._woken()), 1)
        self._run()
        self.assertEqual(ticket.user_id, profiles[0].user_id)

    def test_whoever_knows_the_requester(self):
        self.team_it.write({"assign_method": "round_robin", "prefer_known": True})
        old = self._create_ticket(user_id=self.agent2.id, resolution="done")
        old.state = "solved"
        same, other = self._create_ticket(), self._create_ticket(partner_id=self.customer_b.id)
        colleague = self.env["res.partner"].create({"name": "C", "parent_id": self.firm_a.id})
        firm = self._create_ticket(partner_id=colleague.id)
        self._run()
        self.assertEqual(
            [t.user_id for t in (same, other, firm)], [self.agent2, self.agent, self.agent2]
        )
        text = same.decision_ids[:1].text
        self.assertIn("helped this requester last", text)
        self._profile(self.agent2).accepts_work = False
        absent = self._create_ticket()
        self._run()
        self.assertEqual(absent.user_id, self.agent, "else by the team's method")

    def test_help_in_private_teams_is_not_told(self):
        self.team_it.write({"assign_method": "round_robin", "prefer_known": True})
        old = self._create_ticket(
            team_id=self.team_private.id, user_id=self.agent2.id, resolution="done"
        )
        old.state = "solved"
        tickets = [self._create_ticket() for _i in range(2)]
        self._run()
        self.assertEqual({t.user_id for t in tickets}, {self.agent, self.agent2})

    def test_confidential_waits_for_a_lead(self):
        self.team_it.assign_method = "balanced"
        ticket = self._create_ticket(is_confidential=True)
        self._run()
        self.assertEqual((ticket.user_id.id, ticket.assign_code), (False, "confidential"))

    def test_given_back_goes_to_another(self):
        self.team_it.assign_method = "balanced"
        ticket = self._create_ticket()
        self._run()
        first = ticket.user_id
        ticket.with_user(first).user_id = False
        self.assertEqual(ticket.assign_code, "queued")
        self._run()
        self.assertEqual(ticket.user_id, (self.agent | self.agent2) - first)
        ticket._release("no_reaction")
        self._run()
        self.assertTrue(ticket.user_id, "when all gave it back, somebody has it all the same")

    def test_other_team_other_queue(self):
        self.team_it.assign_method = "balanced"
        ticket = self._create_ticket(team_id=self.team_private.id)
        self.assertFalse(ticket.assign_code)
        ticket.team_id = self.team_it
        self.assertEqual(ticket.assign_code, "queued")
        ticket.team_id = self.team_private
        self.assertFalse(ticket.assign_code)

    def test_method_switched_on_takes_what_waits(self):
        ticket = self._create_ticket()
        self.team_it.assign_method = "balanced"
        self._run()
        self.assertTrue(ticket.user_id)

    def test_one_broken_ticket_stops_nobody(self):
        self.team_it.assign_method = "balanced"
        tickets = [self._create_ticket() for _i in range(5)]
        tickets_class = self.env.registry["service_desk.ticket"]
        broken, check = tickets[2].id, tickets_class._check_assignee

        def explode(records):
            if broken in records.ids and records.user_id:
                raise ValueError("broken")
            return check(records)

        with (
            patch.object(tickets_class, "_on_assigned", explode),
            self.assertLogs("odoo.addons.service_desk", "ERROR"),
        ):
            self._run()
        self.assertEqual([bool(t.user_id) for t in tickets], [True, True, False, True, True])

    def test_archived_person_keeps_nothing(self):
        self.team_it.assign_method = "balanced"
        ticket = self._create_ticket(user_id=self.agent.id)
        self.agent.active = False
        self.assertFalse(ticket.user_id)
        self.assertEqual(ticket.assign_code, "queued")
        self._run()
        self.assertEqual(ticket.user_id, self.agent2)
        self.assertIn("works here no more", " ".join(ticket.decision_ids.mapped("text")))

    def test_loads_are_told_to_managers_only(self):
        self.team_it.assign_method = "balanced"
        ticket = self._create_ticket()
        self._run()
        decision = ticket.decision_ids[:1]
        self.assertNotIn("points", decision.with_user(self.agent2).text)
        self.assertIn("points", decision.with_user(self.manager).text)

    def test_same_day_same_choice(self):
        """Equals are decided by turn and id, never by chance."""
        self.team_it.assign_method = "balanced"
        users = self.env["res.users"].concat(
            *(
                new_test_user(
                    self.env, f"sd_more{i}", groups="service_desk.service_desk_group_agent"
                )
                for i in range(3)
            )
        )
        self.team_it.member_ids = [(6, 0, users.ids)]
        tickets = self.env["service_desk.ticket"].concat(
            *(self._create_ticket() for _i in range(6))
        )
        self._run()
        self.assertEqual([t.user_id for t in tickets], [*users, *users])
