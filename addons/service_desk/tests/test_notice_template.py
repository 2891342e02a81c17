from markupsafe import Markup

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common_mail import ServiceDeskMailCommon


@tagged("post_install", "-at_install")
class TestNoticeTemplate(ServiceDeskMailCommon):
    """Texts are data: a fixed list of placeholders, escaped values, no code of any kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env["service_desk.notice.template"].search([("key", "=", "opened")])
        cls.renderer = cls.env["service_desk.placeholder"]

    def test_manager_edits_agent_does_not(self):
        self.template.with_user(
            self.manager
        ).body = "<p>Hello {{ reader.name }}, {{ticket.number}} is here.</p>"
        ticket = self._create_ticket(partner_id=self.requester.id)
        self._run_notices()
        self.assertIn(
            f"Hello Rita Requester, {ticket.number} is here.",
            self._text(self._new_mails(self.requester)),
        )
        with self.assertRaises(AccessError):
            self.template.with_user(self.agent).body = "<p>x</p>"

    def test_unknown_placeholders_and_code_are_refused_clearly(self):
        for text in (
            "{{object.env}}",
            "{{ticket.user_id.password}}",
            "{{ 7*7 }}",
            "{% for x in y %}",
            "<%= 1 %>",
            "${object}",
        ):
            with (
                self.subTest(text=text),
                self.assertRaisesRegex(ValidationError, r"You can use: .*\{\{ticket.number\}\}"),
            ):
                self.template.with_user(self.manager).subject = text

    def test_translation_is_checked_too(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        with self.assertRaises(ValidationError):
            self.template.with_user(self.manager).update_field_translations(
                "subject", {"ru_RU": "{{object.env}}"}
            )

    def test_no_template_language_runs(self):
        ticket = self._create_silent_ticket(name="{{requester.name}} ${7*7} {{7*7}}")
        html = Markup("<p t-out='7*7'>{{ticket.subject}} {{ 7*7 }} ${7*7} {% if 1 %}</p>")
        result = self.renderer._render(html, ticket, self.requester)
        self.assertNotIn("49", result)
        self.assertIn(
            "{{requester.name}} ${7*7} {{7*7}}", result, "a value was read for placeholders again"
        )
        self.template.with_user(self.manager).body = "<p t-out='7*7'><script>alert(1)</script>x</p>"
        self.assertNotIn("t-out", self.template.body)
        self.assertNotIn("script", self.template.body)

    def test_values_are_escaped_and_inject_no_header(self):
        ticket = self._create_silent_ticket(next_step="a <script>x</script>\nb")
        html = self.renderer._render(Markup("<p>{{ticket.next_step}}</p>"), ticket, self.requester)
        self.assertEqual(html, "<p>a &lt;script&gt;x&lt;/script&gt;<br/>b</p>")
        self.requester.name = "Rita\r\nBcc: victim@example.net"
        subject = self.renderer._render(
            "{{requester.name}}\nX: y", ticket, self.requester, html=False
        )
        self.assertEqual(subject, "Rita Bcc: victim@example.net X: y")

    def test_moments_are_of_the_readers_clock(self):
        self.requester.tz = "Asia/Omsk"
        ticket = self._create_ticket(
            partner_id=self.requester.id, next_update_at="2026-03-02 10:30:00"
        )
        text = self.renderer._render("{{ticket.next_update}}", ticket, self.requester, html=False)
        self.assertIn("4:30", text)

    def test_every_placeholder_renders_on_an_empty_ticket(self):
        ticket = self._create_silent_ticket(partner_id=False)
        for name in self.renderer._placeholders():
            with self.subTest(name=name):
                text = "{{" + name + "}}"
                self.assertNotIn("{{", self.renderer._render(text, ticket, self.env["res.partner"]))
                self.assertNotIn(
                    "False", self.renderer._render(text, ticket, self.requester, html=False)
                )

    def test_archived_text_is_not_sent(self):
        self.template.with_user(self.manager).active = False
        self._create_ticket(partner_id=self.requester.id)
        self._run_notices()
        self.assertFalse(self._new_mails(self.requester))
