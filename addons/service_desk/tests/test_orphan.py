from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestOrphan(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.settings"].search([]).unlink()
        cls.env["service_desk.settings"].create({"orphan_hours": 8})
        cls.start = fields.Datetime.now()
        cls.nobody = cls._create_ticket(name="nobody has it")
        cls.idle = cls._create_ticket(name="nothing is planned", user_id=cls.agent.id)
        cls.promised = cls._create_ticket(
            name="promised", user_id=cls.agent.id, next_update_at=cls.start + timedelta(days=9)
        )
        cls.planned = cls._create_ticket(name="planned", user_id=cls.agent.id)
        cls.planned.activity_schedule("mail.mail_activity_data_todo", user_id=cls.agent.id)
        cls.waiting = cls._create_ticket(name="waiting", user_id=cls.agent.id)
        cls.waiting.write({"state": "waiting", "waiting_until": cls.start + timedelta(days=9)})
        cls.tickets = cls.nobody | cls.idle | cls.promised | cls.planned | cls.waiting

    def _watch(self, hours):
        with freeze_time(self.start + timedelta(hours=hours)), self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_watch_orphans").method_direct_trigger()
        self.env.invalidate_all()

    def _orphans(self, hours, user=None):
        tickets = self.env["service_desk.ticket"].with_user(user or self.manager)
        with freeze_time(self.start + timedelta(hours=hours)):
            return tickets.search(
                [("is_orphan", "=", True), ("id", "in", self.tickets.ids)]
            ).with_user(self.env.user)

    def _warnings(self):
        return self.env["mail.activity"].search(
            [
                (
                    "activity_type_id",
                    "=",
                    self.env.ref("service_desk.mail_activity_type_orphan").id,
                ),
                ("res_id", "in", self.tickets.ids),
            ]
        )

    def test_leads_get_one_activity_while_it_stands(self):
        self._watch(0)
        self.assertFalse(self._orphans(1))
        self.assertFalse(self._warnings())
        for hours in (9, 10, 11):
            self._watch(hours)
            self.assertEqual(self._orphans(hours), self.nobody | self.idle)
            self.assertEqual(
                sorted(self._warnings().mapped("res_id")), sorted((self.nobody | self.idle).ids)
            )
        self.assertEqual(self._warnings().user_id, self.lead)
        self.assertNotIn(
            self.lead.partner_id, self.nobody.message_partner_ids, "warned, not subscribed"
        )

    def test_warning_goes_when_somebody_cares(self):
        self._watch(0)
        self._watch(9)
        self.nobody.write(
            {"user_id": self.agent.id, "next_update_at": self.start + timedelta(days=2)}
        )
        self.assertFalse(self._orphans(9) & self.nobody, "at once, not at the next watch")
        self._watch(10)
        self.assertEqual(self._warnings().mapped("res_id"), self.idle.ids)
        self.assertFalse(self.nobody.orphan_since)

    def test_ticked_off_warning_is_not_repeated_at_once(self):
        self._watch(0)
        self._watch(9)
        with freeze_time(self.start + timedelta(hours=9)):
            self._warnings().action_feedback(feedback="seen")
        self._watch(10)
        self.assertFalse(self._warnings())
        self.assertEqual(self._orphans(10), self.nobody | self.idle)

    def test_managers_are_told_where_a_team_has_no_lead(self):
        self.team_it.lead_ids = False
        self._watch(0)
        self._watch(9)
        warned = self._warnings().user_id
        self.assertTrue(warned)
        self.assertTrue(
            all(user.has_group("service_desk.service_desk_group_manager") for user in warned)
        )

    def test_zero_hours_switch_the_watch_off(self):
        self.env["service_desk.settings"].search([]).orphan_hours = 0
        self._watch(0)
        self._watch(99)
        self.assertFalse(self._orphans(99))
        self.assertFalse(self._warnings())

    def test_team_card_filter_and_field_mean_the_same(self):
        self._watch(0)
        self._watch(9)
        with freeze_time(self.start + timedelta(hours=9)):
            team = self.team_it.with_user(self.manager)
            self.assertEqual(team.orphan_count, len(self._orphans(9)))
            self.assertEqual(self.tickets.filtered("is_orphan"), self._orphans(9))
            arch = self.env["service_desk.ticket"].get_view(view_type="search")["arch"]
            self.assertIn("[('is_orphan', '=', True)]", arch)
            self.assertEqual(team.action_open_orphans()["context"]["search_default_orphan"], 1)

    def test_hidden_tickets_are_not_counted(self):
        self.nobody.is_confidential = True
        self._watch(0)
        self._watch(9)
        with freeze_time(self.start + timedelta(hours=9)):
            self.assertEqual(self._orphans(9, self.agent), self.idle)
            self.assertEqual(self.team_it.with_user(self.agent).orphan_count, 1)
