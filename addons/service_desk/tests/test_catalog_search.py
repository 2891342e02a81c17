"""An offering is found by a person's own words, and only one that he may use."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .catalog_search_common import CatalogSearchCommon


@tagged("post_install", "-at_install")
class TestCatalogSearch(CatalogSearchCommon):
    def _assert_first(self, text, offering):
        with self.subTest(text=text):
            self.assertEqual(self._found(text)[:1], offering)

    # -------------------------------------------------------------------- words
    def test_own_words(self):
        self._assert_first("течёт кран", self.plumbing)
        self._assert_first("не печатает", self.printing)
        self._assert_first("new laptop", self.laptop)

    def test_word_forms(self):
        self._assert_first("о смесителях", self.plumbing)
        self._assert_first("принтерами", self.printing)
        self._assert_first("laptops", self.laptop)

    def test_typing_errors(self):
        self._assert_first("прингтер", self.printing)
        self._assert_first("пирнтер", self.printing)
        self._assert_first("сантехничиские", self.plumbing)
        self._assert_first("laptpo", self.laptop)

    def test_two_spellings_of_a_letter(self):
        self._create_offering("Тёплый пол")
        self._assert_first("теплый", self._found("тёплый")[:1])
        self.assertTrue(self._found("теплый"))

    def test_wrong_keyboard(self):
        self._assert_first("ghbynth", self.printing)
        self._assert_first("ntxtn rhfy", self.plumbing)
        self._assert_first("дфзещз", self.laptop)

    def test_other_alphabet(self):
        self._assert_first("printery", self.printing)
        self._assert_first("noutbuk", self.laptop)

    def test_beginning_of_a_word(self):
        self._assert_first("сантех", self.plumbing)

    def test_words_that_say_nothing_find_nothing_by_themselves(self):
        self.assertFalse(self._found("как мне и что"))
        self.assertFalse(self._found("qwzx"))

    def test_bad_input(self):
        for text in (
            "",
            " ",
            "\x00",
            "😀" * 500,
            "я" * 10_000,
            "a b " * 3_000,
            "\u202eretnirp",
            "%_'\"\\",
            None,
        ):
            with self.subTest(text=repr(text)[:20]):
                self.catalog._search_offerings(text, self.customer_a)
        self._assert_first("принтер \x00 😀" + " и" * 5_000, self.printing)

    # ------------------------------------------------------------ what is searched
    def test_words_of_the_owner(self):
        self.assertFalse(self._found("бабайка"))
        self.till.search_words = "бабайка орёт\nsomething else"
        self._assert_first("бабайки", self.till)

    def test_names_of_services_count_less(self):
        quokka = self._create_offering("Quokka")
        self._assert_first("quokka", quokka)
        self.assertIn(self.till, self._found("quokka"))

    def test_all_languages(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.laptop.with_context(lang="ru_RU").name = "Заказ трансформера"
        self._assert_first("трансформер", self.laptop)
        self._assert_first("laptop", self.laptop)

    def test_words_of_the_form(self):
        form = self.env["service_desk.form"].create(
            {
                "name": "Laptop",
                "service_id": self.service.id,
                "question_ids": [(0, 0, {"name": "Colour of the bag", "kind": "text"})],
            }
        )
        form.action_publish()
        self.assertFalse(self._found("bag"))
        self.laptop.form_id = form
        self._assert_first("bag", self.laptop)
        form.question_ids.name = "Colour of the rucksack"
        self.assertFalse(self._found("rucksack"), "not published yet")
        form.action_publish()
        self._assert_first("rucksack", self.laptop)

    def test_synonyms_of_the_desk(self):
        self.assertFalse(self._found("бабайка"))
        synonym = self.env["service_desk.synonym"].create({"words": "бабайка, касса"})
        self._assert_first("бабайка", self.till)
        synonym.active = False
        self.assertFalse(self._found("бабайка"))

    def test_synonyms_of_several_words(self):
        self.env["service_desk.synonym"].create({"words": "чёрная дыра, касса"})
        self._assert_first("чёрная дыра", self.till)
        self.assertFalse(self._found("дыра"))

    def test_bad_synonyms(self):
        with self.assertRefused(ValidationError, "at least two"):
            self.env["service_desk.synonym"].create({"words": "one,,  ,"})
        with self.assertRefused(ValidationError, "At most"):
            words = ", ".join(f"word{number}" for number in range(100))
            self.env["service_desk.synonym"].create({"words": words})

    def test_why(self):
        (hit,) = self.catalog._search_offerings("ghbynth", self.customer_a)
        self.assertEqual(hit["why"], [{"word": "принтер", "found": "принтера", "how": "keyboard"}])

    # ------------------------------------------------------------------ visibility
    def test_only_what_one_may_use(self):
        with self._seeing_only(self.laptop):
            self.assertFalse(self._found("не печатает"))
            self.assertEqual(self._found("laptop принтер"), self.laptop)

    def test_drafts_and_retired(self):
        for state in ("draft", "retired"):
            self.printing.state = state
            self.assertNotIn(self.printing, self._found("принтер"))
        self.printing.state = "published"
        self.assertIn(self.printing, self._found("принтер"))
        self.printing.active = False
        self.assertNotIn(self.printing, self._found("принтер"))

    # ---------------------------------------------------------------------- speed
    def test_queries_are_constant(self):
        offerings = self.env["service_desk.offering"]
        self._found("принтер")
        with self._seeing_only(offerings.search([])), self.assertQueryCount(1):
            self.catalog._search_offerings("течёт кран в туалете", self.customer_a)
        for number in range(50):
            self._create_offering(f"Принтер {number}")
        self._found("принтер")
        with self._seeing_only(offerings.search([])), self.assertQueryCount(1):
            self.catalog._search_offerings("течёт кран и не печатает принтер", self.customer_a)

    def test_making_the_index_costs_few_queries(self):
        def queries():
            self.env.registry.clear_cache()
            before = self.env.cr.sql_log_count
            self.catalog._search_index()
            return self.env.cr.sql_log_count - before

        self.env.flush_all()
        few = queries()
        for number in range(50):
            self._create_offering(f"Принтер {number}")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertLessEqual(queries(), few + 2)

    # ----------------------------------------------------------------------- door
    def test_the_door(self):
        catalog = self.catalog.with_user(self.portal_a)
        found = catalog.search_catalog("не печатает")
        self.assertEqual(found["hits"][0]["offering_id"], self.printing.id)
        self.assertEqual(found["hits"][0]["name"], self.printing.name)
        self.assertTrue(found["search_id"])

    def test_only_agents_name_somebody(self):
        name = {"partner_id": self.customer_b.id}
        self.assertTrue(
            self.catalog.with_user(self.agent).search_catalog("принтер", **name)["hits"]
        )
        for user in (self.portal_a, self.employee):
            with self.assertRefused(AccessError, "There is no such person"):
                self.catalog.with_user(user).search_catalog("принтер", **name)
        for wrong in (2**31 - 1, 2**40, True, "x", [1], -1):
            with self.assertRefused(UserError, ""):
                self.catalog.with_user(self.agent).search_catalog("принтер", partner_id=wrong)

    def test_strangers(self):
        public = self.env.ref("base.public_user")
        with self.assertRefused(AccessError, "Log in"):
            self.catalog.with_user(public).search_catalog("принтер")
        with self.assertRefused(AccessError, "Log in"):
            self.catalog.with_user(public).note_choice(1, self.printing.id)

    def test_wrong_arguments(self):
        for text, limit in ((1, 10), (None, 10), (["x"], 10), ("x", "y"), ("x", True)):
            with self.assertRefused(UserError, "Search needs"):
                self.catalog.with_user(self.employee).search_catalog(text, limit=limit)
