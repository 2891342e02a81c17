import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import ServiceDeskCommon

#: What a template language would run; none of it may do anything but stand there, or be refused.
LIVE_TEXTS = (
    "{{7*7}}",
    "{{ object.env.user.password }}",
    "{% for x in y %}{% endfor %}",
    "${object.number}",
)
DEAD_TEXTS = ('<t t-out="7*7"/>', "%(ticket)s %s", "{0.__class__}", "$name", "#{7*7}")


@tagged("post_install", "-at_install")
class TestMacro(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls._create_ticket()
        cls.reason = cls.env["service_desk.close.reason"].search([], limit=1)

    def _macro(self, **vals):
        return self.env["service_desk.macro"].create(
            {"name": "A macro", "user_id": False, "message_kind": "none", **vals}
        )

    def _messages(self, ticket, **vals):
        return ticket.message_ids.filtered(lambda m: m.message_type == "comment")

    # ---------------------------------------------------------------- applying
    @users("sd_agent1")
    def test_answer_and_changes_in_one_step(self):
        tag = self.env["service_desk.tag"].create({"name": "printer"})
        macro = self._macro(
            message_kind="answer",
            user_id=self.env.uid,
            body="<p>Good day, {{requester.name}}: {{ticket.number}}</p>",
            assign="me",
            tag_ids=[(6, 0, tag.ids)],
            impact="2",
            urgency="3",
            next_step="A technician calls",
            next_update_hours=4,
        )
        ticket = self.ticket.with_user(self.env.user)
        ticket.action_apply_macro(macro.id)
        message = self._messages(ticket)
        self.assertEqual(len(message), 1)
        self.assertIn("Alla Customer", message.body)
        self.assertIn(ticket.number, message.body)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertRecordValues(
            ticket,
            [
                {
                    "user_id": self.env.uid,
                    "impact": "2",
                    "urgency": "3",
                    "next_step": "A technician calls",
                    "state": "open",
                    "tag_ids": tag.ids,
                }
            ],
        )
        self.assertTrue(ticket.next_update_at)

    @users("sd_agent1")
    def test_note_stays_internal_and_solves(self):
        macro = self._macro(
            user_id=self.env.uid,
            message_kind="note",
            body="<p>Restarted</p>",
            state="solved",
            resolution="<p>Restarted for {{requester.name}}</p>",
            close_reason_id=self.reason.id,
        )
        ticket = self.ticket.with_user(self.env.user)
        ticket.action_apply_macro(macro.id)
        self.assertEqual(self._messages(ticket).subtype_id, self.env.ref("mail.mt_note"))
        self.assertEqual(ticket.state, "solved")
        self.assertIn("Restarted for Alla Customer", ticket.resolution)

    @users("sd_agent1")
    def test_waiting_and_take_over(self):
        reason = self.env["service_desk.waiting.reason"].search([], limit=1)
        ticket = self.ticket.with_user(self.env.user)
        ticket.action_apply_macro(
            self._macro(user_id=self.env.uid, waiting_reason_id=reason.id, waiting_days=2).id
        )
        self.assertRecordValues(ticket, [{"state": "waiting", "waiting_reason_id": reason.id}])
        self.assertTrue(ticket.waiting_until)
        ticket.action_apply_macro(
            self._macro(user_id=self.env.uid, assign="nobody", state="open").id
        )
        self.assertRecordValues(ticket, [{"state": "open", "user_id": False}])

    @users("sd_agent1")
    def test_take_puts_new_ticket_in_work(self):
        ticket = self.ticket.with_user(self.env.user)
        ticket.action_apply_macro(self._macro(user_id=self.env.uid, assign="me").id)
        self.assertRecordValues(ticket, [{"state": "open", "user_id": self.env.uid}])

    @users("sd_agent1")
    def test_all_or_nothing(self):
        self.type_question.sudo().write({"require_close_reason": True})
        macro = self._macro(
            user_id=self.env.uid, message_kind="answer", body="<p>Done</p>", state="solved"
        )
        tickets = (self.ticket | self._create_ticket()).with_user(self.env.user)
        tickets[1].close_reason_id = self.reason
        with self.assertRaisesRegex(ValidationError, "close reason"), self.env.cr.savepoint():
            tickets.action_apply_macro(macro.id)
        tickets.invalidate_recordset()
        self.assertEqual(tickets.mapped("state"), ["new", "new"])
        self.assertFalse(self._messages(tickets[0]) | self._messages(tickets[1]))

    @users("sd_agent1")
    def test_many_tickets_cost_the_same_each(self):
        tickets = self.env["service_desk.ticket"].browse(
            [self._create_ticket(name=f"T {i}").id for i in range(10)]
        )
        macro = self._macro(user_id=self.env.uid, impact="3", assign="me")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        tickets.action_apply_macro(macro.id)
        self.env.flush_all()
        self.assertLess((self.env.cr.sql_log_count - before) / 10, 12)
        self.assertEqual(set(tickets.mapped("impact")), {"3"})

    # ---------------------------------------------------- with the composer
    @users("sd_agent1")
    def test_text_for_composer_changes_nothing(self):
        macro = self._macro(
            user_id=self.env.uid,
            message_kind="answer",
            body="<p>Hello {{reader.name}}</p>",
            state="waiting",
        )
        ticket = self.ticket.with_user(self.env.user)
        self.assertIn("Hello Alla Customer", ticket.get_macro_text(macro.id))
        self.assertEqual(ticket.state, "new")
        self.assertFalse(self._messages(ticket))

    @users("sd_agent1")
    def test_sent_text_brings_the_changes(self):
        macro = self._macro(
            user_id=self.env.uid, message_kind="answer", body="<p>Hello</p>", impact="3"
        )
        ticket = self.ticket.with_user(self.env.user)
        ticket.with_context(service_desk_macro_id=macro.id).message_post(
            body="Hello, edited", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(len(self._messages(ticket)), 1)
        self.assertIn("edited", self._messages(ticket).body)
        self.assertEqual(ticket.impact, "3")

    def test_stranger_cannot_apply_by_context(self):
        macro = self._macro(impact="3")
        ticket = self.ticket.with_user(self.portal_a).sudo()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            ticket.with_context(service_desk_macro_id=macro.id).message_post(
                body="x", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
        self.ticket.invalidate_recordset()
        self.assertEqual(self.ticket.impact, "1")

    # ---------------------------------------------------------- never executed
    def test_template_text_is_refused_or_stays_text(self):
        for text in LIVE_TEXTS:
            with self.subTest(text), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._macro(message_kind="answer", body=f"<p>{text}</p>")
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._macro(next_step="<% import os %>")
        for text in DEAD_TEXTS:
            with self.subTest(text):
                macro = self._macro(
                    message_kind="answer", body=f"<p>A {text} Z</p>", next_step=text
                )
                html = self.ticket.with_user(self.agent).get_macro_text(macro.id)
                self.assertNotIn("49", html)
                self.assertNotIn("class 'odoo", html)
                self.ticket.with_user(self.agent).action_apply_macro(macro.id)
                self.assertEqual(self.ticket.next_step, text)

    def test_value_of_placeholder_is_not_read_again(self):
        self.customer_a.name = "{{agent.name}} <b>x</b>"
        macro = self._macro(message_kind="answer", body="<p>Hello {{requester.name}}</p>")
        html = self.ticket.with_user(self.agent).get_macro_text(macro.id)
        self.assertIn("{{agent.name}} &lt;b&gt;x&lt;/b&gt;", html)

    # ------------------------------------------------------------------ rights
    def test_who_may_use(self):
        private = self._macro(user_id=self.agent2.id)
        of_private_team = self._macro(team_ids=[(6, 0, self.team_private.ids)])
        shared = self._macro()
        Macro = self.env["service_desk.macro"]
        self.assertEqual(
            Macro.with_user(self.agent).search(
                [("id", "in", (private | of_private_team | shared).ids)]
            ),
            shared,
        )
        self.assertFalse(Macro.with_user(self.portal_a).has_access("read"))
        self.assertFalse(Macro.with_user(self.employee).has_access("read"))
        with self.assertRaisesRegex(UserError, "does not exist"):
            self.ticket.with_user(self.agent).action_apply_macro(private.id)
        with self.assertRaises(AccessError):
            self.ticket.with_user(self.auditor).action_apply_macro(shared.id)

    def test_team_of_macro(self):
        other = self.env["service_desk.team"].create({"name": "Other"})
        macro = self._macro(team_ids=[(6, 0, other.ids)])
        with self.assertRaisesRegex(UserError, "is not for tickets of the team"):
            self.ticket.with_user(self.agent).action_apply_macro(macro.id)

    def test_agents_keep_their_own_leads_share(self):
        own = (
            self.env["service_desk.macro"]
            .with_user(self.agent)
            .create({"name": "Mine", "message_kind": "none"})
        )
        self.assertEqual(own.user_id, self.agent)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            own.user_id = False
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            own.user_id = self.agent2
        shared = self._macro()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            shared.with_user(self.agent).name = "Taken"
        shared.with_user(self.lead).name = "Better"
        self.assertFalse(own.with_user(self.lead).has_access("read"))
        own.with_user(self.manager).name = "Kept in order"

    @mute_logger("odoo.sql_db")
    def test_key_is_unique_per_visibility(self):
        self.env["service_desk.macro"].search([]).active = False  # those of a demo database
        self.env.flush_all()
        self._macro(hotkey="5")
        self._macro(hotkey="5", user_id=self.agent.id)
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self._macro(hotkey="5")
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self._macro(hotkey="5", user_id=self.agent.id)

    def test_own_macro_wins_the_key(self):
        self.env["service_desk.macro"].search([]).active = False
        self.env.flush_all()
        shared = self._macro(hotkey="6")
        own = self._macro(hotkey="6", user_id=self.agent.id)
        menu = {
            row["id"]: row
            for row in self.env["service_desk.macro"].with_user(self.agent).get_menu()
        }
        self.assertEqual(menu[own.id]["hotkey"], "6")
        self.assertFalse(menu[shared.id]["hotkey"])
        self.assertNotIn(
            own.id,
            [
                row["id"]
                for row in self.env["service_desk.macro"].with_user(self.manager).get_menu()
            ],
        )

    # ------------------------------------------------------------- clear words
    def test_incomplete_macros_are_refused(self):
        for vals in ({"message_kind": "answer"}, {"assign": "person"}):
            with self.subTest(vals), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self._macro(**vals)

    @users("sd_manager1")
    def test_managers_share_canned_responses(self):
        canned = self.env["mail.canned.response"].create(
            {
                "source": "hello",
                "substitution": "Good day!",
                "group_ids": [(6, 0, self.env.ref("service_desk.service_desk_group_agent").ids)],
            }
        )
        self.assertEqual(canned.with_user(self.agent).substitution, "Good day!")
        other = (
            self.env["mail.canned.response"]
            .with_user(self.agent)
            .create(
                {
                    "source": "bye",
                    "substitution": "Good bye!",
                    "group_ids": [
                        (6, 0, self.env.ref("service_desk.service_desk_group_agent").ids)
                    ],
                }
            )
        )
        other.with_user(self.env.user).substitution = "Farewell!"
        self.assertEqual(other.substitution, "Farewell!")
