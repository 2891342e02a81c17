from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import AutomationCommon


@tagged("post_install", "-at_install")
class TestPreset(AutomationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.presets = cls.env["service_desk.automation.preset"].with_user(cls.manager)
        cls.now = fields.Datetime.now()

    def _on(self, name):
        preset = self.env.ref(f"service_desk_automation.preset_{name}").with_user(self.manager)
        if not preset.is_on:
            preset.action_switch()
        return preset

    def _later(self, **delta):
        """Let the scheduler run so much later."""
        self.env.flush_all()
        with freeze_time(self.now + timedelta(**delta)), self.enter_registry_test_mode():
            self.env.ref(
                "base_automation.ir_cron_data_base_automation_check"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def _warnings(self, ticket):
        return {(activity.user_id, activity.summary) for activity in ticket.activity_ids}

    # ------------------------------------------------------------------ switch
    def test_a_manager_switches_and_sets_the_delay(self):
        preset = self.env.ref("service_desk_automation.preset_unassigned").with_user(self.manager)
        self.assertFalse(preset.is_on, "nothing runs before somebody wants it")
        preset.write({"is_on": True, "delay": 30, "delay_unit": "minutes"})
        rule = preset.sudo().automation_id
        self.assertTrue(rule.active)
        self.assertEqual((rule.trg_date_range, rule.trg_date_range_type), (30, "minutes"))
        preset.action_switch()
        self.assertFalse(rule.active)
        with self.assertRefused(ValidationError, "needs a delay"):
            preset.delay = -1

    def test_the_delay_in_words(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        preset = self.env.ref("service_desk_automation.preset_unassigned").with_user(self.manager)
        words = {}
        for delay in (1, 4, 5):
            preset.write({"delay": delay, "delay_unit": "hour"})
            words[delay] = preset.with_context(lang="ru_RU").delay_text
        self.assertEqual(words, {1: "1 час", 4: "4 часа", 5: "5 часов"})

    def test_nobody_else_switches(self):
        preset = self.env.ref("service_desk_automation.preset_critical")
        for user in (self.agent, self.lead, self.auditor, self.employee, self.portal_a):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                preset.with_user(user).action_switch()
        with self.assertRaises(AccessError):
            preset.with_user(self.manager).automation_id = False
        with self.assertRaises(AccessError):
            self.env["base.automation"].with_user(self.manager).create({"name": "x"})

    def test_switching_on_does_not_wake_the_past(self):
        ticket = self._create_ticket(user_id=False)
        self.env.cr.execute(
            "UPDATE service_desk_ticket SET create_date = %s WHERE id = %s",
            [self.now - timedelta(days=400), ticket.id],
        )
        ticket.invalidate_recordset()
        self._on("unassigned")
        self._later(minutes=1)
        self.assertFalse(ticket.activity_ids)

    def test_stops_are_shown_to_the_manager(self):
        preset = self.env.ref("service_desk_automation.preset_critical").with_user(self.manager)
        self.assertEqual(preset.stop_count, 0)
        ticket = self._create_ticket()
        ticket._stop_automation(preset.sudo().automation_id, 5)
        preset.invalidate_recordset(["stop_count"])
        self.assertEqual(preset.stop_count, 1)
        stops = self.env["service_desk.automation.stop"].with_user(self.manager)
        [row] = stops.search(preset.action_open_stops()["domain"]).read(["rule_name", "ticket_id"])
        self.assertEqual(row["rule_name"], "Bring critical tickets before a lead")
        self.assertEqual(row["ticket_id"][0], ticket.id)

    # ---------------------------------------------------------------- each rule
    def test_unassigned(self):
        self._on("unassigned")
        ticket, taken = self._create_ticket(), self._create_ticket(user_id=self.agent.id)
        self._later(minutes=50)
        self.assertFalse(ticket.activity_ids)
        self._later(minutes=70)
        self.assertEqual(self._warnings(ticket), {(self.lead, "Nobody has taken this ticket")})
        self.assertFalse(taken.activity_ids)

    def test_reply_overdue(self):
        self._on("reply_overdue")
        ticket = self._create_ticket(channel="email", user_id=self.agent.id)
        self.assertTrue(ticket.needs_reply)
        self._later(hours=5)
        self.assertEqual(
            self._warnings(ticket),
            {(self.agent, "The requester waits too long for an answer")},
        )

    def test_promise_due(self):
        self._on("promise_due")
        ticket = self._create_ticket(
            user_id=self.agent.id, next_update_at=self.now + timedelta(hours=3)
        )
        self._later(hours=1)
        self.assertFalse(ticket.activity_ids)
        self._later(hours=2, minutes=5)
        self.assertEqual(self._warnings(ticket), {(self.agent, "The promised update is due soon")})

    def test_stale(self):
        self._on("stale")
        ticket = self._create_ticket(user_id=self.agent.id)
        self._later(days=8)
        self.assertEqual(
            self._warnings(ticket), {(self.agent, "The ticket has not moved for long")}
        )

    def test_critical_in_the_language_of_the_lead(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self._on("critical")
        ticket = self._create_ticket()
        ticket.with_user(self.agent).priority = "3"
        self.assertEqual(self._warnings(ticket), {(self.lead, "Critical ticket")})
        ticket.with_user(self.agent).priority = "2"
        ticket.with_user(self.agent).priority = "3"
        self.assertEqual(len(ticket.activity_ids), 1, "one warning stands, not one for each change")

    def test_reopened(self):
        self._on("reopened")
        ticket = self._create_ticket()
        ticket._write_state({"state": "solved"})
        self.assertFalse(ticket.activity_ids)
        ticket.with_user(self.agent).action_reopen()
        self.assertEqual(self._warnings(ticket), {(self.lead, "The ticket was re-opened")})

    def test_remind_and_solve_who_does_not_answer(self):
        self._on("remind_requester")
        self._on("solve_unanswered")
        ticket = self._create_ticket(user_id=self.agent.id)
        reason = self.env.ref("service_desk.waiting_reason_requester")
        ticket.write(
            {
                "state": "waiting",
                "waiting_reason_id": reason.id,
                "waiting_until": self.now + timedelta(days=60),
            }
        )
        self._later(days=4)
        reminder = ticket.message_ids.filtered(lambda m: "still need your answer" in m.body)
        self.assertEqual(len(reminder), 1)
        self.assertIn(self.customer_a, reminder.notified_partner_ids)
        self.assertEqual(ticket.state, "waiting", "a reminder is no answer")
        self._later(days=5)
        self.assertEqual(
            len(ticket.message_ids.filtered(lambda m: "still need your answer" in m.body)), 1
        )
        self._later(days=15)
        self.assertEqual(ticket.state, "solved")
        self.assertEqual(ticket.close_reason_id, self.env.ref("service_desk.close_reason_no_reply"))
