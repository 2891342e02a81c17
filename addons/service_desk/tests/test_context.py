from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged, users, warmup

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestContext(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.announcement"].search([]).action_withdraw()  # of the demo
        cls.colleague = cls.env["res.partner"].create(
            {"name": "Carl Colleague", "parent_id": cls.firm_a.id}
        )
        cls.customer_a.write(
            {"phone": "+7 912 345", "function": "Cashier", "tz": "Asia/Yekaterinburg"}
        )
        cls.ticket = cls._create_ticket(participant_ids=[(6, 0, cls.colleague.ids)])

    def _panel(self, ticket=None, user=None):
        panel = (ticket or self.ticket).with_user(user or self.agent).get_requester_panel()
        return panel, {section["key"]: section for section in panel["sections"]}

    def test_who_he_is(self):
        panel, sections = self._panel()
        person = panel["person"]
        self.assertEqual(
            (person["name"], person["function"], person["phone"], person["tz"]),
            ("Alla Customer", "Cashier", "+7 912 345", "Asia/Yekaterinburg"),
        )
        self.assertEqual(person["company"]["name"], "Firm A")
        self.assertEqual(
            [row["text"] for row in sections["participants"]["rows"]], ["Carl Colleague"]
        )

    def test_what_he_asked_before(self):
        mine = self._create_ticket(name="Before")
        done = self._create_ticket(name="Done", state="solved")
        theirs = self._create_ticket(name="Of a colleague", partner_id=self.colleague.id)
        self._create_ticket(name="Of another firm", partner_id=self.customer_b.id)
        _panel, sections = self._panel()
        self.assertEqual(
            [row["record"]["id"] for row in sections["person"]["rows"]], [mine.id, done.id]
        )
        self.assertEqual(sections["person"]["count"], 1)
        self.assertEqual([row["record"]["id"] for row in sections["company"]["rows"]], [theirs.id])
        self.assertEqual(sections["person"]["rows"][1]["badge"]["kind"], "solved")

    def test_what_the_agent_may_not_see(self):
        self._create_ticket(name="Secret", team_id=self.team_private.id)
        self._create_ticket(name="Confidential", is_confidential=True)
        _panel, sections = self._panel()
        self.assertEqual(sections["person"]["rows"], [])
        _panel, sections = self._panel(user=self.manager)
        self.assertEqual(
            {row["text"] for row in sections["person"]["rows"]}, {"Secret", "Confidential"}
        )

    def test_what_was_promised(self):
        self.ticket.write(
            {"next_step": "Call back", "next_update_at": fields.Datetime.now() - timedelta(hours=1)}
        )
        _panel, sections = self._panel()
        texts = [row.get("text") for row in sections["promise"]["rows"]]
        self.assertEqual(texts, ["Call back", None])
        self.assertTrue(sections["promise"]["rows"][1]["is_late"])

    def test_record_it_came_from(self):
        ticket = self._create_ticket(
            origin_model="res.partner", origin_id=self.firm_a.id, origin_name="Firm A"
        )
        _panel, sections = self._panel(ticket)
        self.assertEqual(
            sections["origin"]["rows"][0]["record"], {"model": "res.partner", "id": self.firm_a.id}
        )
        rule = self.env.ref("base.ir_config_parameter_default", raise_if_not_found=False)
        parameter = rule or self.env["ir.config_parameter"].sudo().search([], limit=1)
        hidden = self._create_ticket(
            origin_model="ir.config_parameter", origin_id=parameter.id, origin_name="A parameter"
        )
        _panel, sections = self._panel(hidden)
        self.assertFalse(sections["origin"]["rows"][0]["record"])
        gone = self._create_ticket(origin_model="res.partner", origin_id=2**30, origin_name="Gone")
        _panel, sections = self._panel(gone)
        self.assertFalse(sections["origin"]["rows"][0]["record"])

    def test_unknown_sender(self):
        ticket = self._create_ticket(
            partner_id=False, email_from="new@firm-c.example.org", partner_name="New"
        )
        panel, sections = self._panel(ticket)
        self.assertFalse(panel["person"]["id"])
        self.assertEqual(panel["person"]["email"], "new@firm-c.example.org")
        self.assertNotIn("person", sections)

    def test_strangers_get_nothing(self):
        for user in (self.portal_a, self.employee):
            for method in ("get_requester_panel", "get_preview"):
                with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                    getattr(self.ticket.with_user(user), method)()

    @users("sd_agent1")
    @warmup
    def test_panel_costs_the_same_for_any_history(self):
        for number in range(12):
            self._create_ticket(name=f"Before {number}")
            self._create_ticket(name=f"Colleague {number}", partner_id=self.colleague.id)
        ticket = self.ticket.with_user(self.env.user)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(17):
            ticket.get_requester_panel()

    # -------------------------------------------------------------- the preview
    def test_preview(self):
        self.ticket.description = "<p>It <b>burns</b></p>"
        post = self.ticket.with_user(self.agent).message_post
        post(body="Public", message_type="comment", subtype_xmlid="mail.mt_comment")
        post(body="Internal", message_type="comment", subtype_xmlid="mail.mt_note")
        preview = self.ticket.with_user(self.auditor).get_preview()
        self.assertIn("<b>burns</b>", preview["description"])
        self.assertEqual([m["is_note"] for m in preview["messages"]], [True, False])
        self.assertEqual(preview["messages"][0]["author"], "Anna Agent")

    @users("sd_agent1")
    @warmup
    def test_preview_is_cheap(self):
        for number in range(15):
            self.ticket.message_post(
                body=f"Message {number}", message_type="comment", subtype_xmlid="mail.mt_note"
            )
        ticket = self.ticket.with_user(self.env.user)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(16):
            preview = ticket.get_preview()
        self.assertEqual(len(preview["messages"]), 10)
