from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestAnchors(ServiceDeskCommon):
    """Nobody hangs a record on what he may not see, and no refusal names it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._create_ticket()
        cls.other = cls._create_ticket()
        cls.hidden = cls._create_ticket(team_id=cls.team_private.id)
        company = cls.env["res.company"].create({"name": "Another Company"})
        cls.team_foreign = cls.env["service_desk.team"].create(
            {"name": "Abroad", "company_id": company.id}
        )
        cls.foreign = cls._create_ticket(team_id=cls.team_foreign.id, partner_id=False)
        cls.rota, cls.hidden_rota = cls.env["service_desk.oncall"].create(
            [
                {"name": "Ours", "team_id": cls.team_it.id, "tz": "UTC"},
                {"name": "Theirs", "team_id": cls.team_private.id, "tz": "UTC"},
            ]
        )
        cls.now = datetime(2031, 5, 1, 8)

    def _shift_vals(self, rota):
        return {
            "oncall_id": rota.id,
            "user_id": self.lead.id,
            "start_at": self.now,
            "end_at": self.now + timedelta(days=1),
        }

    def _assert_refused_without(self, words, call, *args):
        with self.assertRaises(AccessError) as refusal:
            call(*args)
        self.assertNotIn(words, str(refusal.exception))

    def test_no_link_to_a_ticket_of_another_company_and_its_number_stays_unsaid(self):
        links = self.env["service_desk.ticket.link"].with_user(self.agent)
        vals = {"ticket_id": self.ticket.id, "other_id": self.foreign.id}
        self._assert_refused_without(self.foreign.number, links.create, [vals])

    def test_no_link_is_turned_to_a_hidden_ticket(self):
        links = self.env["service_desk.ticket.link"].with_user(self.agent)
        link = links.create({"ticket_id": self.ticket.id, "other_id": self.other.id})
        self._assert_refused_without("Security", link.write, {"other_id": self.hidden.id})
        link.write({"kind": "duplicates"})

    def test_no_shift_of_a_hidden_team_and_its_name_stays_unsaid(self):
        shifts = self.env["service_desk.oncall.shift"].with_user(self.lead)
        self._assert_refused_without(
            "Security", shifts.create, [self._shift_vals(self.hidden_rota)]
        )
        self._assert_refused_without(
            "Security",
            shifts.with_context(default_oncall_id=self.hidden_rota.id).create,
            [{k: v for k, v in self._shift_vals(self.rota).items() if k != "oncall_id"}],
        )
        shift = shifts.create(self._shift_vals(self.rota))
        self._assert_refused_without("Security", shift.write, {"oncall_id": self.hidden_rota.id})
        patterns = self.env["service_desk.oncall.pattern"].with_user(self.lead)
        vals = {"oncall_id": self.hidden_rota.id, "user_id": self.lead.id}
        self._assert_refused_without("Security", patterns.create, [vals])

    def test_no_rota_is_given_to_a_team_of_others(self):
        rota = self.rota.with_user(self.lead)
        self._assert_refused_without("Security", rota.write, {"team_id": self.team_private.id})
        seen = self.env["service_desk.team"].create({"name": "Open to all"})
        with self.assertRaises(AccessError):
            rota.write({"team_id": seen.id})  # he sees it, and does not lead it
        rota.write({"name": "Still ours", "team_id": self.team_it.id})

    def test_no_skill_is_given_to_people_of_others(self):
        agents = self.env["service_desk.agent"]
        stranger = agents._of_users(self.manager)
        skill = self.env["service_desk.skill"].create({"name": "Printers"})
        own = self.env["service_desk.agent.skill"].with_user(self.lead)
        row = own.create({"agent_id": agents._of_users(self.agent).id, "skill_id": skill.id})
        with self.assertRaises(AccessError):
            row.write({"agent_id": stranger.id})

    def test_no_review_is_moved_to_a_hidden_ticket(self):
        review = self.env["service_desk.review"].create({"ticket_id": self.ticket.id})
        mine = review.with_user(self.agent)
        self._assert_refused_without("Security", mine.write, {"ticket_id": self.hidden.id})
        mine.write({"impact": "A shop"})
        action = mine.env["service_desk.review.action"].create(
            {"review_id": mine.id, "name": "Mend it", "user_id": self.agent.id}
        )
        hidden = self.env["service_desk.review"].create({"ticket_id": self.hidden.id})
        self._assert_refused_without("Security", action.write, {"review_id": hidden.id})
