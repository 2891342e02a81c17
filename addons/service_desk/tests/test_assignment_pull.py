""" "Next ticket": the best one, within one's limit and skills."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .assignment_common import AssignmentCommon


@tagged("post_install", "-at_install")
class TestAssignmentPull(AssignmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.ticket"].search([]).active = False
        cls.team_it.assign_method = "pull"

    def _pull(self, user):
        action = self.env["service_desk.ticket"].with_user(user).action_pull_next()
        self.assertEqual(action["res_model"], "service_desk.ticket")
        return self.env["service_desk.ticket"].browse(action["res_id"])

    def _assert_told(self, user, text):
        action = self.env["service_desk.ticket"].with_user(user).action_pull_next()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn(text, action["params"]["message"])

    def test_priority_then_promise_then_age(self):
        old = self._create_ticket(priority="1")
        promised = self._create_ticket(priority="1", next_update_at="2030-01-02 09:00:00")
        sooner = self._create_ticket(priority="1", next_update_at="2030-01-01 09:00:00")
        urgent = self._create_ticket(priority="3")
        self._create_ticket(priority="3", user_id=self.agent2.id)
        self._create_ticket(priority="3", state="waiting")
        self._create_ticket(priority="3", team_id=self.team_private.id)
        taken = [self._pull(self.agent) for _i in range(4)]
        self.assertEqual(taken, [urgent, sooner, promised, old])
        self.assertEqual(urgent.user_id, self.agent)
        self.assertEqual(urgent.state, "open", "who takes it works on it")
        self.assertIn("asked for the next ticket", urgent.decision_ids[:1].text)

    def test_nothing_waits(self):
        self._assert_told(self.agent, "No ticket of your teams waits")
        self._assert_told(self.manager, "You belong to no team")

    def test_limit_holds(self):
        self._profile(self.agent).work_limit = 1
        tickets = [self._create_ticket() for _i in range(2)]
        self.assertEqual(self._pull(self.agent), tickets[0])
        self._assert_told(self.agent, "You have reached your limit")
        self.assertEqual(self._pull(self.agent2), tickets[1])

    def test_skills_hold(self):
        skill = self.env["service_desk.skill"].create({"name": "1C"})
        self.env["service_desk.skill.demand"].create(
            {"skill_id": skill.id, "type_id": self.type_incident.id}
        )
        self._create_ticket(type_id=self.type_incident.id, priority="3")
        self._assert_told(self.agent, "skills that you lack")
        easy = self._create_ticket(priority="0")
        self.assertEqual(self._pull(self.agent), easy)

    def test_the_known_requester_among_equals(self):
        self.team_it.prefer_known = True
        helped = self._create_ticket(
            partner_id=self.customer_b.id, user_id=self.agent.id, resolution="done"
        )
        helped.state = "solved"
        first = self._create_ticket()
        known = self._create_ticket(partner_id=self.customer_b.id)
        self.assertEqual(self._pull(self.agent), known)
        self.assertEqual(self._pull(self.agent), first)

    def test_confidential_is_not_seen(self):
        self._create_ticket(is_confidential=True)
        self._assert_told(self.agent, "No ticket of your teams waits")

    def test_only_for_agents(self):
        self._create_ticket()
        for user in (self.employee, self.portal_a, self.auditor):
            with self.assertRaises(AccessError):
                self.env["service_desk.ticket"].with_user(user).action_pull_next()
