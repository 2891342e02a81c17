"""Who may hang which ticket under which mass incident, and what others see of it."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .rights_common import RightsCommon


@tagged("post_install", "-at_install")
class TestIncidentMaster(RightsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.master = cls._create_ticket(name="Tills print no receipts", partner_id=False)
        cls.master.action_make_master()

    def test_members_are_added_and_taken_out(self):
        tickets = self._create_ticket() | self._create_ticket()
        tickets.with_user(self.agent).write({"master_id": self.master.id})
        self.assertEqual(self.master.with_user(self.agent).member_count, 2)
        self.assertEqual(tickets.decision_ids.mapped("kind"), ["incident"] * 2)
        self.assertIn(self.master.number, tickets[0].decision_ids.text)
        tickets[0].with_user(self.agent).action_detach_from_master()
        self.assertFalse(tickets[0].master_id)
        self.assertEqual(len(tickets[0].decision_ids), 2)

    def test_a_new_one_does_not_bear_the_subject_of_a_confidential_ticket(self):
        secret = self._create_ticket(name="Complaint about my boss", is_confidential=True)
        plain = self._create_ticket(name="No mail")
        tickets = (secret | plain).with_user(self.lead)
        self.assertEqual(tickets._create_master_ticket("").name, "No mail")
        with self.assertRefused(UserError, "Write a subject"):
            tickets[0]._create_master_ticket("")

    def test_wizard_adds_to_a_known_one_or_makes_a_new_one(self):
        tickets = self._create_ticket() | self._create_ticket(impact="3", urgency="3")
        wizard = self.env["service_desk.ticket.attach"].with_user(self.agent)
        wizard.create(
            {"ticket_ids": tickets.ids, "mode": "existing", "master_id": self.master.id}
        ).action_confirm()
        self.assertEqual(tickets.master_id, self.master)
        action = wizard.create(
            {"ticket_ids": tickets.ids, "mode": "new", "subject": "All tills are down"}
        ).action_confirm()
        master = self.env["service_desk.ticket"].browse(action["res_id"])
        self.assertEqual(tickets.master_id, master)
        self.assertRecordValues(
            master, [{"name": "All tills are down", "is_master": True, "impact": "3"}]
        )
        self.assertFalse(master.partner_id, "nobody asks: nobody is thanked")

    def test_wizard_wants_a_mass_incident(self):
        wizard = self.env["service_desk.ticket.attach"].create(
            {"ticket_ids": self._create_ticket().ids, "mode": "existing", "master_id": False}
        )
        with self.assertRefused(UserError, "Choose the mass incident first."):
            wizard.action_confirm()

    def test_no_chains_and_no_ordinary_tickets(self):
        ticket, member = self._create_ticket(), self._create_ticket(master_id=self.master.id)
        with self.assertRefused(ValidationError, "only be added to a ticket that is a mass"):
            ticket.master_id = member
        with self.assertRefused(UserError, "cannot become one itself"):
            member.action_make_master()
        with self.assertRefused(ValidationError, "only be added to a ticket that is a mass"):
            self.master.master_id = self.master

    def test_nobody_sets_the_mark_himself(self):
        ticket = self._create_ticket()
        with self.assertRefused(AccessError, "Nobody can set it"):
            ticket.with_user(self.agent).write({"is_master": True})

    def test_dropping_one_with_members_is_refused(self):
        self._create_ticket(master_id=self.master.id, team_id=self.team_private.id)
        with self.assertRefused(UserError, "Take them out of it first"):
            self.master.with_user(self.agent).action_drop_master()
        self.master.action_open_members()
        self.env["service_desk.ticket"].search(
            [("master_id", "=", self.master.id)]
        ).action_detach_from_master()
        self.master.with_user(self.agent).action_drop_master()
        self.assertFalse(self.master.is_master)

    def test_members_of_another_company_are_refused(self):
        with self.assertRefused(UserError, "company"):
            self.foreign.master_id = self.master

    def test_hidden_mass_incidents_are_not_joined(self):
        hidden = self._create_ticket(team_id=self.team_private.id)
        hidden.action_make_master()
        ticket = self._create_ticket()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            ticket.with_user(self.agent).write({"master_id": hidden.id})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.env["service_desk.ticket"].with_user(self.agent).create(
                {"name": "x", "team_id": self.team_it.id, "master_id": hidden.id}
            )

    def test_a_member_never_names_a_hidden_mass_incident(self):
        """An agent who reads the member must not read the subject of what he may not see."""
        hidden = self._create_ticket(team_id=self.team_private.id)
        hidden.action_make_master()
        with self.assertRefused(ValidationError, "tickets of that team only"):
            self._create_ticket(master_id=hidden.id)
        self._create_ticket(master_id=self.master.id)
        with self.assertRefused(ValidationError, "tickets of that team only"):
            self.master.team_id = self.team_private
        with self.assertRefused(ValidationError, "cannot be a mass incident"):
            self.master.is_confidential = True
        self._create_ticket(master_id=self.master.id, team_id=self.team_private.id)
        with self.assertRefused(ValidationError, "tickets of that team only"):
            self.team_it.is_private = True

    def test_hidden_members_are_not_counted(self):
        self._create_ticket(master_id=self.master.id)
        self._create_ticket(master_id=self.master.id, team_id=self.team_private.id)
        self._create_ticket(master_id=self.master.id, is_confidential=True)
        self.assertEqual(self.master.with_user(self.agent).member_count, 1)
        self.assertEqual(self.master.with_user(self.manager).member_count, 3)
        action = self.master.with_user(self.agent).action_open_members()
        found = self.env["service_desk.ticket"].with_user(self.agent).search(action["domain"])
        self.assertEqual(len(found), 1)

    def test_a_thousand_members_are_added_by_few_queries(self):
        tickets = self.env["service_desk.ticket"].create(
            [
                {"name": f"Till {i}", "team_id": self.team_it.id, "partner_id": False}
                for i in range(200)
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            tickets.with_user(self.agent).write({"master_id": self.master.id})
            self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self.master.with_user(self.agent).web_read(
                {"member_count": {}, "open_member_count": {}, "broadcast_note": {}, "name": {}}
            )
