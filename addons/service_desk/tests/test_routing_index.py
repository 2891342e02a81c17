"""The compiled rules give what each rule, asked one by one in its plain meaning, would give."""

import random

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..routing import Request
from .routing_common import RoutingCommon

#: A word of rules and forms of it in texts.
WORDS = {
    "касса": ["касса", "кассы", "Кассе", "кассами"],
    "принтер": ["принтер", "принтеров", "принтеру"],
    "терминал": ["терминал", "терминалы", "терминалом"],
    "чек": ["чек", "чеки", "чеков"],
    "сеть": ["сеть", "сети", "сетью"],
    "printer": ["printer", "Printers"],
    "invoice": ["invoice", "invoices"],
    "lift": ["lift", "lifts", "LIFT"],
}
FILLERS = ["вчера", "снова", "hello", "please", "опять", "12", "ооо", "team"]
DOMAINS = ["a.example", "b.example", "sub.a.example", "c.example"]
CHANNELS = ["email", "portal", "phone", "api"]
FILES = ["a.pdf", "b.xml", "scan.jpg"]
REQUESTS = 2_000
RULES = 150


@tagged("post_install", "-at_install")
class TestRoutingIndex(RoutingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chance = random.Random(20260302)
        shop = cls.env["res.partner"].create({"name": "Shop", "parent_id": cls.firm_a.id})
        cashier = cls.env["res.partner"].create({"name": "Cashier", "parent_id": shop.id})
        #: contact: itself and what it belongs to
        cls.above = {
            cls.customer_a.id: {cls.customer_a.id, cls.firm_a.id},
            cls.customer_b.id: {cls.customer_b.id, cls.firm_b.id},
            cashier.id: {cashier.id, shop.id, cls.firm_a.id},
            0: set(),
        }

    # ------------------------------------------------------------------- random
    def _some(self, values, most=3):
        return self.chance.sample(values, self.chance.randint(1, most))

    def _random_rule(self, number):
        chance = self.chance
        rule = {"name": f"Rule {number}", "sequence": chance.randint(1, 40)}
        names = chance.sample(
            ["any", "all", "none", "senders", "not_senders", "addresses", "channels", "partners", "files"],
            chance.choice([2, 3, 3, 4]),
        )  # fmt: skip
        for name in names:
            rule[name] = {
                "any": lambda: self._some(list(WORDS)),
                "all": lambda: self._some(list(WORDS), 2),
                "none": lambda: self._some(list(WORDS)),
                "senders": lambda: [f"@{domain}" for domain in self._some(DOMAINS, 2)],
                "not_senders": lambda: [f".{domain}" for domain in self._some(DOMAINS, 1)],
                "addresses": lambda: [f"desk{n}@x.example" for n in self._some(range(6))],
                "channels": lambda: self._some(CHANNELS),
                "partners": lambda: self._some(sorted(set().union(*self.above.values()))),
                "files": lambda: self.chance.choice([True, False]),
            }[name]()
        if "any" in rule and chance.random() < 0.3:
            rule["phrase"] = chance.sample(list(WORDS), 2)
        return rule

    def _create(self, rule):
        vals = {"name": rule["name"], "sequence": rule["sequence"], "urgency": "3"}
        for name, field in (("any", "words_any"), ("all", "words_all"), ("none", "words_none")):
            if name in rule:
                vals[field] = ", ".join(rule[name])
        if "phrase" in rule:
            vals["words_any"] += f' "{" ".join(rule["phrase"])}"'
        for name in ("senders", "not_senders", "addresses"):
            if name in rule:
                vals[name] = "\n".join(rule[name])
        if "channels" in rule:
            vals["channels"] = ",".join(rule["channels"])
        if "partners" in rule:
            vals["partner_ids"] = [(6, 0, rule["partners"])]
        if "files" in rule:
            vals["attachment"] = "yes" if rule["files"] else "no"
        return self.rules.create(vals)

    def _random_request(self):
        chance = self.chance
        lemmas = [chance.choice([*WORDS, *FILLERS, *FILLERS]) for _n in range(chance.randint(0, 8))]
        words = [chance.choice(WORDS.get(lemma, [lemma])) for lemma in lemmas]
        cut = chance.randint(0, len(words))
        request = Request(
            company_id=self.company.id,
            channel=chance.choice(CHANNELS),
            subject=" ".join(words[:cut]),
            text=", ".join(words[cut:]),
            senders=(f"me@{chance.choice(DOMAINS)}",),
            recipients=tuple(f"desk{n}@x.example" for n in self._some(range(6), 2)),
            partner_id=chance.choice(list(self.above)),
            files=tuple(self._some(FILES, 2)) if chance.random() < 0.5 else (),
        )
        return request, (lemmas[:cut], lemmas[cut:])

    # ------------------------------------------------------------ plain meaning
    def _fits(self, rule, request, lemmas):
        words = {*lemmas[0], *lemmas[1]}
        domain = request.senders[0].partition("@")[2]
        checks = {
            "any": lambda wanted: (
                words & set(wanted) or self._has_phrase(rule.get("phrase"), lemmas)
            ),
            "all": lambda wanted: words >= set(wanted),
            "none": lambda wanted: not words & set(wanted),
            "senders": lambda wanted: f"@{domain}" in wanted,
            "not_senders": lambda wanted: not any(f".{domain}".endswith(end) for end in wanted),
            "addresses": lambda wanted: set(request.recipients) & set(wanted),
            "channels": lambda wanted: request.channel in wanted,
            "partners": lambda wanted: self.above[request.partner_id] & set(wanted),
            "files": lambda wanted: bool(request.files) == wanted,
        }
        return all(check(rule[name]) for name, check in checks.items() if name in rule)

    def _has_phrase(self, phrase, lemmas):
        if not phrase:
            return False
        return any(
            list(pair) == phrase for part in lemmas for pair in zip(part, part[1:], strict=False)
        )

    def test_against_the_plain_meaning(self):
        rules = [self._random_rule(number) for number in range(RULES)]
        rules = sorted(
            ((self._create(rule), rule) for rule in rules), key=lambda r: (r[0].sequence, r[0].id)
        )
        requests = [self._random_request() for _number in range(REQUESTS)]
        findings = self.env["service_desk.routing"]._decide([request for request, _l in requests])
        used = set()
        for (request, lemmas), finding in zip(requests, findings, strict=True):
            expected = next(
                (record for record, rule in rules if self._fits(rule, request, lemmas)), None
            )
            found = finding.rule and finding.rule.id
            used.add(found)
            if found != (expected and expected.id):
                self.fail(
                    f"{request}: {finding.rule and finding.rule.name}, expected {expected and expected.name}"
                )
        self.assertGreater(len(used), 20, "the rules are too alike to prove anything")

    # ---------------------------------------------------------------- batches
    def test_a_batch_costs_one_query(self):
        self._rule(words_any="касса", partner_ids=[(6, 0, self.firm_a.ids)])
        self._rule(service_ids=[(6, 0, self.service.ids)], languages="ru")
        requests = [self._random_request()[0] for _number in range(100)]
        routing = self.env["service_desk.routing"]
        routing._decide(requests)
        self.env.flush_all()
        with self.assertQueryCount(1):
            routing._decide(requests)

    def test_no_rules_cost_nothing(self):
        vals = [{"name": "x", "team_id": self.team_it.id}]
        tickets = self.env["service_desk.ticket"].with_user(self.agent)
        tickets._route(vals)
        with self.assertQueryCount(0):
            self.assertEqual(tickets._route(vals), (vals, {}))

    def test_a_ticket_costs_one_query_more(self):
        """And one for the explanation when a rule decides."""
        vals = {"name": "till", "team_id": self.team_it.id, "channel": "api"}
        tickets = self.env["service_desk.ticket"].sudo()

        def count(text):
            tickets._intake({**vals, "name": text})
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            tickets._intake({**vals, "name": text})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        without = count("till")
        self._rule(words_any="till", team_id=False, urgency="3")
        self.assertLessEqual(count("mouse"), without + 1)
        self.assertLessEqual(count("till"), without + 2)

    # ---------------------------------------------------------------- isolation
    def test_companies(self):
        company = self.env["res.company"].create({"name": "B"})
        team = self.env["service_desk.team"].create({"name": "B", "company_id": company.id})
        own = self._rule(name="of B", company_id=company.id, team_id=team.id, words_any="till")
        request = Request(company_id=self.company.id, subject="till")
        other = Request(company_id=company.id, subject="till")
        decide = self.env["service_desk.routing"]._decide
        found = [
            finding and finding.rule and finding.rule.id for finding in decide([request, other])
        ]
        self.assertEqual(found, [None, own.id])
        shared = self._rule(name="all", company_id=False, team_id=False, urgency="3", sequence=99)
        found = [finding.rule and finding.rule.id for finding in decide([request, other])]
        self.assertEqual(found, [shared.id, own.id])

    def test_a_change_counts_at_once(self):
        rule = self._rule(words_any="till")
        request = Request(company_id=self.company.id, subject="till")
        decide = self.env["service_desk.routing"]._decide
        self.assertTrue(decide([request])[0].rule)
        rule.words_any = "mouse"
        self.assertFalse(decide([request])[0].rule)
        rule.unlink()
        self.assertIsNone(decide([request])[0])

    def test_what_a_rule_names_stays(self):
        """Without its only customer a rule would fit everybody."""
        partner = self.env["res.partner"].create({"name": "Named"})
        self._rule(partner_ids=[(6, 0, partner.ids)])
        self.env.flush_all()
        with (
            self.assertRaises(psycopg2.IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            partner.unlink()
            self.env.flush_all()
        partner.active = False
        self.assertEqual(self._intake().team_id, self.team_it)

    # ------------------------------------------------------------------ moving
    def test_export_and_import(self):
        names = ["name", "sequence", "channels", "senders", "words_any", "partner_ids/id", "team_id/id", "urgency", "tag_ids"]  # fmt: skip
        self.env["service_desk.tag"].create([{"name": "One"}, {"name": "Two"}])
        rule = self._rule(
            channels="email,portal",
            senders="@a.example\n@b.example",
            words_any='касса, "не печатает"',
            partner_ids=[(6, 0, self.firm_a.ids)],
            urgency="3",
            tag_ids=[
                (6, 0, self.env["service_desk.tag"].search([("name", "in", ("One", "Two"))]).ids)
            ],
        )
        rows = rule.export_data(names)["datas"]
        rule.unlink()
        result = self.rules.with_user(self.manager).load(names, rows)
        self.assertFalse(result["messages"])
        again = self.rules.browse(result["ids"])
        self.assertEqual(again.senders, "@a.example\n@b.example")
        self.assertEqual(again.partner_ids, self.firm_a)
        self.assertEqual(self._intake({"senders": ["x@a.example"]}, name="Кассы", channel="portal", partner_id=self.customer_a.id).team_id, self.team_cash)  # fmt: skip

    def test_numbers_of_use(self):
        rule = self._rule(words_any="till")
        first = self._intake(name="till 1")
        self._intake(name="mouse")
        hidden = self._intake(name="till 2")
        hidden.team_id = self.team_private
        rule.invalidate_recordset()
        mine = rule.with_user(self.manager)
        self.assertEqual(mine.use_count, 2)
        self.assertTrue(mine.last_used_at)
        action = rule.with_user(self.lead).action_open_tickets()
        self.assertEqual(action["domain"], [("id", "in", first.ids)])
