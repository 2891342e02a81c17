from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from odoo.addons.service_desk.models.service_desk_presence import ServiceDeskTicket

from .common import ServiceDeskCommon


class AgentScreenCase(ServiceDeskCommon, HttpCase):
    """Two tickets and two macros for the agent's screens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.macro"].search([]).active = False  # those of a demo database
        cls.env["service_desk.ticket"].search([]).active = False
        cls.env.flush_all()
        cls.second = cls._create_ticket(name="Second by key", priority="2", user_id=cls.agent.id)
        cls.first = cls._create_ticket(
            name="First by key", priority="3", user_id=cls.agent.id, description="<p>It burns</p>"
        )
        reason = cls.env["service_desk.waiting.reason"].search([], limit=1)
        tag = cls.env["service_desk.tag"].create({"name": "by macro"})
        cls.env["service_desk.macro"].create(
            [
                {
                    "name": "Tag it",
                    "user_id": False,
                    "hotkey": "7",
                    "message_kind": "none",
                    "tag_ids": [(6, 0, tag.ids)],
                },
                {
                    "name": "Ask for details",
                    "user_id": False,
                    "hotkey": "8",
                    "message_kind": "answer",
                    "body": "<p>Good day, {{requester.name}}!</p>",
                    "waiting_reason_id": reason.id,
                },
            ]
        )


@tagged("post_install", "-at_install")
class TestUiAgent(AgentScreenCase):
    """The agent's way through his screens, in a browser."""

    def _worked_by_keyboard(self):
        self.assertEqual(self.first.state, "solved")
        self.assertIn("Toner replaced", self.first.resolution)
        public, internal = self.env.ref("mail.mt_comment"), self.env.ref("mail.mt_note")
        kinds = {
            message.preview: message.subtype_id
            for message in self.first.message_ids
            if message.message_type == "comment"
        }
        self.assertEqual(kinds.get("An answer by key"), public)
        self.assertEqual(kinds.get("A note by key"), internal)

    def test_keyboard_alone(self):
        self.start_tour("/odoo/service-desk", "service_desk_agent_keyboard", login="sd_agent1")
        self._worked_by_keyboard()

    def test_keyboard_with_russian_layout(self):
        self.start_tour("/odoo/service-desk", "service_desk_agent_keyboard_ru", login="sd_agent1")
        self._worked_by_keyboard()

    def test_preview_macro_and_undo(self):
        self.start_tour("/odoo/service-desk", "service_desk_agent_screen", login="sd_agent1")
        self.assertFalse(self.first.message_ids.filtered(lambda m: "Good day" in (m.body or "")))

    def test_two_people_do_not_answer_twice(self):
        ask = ServiceDeskTicket.get_newer_messages

        def other_is_faster(ticket, last_id):
            if not ticket.sudo().last_agent_message_at:
                ticket.with_user(self.agent2).message_post(
                    body="Boris was faster", message_type="comment", subtype_xmlid="mail.mt_comment"
                )
            return ask(ticket, last_id)

        other_is_faster._api_private = False
        with patch.object(ServiceDeskTicket, "get_newer_messages", other_is_faster):
            self.start_tour(
                f"/odoo/service-desk/{self.first.id}",
                "service_desk_answer_twice",
                login="sd_agent1",
            )


@tagged("post_install", "-at_install")
class TestUiPhone(AgentScreenCase):
    """The same screens at 390 px."""

    browser_size = "390x844"
    touch_enabled = True

    def test_phone(self):
        self.start_tour("/odoo/service-desk", "service_desk_agent_phone", login="sd_agent1")
        self.assertTrue(
            self.first.message_ids.filtered(lambda m: "From the phone" in (m.body or ""))
        )
