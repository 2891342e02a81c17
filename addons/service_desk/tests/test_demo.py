"""The demo story is whole: people can sign in, and every kind of ticket is there."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.story = cls.env["service_desk.ticket"].browse(
            cls.env["ir.model.data"]
            .search([("module", "=", "service_desk"), ("model", "=", "service_desk.ticket")])
            .mapped("res_id")
        )

    def setUp(self):
        super().setUp()
        if not self.env.ref("service_desk.user_agent_demo", raise_if_not_found=False):
            self.skipTest("this database has no demo data")

    def test_people_sign_in_with_their_login(self):
        for name in ("agent", "agent2", "lead", "manager", "auditor", "portal", "owner"):
            user = self.env.ref(f"service_desk.user_{name}_demo")
            credential = {"login": user.login, "password": user.login, "type": "password"}
            found = self.env["res.users"].authenticate(credential, {"interactive": False})
            self.assertEqual(found["uid"], user.id)

    def test_every_state_and_channel_is_told(self):
        self.assertGreaterEqual(len(self.story), 40)
        self.assertEqual(
            set(self.story.mapped("state")),
            {"new", "open", "waiting", "solved", "closed", "cancelled"},
        )
        self.assertLessEqual(
            {"email", "portal", "phone", "event", "manual"}, set(self.story.mapped("channel"))
        )
        self.assertTrue(self.story.filtered("is_confidential"))
        self.assertTrue(self.story.filtered("has_unverified_mail"))
        self.assertTrue(self.story.filtered("next_update_at"))
        self.assertTrue(self.story.link_ids)

    def test_times_agree_with_states(self):
        for ticket in self.story:
            with self.subTest(ticket=ticket.display_name):
                self.assertLessEqual(ticket.create_date, self.env.cr.now())
                if ticket.state in ("solved", "closed"):
                    self.assertTrue(
                        ticket.solved_at
                        and ticket.close_reason_id
                        or not ticket.type_id.require_close_reason
                    )
                if ticket.state in ("closed", "cancelled"):
                    self.assertTrue(ticket.closed_at)
                if not ticket.is_open:
                    self.assertFalse(ticket.needs_reply)
                if ticket.state == "waiting":
                    self.assertTrue(
                        ticket.waiting_since and ticket.waiting_until and ticket.waiting_reason_id
                    )

    def test_nothing_was_sent(self):
        """Installing demo data writes to nobody."""
        self.assertFalse(
            self.env["mail.mail"].search(
                [("model", "=", "service_desk.ticket"), ("res_id", "in", self.story.ids)]
            )
        )
        self.assertFalse(
            self.env["service_desk.notice"].search([("ticket_id", "in", self.story.ids)])
        )

    def test_private_team_stays_private(self):
        team = self.env.ref("service_desk.team_security_demo")
        for name, sees in (
            ("agent", False),
            ("security", True),
            ("manager", True),
            ("auditor", True),
        ):
            user = self.env.ref(f"service_desk.user_{name}_demo")
            found = (
                self.env["service_desk.ticket"]
                .with_user(user)
                .search_count([("team_id", "=", team.id)])
            )
            self.assertEqual(bool(found), sees, name)
