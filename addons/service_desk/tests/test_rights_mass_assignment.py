"""What a person must not set is refused or ignored, whatever call carries it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .rights_common import RightsCommon


@tagged("post_install", "-at_install")
class TestRightsMassAssignment(RightsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls._create_ticket(user_id=cls.agent.id)
        moment = "2020-01-01 00:00:00"
        cls.marks = {
            "number": "INC-999999",
            "channel": "email",
            "source_ref": "forged",
            "company_id": cls.company_b.id,
            "commercial_partner_id": cls.firm_b.id,
            "is_open": False,
            "needs_reply": True,
            "needs_reply_since": moment,
            "reopen_count": 9,
            "has_unverified_mail": True,
            "first_response_at": moment,
            "assigned_at": moment,
            "solved_at": moment,
            "closed_at": moment,
            "waiting_since": moment,
            "date_last_stage_update": moment,
            "last_requester_message_at": moment,
            "last_agent_message_at": moment,
            "orphan_since": moment,
            "origin_model": "res.users",
            "origin_id": 1,
            "origin_name": "forged",
        }

    def test_every_mark_is_in_the_list(self):
        """A new read-only field is either tried here, or known to be made of others."""
        tried = set(self.marks)
        for name in self.mine._protected_fields() - tried:
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.mine.with_user(self.manager).write({name: False})

    def test_marks_are_refused(self):
        mine = self.mine.with_user(self.manager)
        for name, value in self.marks.items():
            for call in (
                lambda n=name, v=value: mine.write({n: v}),
                lambda n=name, v=value: mine.web_save({n: v}, {}),
                lambda n=name, v=value: mine.create(
                    {"name": "x", "team_id": self.team_it.id, n: v}
                ),
                lambda n=name, v=value: mine.copy({n: v}),
            ):
                with self.subTest(field=name), self.assertRaises(AccessError):
                    call()

    def test_copies_start_afresh(self):
        self.mine._set_marks(
            first_response_at="2026-01-01 00:00:00", reopen_count=3, channel="email"
        )
        copied = self.mine.with_user(self.agent).copy()
        self.assertRecordValues(
            copied,
            [
                {
                    "first_response_at": False,
                    "reopen_count": 0,
                    "channel": "manual",
                    "state": "new",
                    "user_id": False,
                }
            ],
        )
        self.assertNotEqual(copied.number, self.mine.number)

    def test_author_and_dates_of_the_record_are_the_servers(self):
        ticket = self.mine.create({"name": "x", "team_id": self.team_it.id}).with_user(self.agent)
        ticket.write(
            {"create_uid": self.manager.id, "create_date": "2020-01-01 00:00:00", "next_step": "y"}
        )
        self.assertNotEqual(ticket.create_uid, self.manager)
        self.assertNotEqual(ticket.create_date.year, 2020)

    def test_defaults_of_the_context_set_nothing_protected(self):
        for name, value in self.marks.items():
            tickets = (
                self.mine.browse().with_user(self.agent).with_context(**{f"default_{name}": value})
            )
            with self.subTest(field=name):
                try:
                    with self.env.cr.savepoint():
                        ticket = tickets.create({"name": "x", "team_id": self.team_it.id})
                except AccessError:
                    continue
                stored = (
                    ticket[name].id if self.mine._fields[name].type == "many2one" else ticket[name]
                )
                self.assertNotEqual(str(stored), str(value))

    def test_strangers_assign_nothing(self):
        for user in self.strangers:
            mine = self.mine.with_user(user)
            for call in (
                lambda t=mine: t.create({"name": "x", "team_id": self.team_it.id}),
                lambda t=mine: t.write({"partner_id": t.env.user.partner_id.id}),
                lambda t=mine: t.web_save({"participant_ids": [[4, t.env.user.partner_id.id]]}, {}),
                lambda t=mine: t.browse().web_save({"name": "x"}, {}),
                lambda t=mine: t.onchange({"name": "x"}, ["name"], {"name": {}, "team_id": {}}),
                lambda t=mine: t.copy(),
                lambda t=mine: t.name_create("x"),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call()
            if (
                user != self.owner
            ):  # who reads teams and types anyway, and learns nothing else by that
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    mine.default_get(["team_id", "type_id"])
            with self.subTest(user=user.login):
                self.assertFalse(mine.load(["name"], [["x"]])["ids"])

    def test_nobody_speaks_as_another(self):
        ticket = self.mine.with_user(self.agent)
        for forged in (
            {"author_id": self.customer_a.id},
            {"author_id": self.manager.partner_id.id},
            {"email_from": "boss@desk.example.com"},
            {"create_uid": self.manager.id},
        ):
            with self.subTest(forged=forged):
                try:
                    with self.env.cr.savepoint():
                        message = ticket.message_post(body="x", **forged)
                except (AccessError, ValueError):
                    continue
                self.assertEqual(message.author_id, self.agent.partner_id)
                self.assertEqual(message.create_uid, self.agent)

    def test_foreign_attachments_are_not_taken(self):
        secret = self.env["ir.attachment"].create(
            {
                "name": "secret",
                "raw": b"s",
                "res_model": "service_desk.ticket",
                "res_id": self.private.id,
            }
        )
        ticket = self.mine.with_user(self.agent)
        try:
            with self.env.cr.savepoint():
                message = ticket.message_post(body="x", attachment_ids=secret.ids)
        except AccessError:
            return
        self.assertNotIn(secret, message.attachment_ids)
        self.assertEqual(secret.res_id, self.private.id)

    def test_lead_cannot_raise_himself(self):
        manager_group = self.env.ref("service_desk.service_desk_group_manager")
        for user in (self.agent, self.lead, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                user.with_user(user).write(
                    {"group_ids": [(4, self.env.ref("base.group_system").id)]}
                )
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                manager_group.with_user(user).write({"user_ids": [(4, user.id)]})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["ir.actions.server"].with_user(user).create(
                    {
                        "name": "x",
                        "model_id": self.env["ir.model"]._get_id("res.users"),
                        "state": "code",
                    }
                )
        with self.assertRaises(AccessError):
            self.team_private.with_user(self.lead).write({"lead_ids": [(4, self.lead.id)]})
