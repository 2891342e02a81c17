from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .catalog_common import CatalogCommon


@tagged("post_install", "-at_install")
class TestCatalogLife(CatalogCommon):
    def _run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_live_offerings").method_direct_trigger()
        self.env.invalidate_all()

    def test_what_is_missing_is_listed(self):
        draft = self._create_offering(service_id=self.foreign_service.id)
        self.assertIn("No team works on it", draft.blocker_text)
        with self.assertRefused(UserError, "No team works on it"):
            draft.action_publish()
        with self.assertRefused(UserError, "No team works on it"):
            draft.write({"state": "published"})  # no route goes round it
        with self.assertRefused(UserError, "No team works on it"):
            self._create_offering(service_id=self.foreign_service.id, state="published")
        draft.team_id = self.team_it
        draft.action_publish()
        self.assertEqual(draft.state, "published")
        self.assertTrue(draft.published_at)

    def test_nobody_writes_the_marks_of_its_life(self):
        with self.assertRefused(AccessError, "Nobody can set it"):
            self.offering.with_user(self.manager).write({"published_at": "2020-01-01"})

    def test_planned_moments(self):
        now = fields.Datetime.now()
        draft = self._create_offering(
            publish_at=now - timedelta(minutes=5), retire_at=now + timedelta(days=1)
        )
        later = self._create_offering(publish_at=now + timedelta(days=1))
        self.offering.retire_at = now - timedelta(minutes=1)
        self._run_job()
        self.assertEqual(draft.state, "published")
        self.assertFalse(draft.publish_at)
        self.assertEqual(later.state, "draft")
        self.assertEqual(self.offering.state, "retired")
        self.assertFalse(self.offering.retire_at)
        versions = draft.version_ids
        self._run_job()  # once
        self.assertEqual(draft.version_ids, versions)

    def test_after_a_long_outage(self):
        now = fields.Datetime.now()
        missed = self._create_offering(
            publish_at=now - timedelta(days=3), retire_at=now - timedelta(days=2)
        )
        self._run_job()
        self.assertEqual(missed.state, "draft")
        self.assertFalse(missed.publish_at or missed.retire_at)

    def test_what_cannot_be_published_as_planned_is_told_to_the_owner(self):
        draft = self._create_offering(publish_at=fields.Datetime.now() - timedelta(minutes=5))
        self.service.team_id = False
        self._run_job()
        self.assertEqual(draft.state, "draft")
        self.assertFalse(draft.publish_at)
        self.assertEqual(draft.activity_ids.user_id, self.owner)

    def test_a_plan_has_an_order(self):
        with self.assertRefused(ValidationError, "would retire before it is published"):
            self._create_offering(publish_at="2030-01-02", retire_at="2030-01-01")

    def test_versions_say_what_changed(self):
        self.assertEqual(self.offering.version_id.number, 1)
        self._create_ticket(offering_id=self.offering.id)
        self.offering.with_user(self.manager).write({"urgency": "3", "price": 15.0})
        version = self.offering.version_id
        self.assertEqual(version.number, 2)
        self.assertEqual(version.user_id, self.manager)
        self.assertIn("Urgency", version.change_text)
        self.assertIn("Price: 15.0", version.change_text)

    def test_saves_of_one_sitting_are_one_version(self):
        for price in (1.0, 2.0, 3.0):
            self.offering.price = price
        self.assertEqual(self.offering.version_id.number, 1)
        self._create_ticket(offering_id=self.offering.id)
        self.offering.price = 4.0
        self.assertEqual(self.offering.version_id.number, 2)
        self.offering.price = 4.0
        self.offering.sequence = 3
        self.assertEqual(self.offering.version_id.number, 2)

    def test_a_draft_makes_no_versions(self):
        draft = self._create_offering()
        draft.price = 5
        self.assertFalse(draft.version_ids)

    def test_the_language_of_who_saves_is_no_change(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.type_request.with_context(lang="ru_RU").name = "Запрос"
        self._create_ticket(offering_id=self.offering.id)
        self.offering.with_context(lang="ru_RU").write({"price": 0.0})
        self.assertEqual(self.offering.version_id.number, 1)

    def test_a_version_stays_as_it_was(self):
        with self.assertRaises(AccessError):
            self.offering.version_id.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            self.offering.version_id.with_user(self.manager).write({"number": 9})

    def test_a_copy_is_a_draft_with_all_its_lines(self):
        self.offering.route_ids = [(0, 0, {"name": "line", "team_id": self.team_it.id})]
        copy = self.offering.copy()
        self.assertEqual(copy.state, "draft")
        self.assertEqual(copy.name, "Order a laptop (copy)")
        self.assertEqual(copy.route_ids.name, "line")
        self.assertFalse(copy.version_ids or copy.published_at)

    def test_an_offering_with_tickets_is_not_deleted(self):
        self._create_ticket(offering_id=self.offering.id)
        with self.assertRefused(UserError, "Retire it"):
            self.offering.unlink()
