"""Each condition: when it holds, when it does not, and what is refused at save."""

import random

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .routing_common import RoutingCommon

#: A rule's word, and texts with forms of it or look-alikes; then texts that must not match.
FORMS = [
    ("касса", ["касса", "Кассы не работают", "на кассе", "кассами", "много касс", "КАССОЙ", "кaccа"], ["кассир", "рассказ"]),
    ("принтер", ["принтер", "принтеров", "принтеру", "Принтерами"], ["принт", "спринтер"]),
    ("чек", ["чеки", "чеков", "чеком"], ["чека́н", "человек"]),
    ("терминал", ["терминалы", "терминалов", "«Терминал»"], ["термин", "терминология"]),
    ("счёт", ["счет", "счёта", "СЧЁТОВ"], ["счетчик"]),
    ("ошибка", ["ошибки", "ошибок", "ошибкой"], ["ушибка"]),
    ("журнал", ["журналы", "журналов", "в журнале"], ["журналист"]),
    ("филиал", ["филиалы", "филиалов", "в филиале", "филиалом"], ["файл"]),
    ("звонок", ["звонки", "звонка", "звонков"], ["звон"]),
    ("карточка", ["карточек", "карточки", "карточкой"], ["карта"]),
    ("наклейка", ["наклеек", "наклейки"], ["наклеить"]),
    ("заявка", ["заявок", "заявки", "по заявке"], ["явка"]),
    ("весы", ["весы", "весов", "весами"], ["висит"]),
    ("холодильник", ["холодильники", "холодильников"], ["холод"]),
    ("1С", ["1c зависла", "в 1С", "1С:Розница"], ["1", "21c"]),
    ("printer", ["printers", "Printer,", "the printer's tray"], ["print-out", "sprinter"]),
    ("payment", ["Payments", "payment"], ["pay", "repayment"]),
    ("wi-fi", ["Wi-Fi", "wi fi", "WI-FI!"], ["wifi", "fi wi"]),
    ('"не печатает"', ["Касса не печатает чек", "не печатают", "НЕ\nпечатает"], ["печатает", "печатает, не правда ли", "не всегда печатает"]),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestRoutingConditions(RoutingCommon):
    def _assert_fits(self, fits, misses=(), **rule):
        """Assert that one rule of these conditions fits requests of ``fits`` and none of ``misses``."""
        rule = self._rule(**rule)
        for wanted, requests in ((True, fits), (False, misses)):
            for request in requests:
                with self.subTest(rule=rule.condition_summary, request=request):
                    request = dict(request)
                    facts = request.pop("facts", {})
                    ticket = self._intake(facts, **request)
                    self.assertEqual(ticket.team_id == self.team_cash, wanted, self._why(ticket))
        rule.unlink()

    def test_word_forms(self):
        for word, fits, misses in FORMS:
            for where in ("name", "description"):
                self._assert_fits(
                    [{where: text} for text in fits],
                    [{where: text} for text in misses],
                    words_any=word,
                )

    def test_words_any_all_none(self):
        self._assert_fits(
            [{"name": "Чек на кассе"}, {"name": "касса", "description": "<p>нет чека</p>"}],
            [{"name": "касса"}, {"name": "чек"}, {"name": "чек, касса, тест"}],
            words_all="касса чек",
            words_none='тест, "на ремонте"',
        )
        self._assert_fits([{"name": "x"}], [{"name": "тестовая"}], words_none="тестовый")

    def test_words_in(self):
        subject, text = {"name": "till"}, {"name": "x", "description": "<p>till</p>"}
        self._assert_fits([subject], [text], words_any="till", words_in="subject")
        self._assert_fits([text], [subject], words_any="till", words_in="text")
        self._assert_fits([text, subject], [], words_any="till")

    def test_text_is_bounded(self):
        early, late = "till " + "x " * 20_000, "x " * 20_000 + " till"
        self._assert_fits(
            [{"facts": {"text": early}}], [{"facts": {"text": late}}], words_any="till"
        )

    def test_pattern(self):
        self._assert_fits(
            [{"name": "ккт-0042 молчит"}, {"facts": {"text": "first\nККТ-1234\n"}}],
            [{"name": "ККТ-42"}, {"name": "xККТ-0042"}],
            pattern=r"\bККТ-\d{4}\b",
        )

    def test_addresses(self):
        def to(*addresses):
            return {"facts": {"addresses": addresses}}

        self._assert_fits(
            [to("Till@Desk.example.com"), to("x@y.z", "till+12@desk.example.com"), to("vip@any.example")],
            [to("tills@desk.example.com"), to("till@example.com"), to(), {"name": "x"}],
            addresses="till@desk.example.com\nvip@",
        )  # fmt: skip

    def test_senders(self):
        def of(address):
            return {"facts": {"senders": [address]}}

        self._assert_fits(
            [of("a@big.example"), of("x@eu.holding.example"), of("y@holding.example")],
            [
                of("a@notbig.example"),
                of("boss@big.example"),
                of("a@myholding.example"),
                {"name": "x"},
            ],
            senders="@big.example\n.holding.example",
            not_senders="boss@big.example",
        )
        self._assert_fits(
            [{"partner_id": self.customer_a.id}, {"email_from": "Alla@firm-a.example.org"}],
            [{"partner_id": self.customer_b.id}],
            senders="@firm-a.example.org",
        )

    def test_customer(self):
        shop = self.env["res.partner"].create({"name": "Shop", "parent_id": self.firm_a.id})
        cashier = self.env["res.partner"].create({"name": "Cashier", "parent_id": shop.id})
        fits = [{"partner_id": p.id} for p in (self.customer_a, self.firm_a, shop, cashier)]
        misses = [{"partner_id": self.customer_b.id}, {"name": "x"}]
        self._assert_fits(fits, misses, partner_ids=[(6, 0, self.firm_a.ids)])
        self._assert_fits(misses, fits, not_partner_ids=[(6, 0, self.firm_a.ids)])
        self._assert_fits(fits[2:], [*fits[:2], *misses], partner_ids=[(6, 0, shop.ids)])
        self._assert_fits(
            [*fits[2:], {"partner_id": self.firm_a.id, "site_id": shop.id}],
            [*fits[:2], {"partner_id": cashier.id, "site_id": self.firm_b.id}],
            site_ids=[(6, 0, shop.ids)],
        )

    def test_customer_group(self):
        group, part = self.env["res.partner.category"].create([{"name": "Retail"}, {"name": "VIP"}])
        part.parent_id = group
        self.firm_a.category_id = part
        fits, misses = [{"partner_id": self.customer_a.id}], [{"partner_id": self.customer_b.id}]
        self._assert_fits(fits, misses, partner_tag_ids=[(6, 0, group.ids)])
        self._assert_fits(fits, misses, partner_tag_ids=[(6, 0, part.ids)])
        self.firm_a.category_id = group
        self._assert_fits([], fits, partner_tag_ids=[(6, 0, part.ids)])

    def test_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.customer_a.lang, self.customer_b.lang = "ru_RU", "en_US"
        self._assert_fits(
            [
                {"partner_id": self.customer_a.id, "name": "POS 12"},
                {"partner_id": self.customer_b.id, "name": "Касса не работает"},
                {"name": "Не печатает чек"},
            ],
            [
                {"partner_id": self.customer_a.id, "name": "The till does not print and we wait"},
                {"partner_id": self.customer_b.id, "name": "POS 12"},
                {"name": "Проблема з їжею"},
                {"name": "12"},
            ],
            languages="ru",
        )
        self._assert_fits(
            [{"name": "Hello, we have a problem with the till"}, {"facts": {"lang": "kk_KZ"}}],
            [{"name": "Bonjour, la caisse est en panne"}, {"name": "12"}],
            languages="en, kk",
        )

    def test_type_service_team(self):
        part = self.env["service_desk.service"].create(
            {"name": "Drawer", "parent_id": self.service.id}
        )
        self._assert_fits(
            [{"service_id": part.id}, {"service_id": self.service.id}],
            [{"name": "x"}],
            service_ids=[(6, 0, self.service.ids)],
        )
        self.team_it.default_type_id = self.type_request
        self._assert_fits(
            [{"name": "x"}, {"type_id": self.type_request.id}],
            [{"type_id": self.type_question.id}],
            type_ids=[(6, 0, self.type_request.ids)],
        )
        self._assert_fits(
            [{"name": "x"}],
            [{"team_id": self.team_private.id}],
            from_team_ids=[(6, 0, self.team_it.ids)],
        )

    def test_attachments(self):
        pdf, xml = ("Scan.PDF", b"x"), ("invoice_7.xml", b"x")
        self._assert_fits(
            [{"attachments": [pdf]}, {"facts": {"files": ["a.txt"]}}], [{}], attachment="yes"
        )
        self._assert_fits([{}], [{"attachments": [pdf]}], attachment="no")
        self._assert_fits(
            [{"attachments": [pdf, xml]}],
            [{"attachments": [pdf]}, {}],
            attachment="yes",
            attachment_names="*.txt, invoice*.xml",
        )

    def test_headers(self):
        def with_header(name, *values):
            return {"facts": {"headers": {name: list(values)}}}

        self._assert_fits(
            [with_header("x-priority", "1 (Highest)"), with_header("x-site", "12")],
            [with_header("x-priority", "5"), {}],
            headers="X-Priority: 1\nX-Site",
        )

    def test_header_of_a_message(self):
        self._rule(headers="X-Monitor: zabbix", attachment_names="*.log", attachment="yes")
        ticket, _row = self._receive(X_Monitor="Zabbix 6.4", files=[("a.log", b"x")])
        self.assertEqual(ticket.team_id, self.team_cash)
        self.assertIn("the file “a.log” came along", self._why(ticket))
        self.assertIn("the mail header x-monitor is “zabbix 6.4”", self._why(ticket))

    def test_hours(self):
        calendar = self.env["resource.calendar"].create({"name": "Day", "tz": "Europe/Moscow"})
        self.team_cash.calendar_id = calendar
        monday, night = "2026-03-02 08:00:00", "2026-03-02 22:00:00"
        for hours, moment in (("inside", monday), ("outside", night)):
            with freeze_time(moment):
                self._assert_fits([{}], [], hours=hours)
        with freeze_time(night):
            self._assert_fits([], [{}], hours="inside")
            self.team_cash.calendar_id = False
            self._assert_fits([{}], [], hours="inside")
        self.team_it.calendar_id = calendar
        with freeze_time(night):
            rule = self._rule(hours="outside", team_id=False, urgency="3")
            self.assertEqual(self._intake().urgency, "3")
            self.team_it.calendar_id = False
            self.assertEqual(self._intake().urgency, "2")
            rule.unlink()

    # ----------------------------------------------------------------- refusals
    def test_refused_at_save(self):
        for vals, text in (
            ({"channels": "email,pigeon"}, "“pigeon” is no value of Channels"),
            ({"languages": "xx"}, "“xx” is no value of Language"),
            ({"senders": "a@b.c\nno address"}, "“no address” is no value of Sender"),
            ({"addresses": "@"}, "“@” is no value of Written to"),
            ({"headers": "X Y: 1"}, "“X Y: 1” is no value of Mail Headers"),
            ({"words_any": ", ; !"}, "is no value of Any of the Words"),
            ({"words_any": " ".join(f"w{n}" for n in range(600))}, "more than 500 words"),
            ({"senders": "\n".join(f"a{n}@b.c" for n in range(1200))}, "more than 1000 lines"),
            ({"user_id": self.employee.id}, "cannot assign tickets to Egor Employee"),
            ({"follower_ids": [(6, 0, self.portal_a.ids)]}, "Followers are colleagues"),
        ):
            with self.subTest(vals=str(vals)[:80]), self.assertRefused(ValidationError, text):
                self._rule(**vals)

    def test_patterns_refused(self):
        for pattern, text in (
            ("(till", "see character 1: a bracket that is not closed"),
            (r"(a)\1", "see character 4: references to a group are not allowed"),
            ("(?=a)", "see character 1: groups with a question mark"),
            ("ab**", "see character 4: a repetition of a repetition"),
            ("((x{90}){90}){90}", "its repetitions make it too large"),
            ("((((){99}){99}){99}){99}", "its repetitions make it too large"),
            ("(" * 300, "its brackets are nested too deeply"),
            ("x" * 600, "it is too long"),
        ):
            with self.subTest(pattern=pattern[:40]), self.assertRefused(ValidationError, text):
                self._rule(pattern=pattern)

    def test_pathological_patterns_end(self):
        """They may be saved and asked: the work is bounded, whatever the text."""
        for pattern in ("(a+)+$", "(a|a)*b", "(a*)*b", ".*.*.*.*=", "(x+x+)+y"):
            rule = self._rule(pattern=pattern)
            ticket = self._intake(name="x", facts={"text": "a" * 5_000 + "! " + "x" * 90_000})
            self.assertEqual(ticket.team_id, self.team_it)
            rule.unlink()

    def test_too_much_work_passes_the_rule_over(self):
        rule = self._rule(pattern="(a|b)*a" + "(a|b)" * 60 + "c")
        text = "".join(random.Random(7).choices("ab", k=20_000))
        ticket = self._intake(name="x", facts={"text": text})
        self.assertEqual(ticket.team_id, self.team_it)
        self.assertEqual(rule.trouble, "OverBudgetError")
