"""Finding: word forms, beginnings, typing errors, the wrong keyboard; nothing that is not for one."""

from odoo.tests import tagged
from odoo.tools import SQL

from .kb_common import KbCommon

CORPUS = (
    ("Как поменять бумагу в кассе", "Откройте крышку принтера чеков и вставьте новый рулон."),
    ("Не печатает принтер этикеток", "Проверьте ленту, откалибруйте датчик и перезапустите принтер."),
    ("Забыли пароль от почты", "Откройте страницу сброса пароля и введите табельный номер."),
    ("Как оформить отпуск", "Подайте заявление за две недели; руководитель согласует его."),
    ("Холодильник не держит температуру", "Проверьте дверь и иней, вызовите подрядчика."),
    ("How to connect to the VPN", "Install the client, then sign in with your work account."),
    ("Reset the password of the shop portal", "Use the link on the sign-in page; it works for an hour."),
    ("The scanner does not read barcodes", "Clean the window and scan the factory reset sheet."),
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestArticleSearch(KbCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.article"].search([]).action_archive()
        cls.corpus = [cls._article(title, body) for title, body in CORPUS]

    def _best(self, text, **kwargs):
        found = self.env["service_desk.article"]._find_articles(
            text, self.employee.partner_id, 3, **kwargs
        )
        return (
            self.env["service_desk.article"].browse([one for one, _score in found]).mapped("name")
        )

    def test_peoples_own_words(self):
        for text, title in (
            ("кончилась бумага для касс", "Как поменять бумагу в кассе"),
            ("принтер этикетки не печатают", "Не печатает принтер этикеток"),
            ("забыла пароли", "Забыли пароль от почты"),
            ("хочу в отпуск", "Как оформить отпуск"),
            ("vpn connection", "How to connect to the VPN"),
            ("scanners cannot read a barcode", "The scanner does not read barcodes"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self._best(text)[0], title)

    def test_typing_errors_and_the_wrong_keyboard(self):
        for text, title in (
            ("холодилник", "Холодильник не держит температуру"),
            ("pfsk gfhjkm jn gjxns", "Забыли пароль от почты"),
            ("jngecr", "Как оформить отпуск"),
        ):
            with self.subTest(text=text):
                self.assertIn(title, self._best(text))

    def test_while_typing(self):
        self.assertIn("Холодильник не держит температуру", self._best("холод", is_typing=True))

    def test_nonsense_finds_nothing_and_breaks_nothing(self):
        for text in ("", " ", "\x00", "%", "_", "'); DROP TABLE", "a" * 10_000, "🙂", "&|!():*<->"):
            with self.subTest(text=text[:20]):
                self.assertEqual(self._best(text), [])

    def test_what_is_taken_back_is_not_found(self):
        article = self.corpus[0]
        article.action_archive()
        self.assertNotIn(article.name, self._best("бумага в кассе"))
        article.action_unarchive()
        article._index_sudo()
        self.assertEqual(self._best("бумага в кассе")[0], article.name)

    def test_another_text_is_found_by_its_new_words(self):
        article = self.corpus[3]
        article.draft_body = "<p>Нажмите кнопку «Отсутствие».</p>"
        self.assertEqual(self._best("кнопка отсутствие"), [])
        article.action_publish()
        self.assertTrue(article.is_index_stale)
        with self.enter_registry_test_mode():
            self.env.ref("service_desk_kb.ir_cron_index_articles").method_direct_trigger()
        self.assertFalse(article.is_index_stale)
        self.assertEqual(self._best("кнопка отсутствие"), [article.name])
        self.assertNotIn(article.name, self._best("две недели"))

    def test_counts_of_stems_stay_true(self):
        for article in self.corpus:
            article._index_sudo()
        rows = self.env.execute_query_dict(
            self._sql_counts()  # the same, counted independently
        )
        self.assertTrue(rows)
        self.assertEqual([row for row in rows if row["stored"] != row["counted"]], [])

    def _sql_counts(self):
        return SQL(
            """SELECT stem.stem, stem.articles AS stored, count(posting.id) AS counted
                 FROM service_desk_article_stem stem
            LEFT JOIN service_desk_article_posting posting ON posting.stem_id = stem.id GROUP BY stem.id"""
        )

    def test_a_batch_costs_few_queries(self):
        articles = self.env["service_desk.article"].browse([a.id for a in self.corpus])
        articles._index_sudo()
        before = self.env.cr.sql_log_count
        articles[:2]._index_sudo()
        of_two = self.env.cr.sql_log_count - before
        before = self.env.cr.sql_log_count
        articles._index_sudo()
        of_all = self.env.cr.sql_log_count - before
        self.assertLessEqual(of_all, of_two + 2)

    def test_the_list_of_the_back_office_asks_the_same(self):
        articles = self.env["service_desk.article"].with_user(self.employee)
        self.assertIn(
            self.corpus[0].id, articles.search([("question", "ilike", "бумага для касс")]).ids
        )
