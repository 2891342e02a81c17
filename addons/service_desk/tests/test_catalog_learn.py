"""Words that failed lead to what was chosen after them, once two people meant the same."""

from datetime import timedelta
from time import perf_counter

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from .catalog_search_common import CatalogSearchCommon

MORNING = Datetime.to_datetime("2026-03-02 09:00:00")


@tagged("post_install", "-at_install")
class TestCatalogLearn(CatalogSearchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.searches = cls.env["service_desk.catalog.search"]
        cls.searches.search([]).unlink()
        cls.terms = cls.env["service_desk.catalog.term"]
        cls.misses = cls.env["service_desk.catalog.miss"]

    def _search(self, user, text, chosen=None, minutes=0):
        """Search as a person does, and take what is ``chosen``."""
        with freeze_time(MORNING + timedelta(minutes=minutes)):
            catalog = self.catalog.with_user(user)
            found = catalog.search_catalog(text)
            if chosen:
                self.assertTrue(catalog.note_choice(found["search_id"], chosen.id))
        return found

    def _learn(self, hours=2):
        with freeze_time(MORNING + timedelta(hours=hours)), self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_learn_search_words").method_direct_trigger()
        self.env.invalidate_all()

    def _fail_then_take(self, user, text="бабайка орёт"):
        self._search(user, text)
        self._search(user, "касса", self.till, minutes=2)

    def _term(self):
        return self.terms.search([("offering_id", "=", self.till.id)])

    # ------------------------------------------------------------------- learning
    def test_two_people_teach(self):
        self._fail_then_take(self.portal_a)
        self._learn()
        self.assertRecordValues(
            self._term(), [{"text": "бабайка орёт", "state": "proposed", "people": 1}]
        )
        self.assertFalse(self._found("бабайка орёт"))
        self._fail_then_take(self.portal_b, "орёт бабайка!")
        self._learn()
        self.assertRecordValues(self._term(), [{"state": "used", "people": 2}])
        self.assertEqual(self._found("орёт бабайка")[:1], self.till)
        self.assertFalse(self._found("бабайка"), "both words were meant")

    def test_one_person_alone_teaches_nothing(self):
        for _day in range(3):
            self._fail_then_take(self.portal_a)
            self._learn()
        self.assertRecordValues(self._term(), [{"state": "proposed", "people": 1}])
        self.assertFalse(self._found("бабайка орёт"))

    def test_hits_that_are_passed_over(self):
        self._search(self.portal_a, "принтер бабайка")
        self._search(self.portal_a, "касса", self.till, minutes=2)
        self._learn()
        self.assertEqual(self._term().text, "принтер бабайка")

    def test_taken_from_the_tree_after_a_search(self):
        self._search(self.portal_a, "бабайка", self.till)
        self._learn()
        self.assertEqual(self._term().text, "бабайка")

    def test_what_was_found_needs_no_lesson(self):
        self._search(self.portal_a, "касса", self.till)
        self._learn()
        self.assertFalse(self._term())
        self.assertFalse(self.misses.search([]))

    def test_the_last_choice_counts(self):
        self._search(self.portal_a, "бабайка")
        self._search(self.portal_a, "ноутбук", self.laptop, minutes=1)
        self._search(self.portal_a, "касса", self.till, minutes=3)
        self._learn()
        self.assertEqual(self._term().text, "бабайка")
        self.assertFalse(self.terms.search([("offering_id", "=", self.laptop.id)]))

    def test_another_matter_later(self):
        self._search(self.portal_a, "бабайка")
        self._search(self.portal_a, "касса", self.till, minutes=50)
        self._learn()
        self.assertFalse(self._term())

    def test_a_running_session_waits(self):
        self._fail_then_take(self.portal_a)
        self._learn(hours=0.4)
        self.assertTrue(self.searches.search([]))
        self.assertFalse(self._term())

    def test_typing_is_one_search(self):
        for text in ("баб", "бабай", "бабайка", "бабайк"):
            self._search(self.portal_a, text)
        self.assertEqual(self.searches.search([]).text, "бабайк")

    def test_twice_learns_once(self):
        self._fail_then_take(self.portal_a)
        self._learn()
        self._learn(hours=3)
        self.assertEqual(self.misses.search([]).searches, 1)

    # -------------------------------------------------------------------- privacy
    def test_nothing_personal_is_kept(self):
        self._search(self.portal_a, "ivan@firm.example бабайка 89161234567 https://x.example/y")
        row = self.searches.search([])
        self.assertEqual(row.text, "бабайка")
        self.assertNotIn("create_uid", row._fields)
        self.assertNotEqual(row.person, str(self.customer_a.id))
        self._learn()
        self.assertFalse(self.searches.search([]))
        miss = self.misses.search([])
        self.assertEqual(miss.text, "бабайка")
        with self.assertRaises(AccessError):
            miss.with_user(self.manager).read(["voters"])

    def test_a_text_without_end_costs_nothing(self):
        for text in ("x" * 200_000, "1" * 200_000, "@" * 200_000, "http://" * 50_000):
            with self.subTest(text=text[:8]):
                started = perf_counter()
                self._search(self.portal_a, text)
                self.assertLess(perf_counter() - started, 5)

    def test_long_questions_are_not_learned(self):
        self._fail_then_take(
            self.portal_a, "мой начальник Иванов орёт бабайка телевизор сломал вчера"
        )
        self._learn()
        self.assertFalse(self._term())

    def test_somebody_searches_all_the_time(self):
        with freeze_time(MORNING):
            catalog = self.catalog.with_user(self.portal_a)
            for number in range(70):
                found = catalog.search_catalog(f"{number} бабайка")
        self.assertFalse(found["search_id"])
        self.assertLessEqual(len(self.searches.search([])), 60)

    def test_choices_of_others(self):
        found = self._search(self.portal_a, "бабайка")
        catalog = self.catalog.with_user(self.portal_b)
        self.assertFalse(catalog.note_choice(found["search_id"], self.till.id))
        for wrong in ("x", -1, 2**40, None, [1], True, {}):
            self.assertFalse(catalog.note_choice(wrong, wrong))

    def test_choices_of_what_one_may_not_use(self):
        found = self._search(self.portal_a, "бабайка")
        with self._seeing_only(self.laptop), freeze_time(MORNING):
            catalog = self.catalog.with_user(self.portal_a)
            self.assertFalse(catalog.note_choice(found["search_id"], self.till.id))
            self.assertFalse(catalog.note_choice(found["search_id"], 2**31 - 1))

    # ---------------------------------------------------------------------- owners
    def test_the_owner_decides(self):
        owner = self._owner_of(self.service)
        self._fail_then_take(self.portal_a)
        self._learn()
        term = self._term().with_user(owner)
        term.action_use()
        self.assertEqual(self._found("бабайка орёт")[:1], self.till)
        term.action_forbid()
        self.assertFalse(self._found("бабайка орёт"))
        for user in (self.portal_b, self.employee, self.agent):
            self._fail_then_take(user)
        self._learn()
        self.assertEqual(self._term().state, "forbidden")
        self.assertFalse(self._found("бабайка орёт"))

    def test_what_was_not_found(self):
        self._search(self.portal_a, "бабайка орёт")
        self._search(self.portal_b, "орёт бабайка")
        self._learn()
        miss = self.misses.search([])
        self.assertRecordValues(
            miss, [{"people": 2, "searches": 2, "state": "open", "had_hits": False}]
        )
        with self.assertRefused(UserError, "Choose first"):
            miss.with_user(self.manager).action_lead()
        owner = self._owner_of(self.service)
        miss.with_user(owner).offering_id = self.till
        miss.with_user(owner).action_lead()
        self.assertEqual(miss.state, "led")
        self.assertEqual(self._found("бабайка орёт")[:1], self.till)

    def test_owners_lead_to_their_own(self):
        self._search(self.portal_a, "бабайка")
        self._learn()
        other = self._owner_of(self.env["service_desk.service"].create({"name": "Another"}))
        miss = self.misses.search([]).with_user(other)
        miss.offering_id = self.till
        with self.assertRaises(AccessError):
            miss.action_lead()
        miss.action_ignore()
        self.assertEqual(miss.state, "ignored")

    def _owner_of(self, service):
        owner = self.auditor.copy({"login": f"sd_owner{service.id}", "name": "Oleg Owner"})
        owner.group_ids = self.env.ref("service_desk.service_desk_group_owner")
        service.owner_id = owner
        return owner

    def test_old_misses_are_forgotten(self):
        self._search(self.portal_a, "бабайка")
        self._learn()
        with freeze_time(MORNING + timedelta(days=200)):
            self.misses._gc_old()
        self.assertFalse(self.misses.search([]))
