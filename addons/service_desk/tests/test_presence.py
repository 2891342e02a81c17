import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, users, warmup

from odoo.addons.bus.models import ir_websocket

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestPresence(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._create_ticket()
        cls.secret = cls._create_ticket(team_id=cls.team_private.id)
        cls.confidential = cls._create_ticket(is_confidential=True, user_id=cls.agent2.id)

    def _channels(self, user, *asked):
        """Return the tickets among the channels that the websocket of ``user`` would get."""

        class Request:
            session = type("Session", (), {"uid": user.id})()
            cookies = {}

        with (
            patch.object(ir_websocket, "wsrequest", Request()),
            patch.object(ir_websocket, "request", None),
        ):
            channels = self.env["ir.websocket"].with_user(user)._build_bus_channel_list(list(asked))
        self.assertFalse(
            [c for c in channels if isinstance(c, str) and c.startswith("service_desk")]
        )
        return {
            c[0].id
            for c in channels
            if isinstance(c, tuple) and c[0]._name == "service_desk.ticket"
        } | {
            c.id
            for c in channels
            if not isinstance(c, tuple | str) and c._name == "service_desk.ticket"
        }

    def _ask(self, user):
        tickets = self.ticket | self.secret | self.confidential
        return self._channels(user, *(f"service_desk.ticket_{ticket.id}" for ticket in tickets))

    def _sent(self):
        self.env.cr.precommit.run()
        rows = (
            self.env["bus.bus"].sudo().search([("message", "like", "service_desk.ticket/presence")])
        )
        return [(json.loads(row.channel), json.loads(row.message)["payload"]) for row in rows]

    # -------------------------------------------------------------- who listens
    def test_only_readers_listen(self):
        self.assertEqual(self._ask(self.agent), {self.ticket.id})
        self.assertEqual(
            self._ask(self.agent2), {self.ticket.id, self.secret.id, self.confidential.id}
        )
        self.assertEqual(self._ask(self.lead), {self.ticket.id, self.confidential.id})
        for stranger in (
            self.portal_a,
            self.portal_b,
            self.employee,
            self.env.ref("base.public_user"),
        ):
            with self.subTest(stranger.login):
                self.assertEqual(self._ask(stranger), set())

    def test_strange_channel_names_give_nothing(self):
        for name in ("service_desk.ticket_", "service_desk.ticket_x", "service_desk.ticket_-1", 5):
            with self.subTest(name):
                self.assertFalse(self.env["ir.websocket"]._match_ticket_channel(name))
        self.assertEqual(self._channels(self.agent, "service_desk.ticket_999999999"), set())

    # ---------------------------------------------------------------- who speaks
    @users("sd_agent1")
    def test_announce_reaches_the_ticket_only(self):
        self.ticket.with_user(self.env.user).announce_presence("type")
        [(channel, payload)] = self._sent()
        self.assertEqual(channel[1:], ["service_desk.ticket", self.ticket.id, "presence"])
        self.assertEqual(
            payload,
            {
                "ticket_id": self.ticket.id,
                "user_id": self.env.uid,
                "name": "Anna Agent",
                "kind": "type",
            },
        )

    def test_announce_needs_reading(self):
        for user, ticket in (
            (self.portal_a, self.ticket),
            (self.employee, self.ticket),
            (self.agent, self.secret),
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                ticket.with_user(user).announce_presence("view")
        self.assertEqual(self._sent(), [])

    @users("sd_agent1")
    def test_unknown_kind_is_refused(self):
        with self.assertRaises(ValidationError):
            self.ticket.with_user(self.env.user).announce_presence("shout")

    @users("sd_agent1")
    @warmup
    def test_announce_is_cheap(self):
        ticket = self.ticket.with_user(self.env.user)
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            ticket.announce_presence("view")

    def test_nothing_is_stored(self):
        tables = {
            name for name in self.env if name.startswith("service_desk.") and "presence" in name
        }
        self.assertEqual(tables, set())

    # ------------------------------------------------------ two who answer twice
    def _post(self, user, **kwargs):
        vals = {
            "body": "Text",
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
            **kwargs,
        }
        return self.ticket.with_user(user).message_post(**vals)

    @users("sd_agent1")
    def test_newer_answers_of_others(self):
        ticket = self.ticket.with_user(self.env.user)
        seen = self._post(self.agent2, body="Seen")
        self._post(self.agent, body="Mine")
        self._post(self.agent2, body="A note", subtype_xmlid="mail.mt_note")
        self.assertEqual(ticket.get_newer_messages(seen.id), [])
        answer = self._post(self.agent2, body="I have answered")
        [newer] = ticket.get_newer_messages(seen.id)
        self.assertEqual(
            {name: newer[name] for name in ("id", "author", "text", "by_agent")},
            {"id": answer.id, "author": "Boris Agent", "text": "I have answered", "by_agent": True},
        )
        self.assertLessEqual(newer["date"], fields.Datetime.now() + timedelta(seconds=1))

    @users("sd_agent1")
    def test_newer_words_of_the_requester(self):
        self.ticket.sudo().message_post(
            author_id=self.customer_a.id,
            body="Never mind",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        [newer] = self.ticket.with_user(self.env.user).get_newer_messages(0)
        self.assertFalse(newer["by_agent"])

    def test_newer_messages_need_reading(self):
        with self.assertRaises(AccessError):
            self.secret.with_user(self.agent).get_newer_messages(0)
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.portal_a).get_newer_messages(0)
