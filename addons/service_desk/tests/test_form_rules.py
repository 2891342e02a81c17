"""The rules of forms without a database: kinds, limits, conditions."""

from datetime import date
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from odoo.addons.service_desk.forms import Asked, conditions, normalise, problems, read
from odoo.addons.service_desk.forms.lines import read_lines

BERLIN = ZoneInfo("Europe/Berlin")


def question(key, kind, **more):
    return {"key": key, "kind": kind, "label": {"en_US": key.title()}, **more}


def form(*questions, sections=()):
    return {"format": 1, "sections": list(sections), "questions": list(questions)}


OPTIONS = [{"key": key, "label": {"en_US": key}} for key in ("till", "printer")]


class Resolver:
    def __init__(self, ids=(), files=None, kinds=None):
        self.ids, self.own, self.kinds = set(ids), files or {}, kinds

    def knows(self, kind):
        return self.kinds is None or kind in self.kinds

    def records(self, kind, ids):
        return self.ids & set(ids)

    def files(self, ids):
        return {one: self.own[one] for one in ids if one in self.own}


@tagged("post_install", "-at_install")
class TestFormRules(BaseCase):
    def _ask(self, definition, answers, resolver=None, **how):
        self.assertEqual(problems(definition), [])
        asked = Asked(date(2026, 6, 15), BERLIN, resolver or Resolver())
        kept, errors = normalise(definition, answers, asked, **how)
        return kept, {key: code for key, (code, _facts) in errors.items()}

    def _one(self, data, value, resolver=None):
        kept, errors = self._ask(form(data), {data["key"]: value}, resolver)
        return errors.get(data["key"]) or kept.get(data["key"])

    def test_text(self):
        for value, outcome in (
            ("  Hello ", "Hello"),
            (5, "not_text"),
            (["x"], "not_text"),
            ("two\nlines", "not_line"),
            ("nul\x00", "not_line"),
            ("half \ud83d", "not_line"),
            ("turned \u202e", "not_line"),
            ("x" * 256, "too_long"),
            ("x" * 10_000_000, "too_long"),
        ):
            self.assertEqual(self._one(question("a", "text"), value), outcome)
        self.assertEqual(self._one(question("a", "long_text"), "two\r\nlines"), "two\nlines")
        limited = question("a", "text", min_length=2, max_length=3)
        self.assertEqual(
            [self._one(limited, one) for one in ("a", "abc", "abcd")],
            ["too_short", "abc", "too_long"],
        )

    def test_pattern_is_of_the_whole_text_and_never_hangs(self):
        data = question("a", "text", pattern=r"[A-Z]{2}\d{3}")
        self.assertEqual(self._one(data, "AB123"), "AB123")
        for wrong in ("xAB123", "AB1234", "AB12"):
            self.assertEqual(self._one(data, wrong), "pattern")
        evil = question("a", "text", pattern="(a+)+b")
        self.assertEqual(self._one(evil, "a" * 250), "pattern")

    def test_numbers(self):
        whole, exact = question("n", "number"), question("n", "number", decimals=3)
        for value, outcome in (
            (5, 5),
            ("5", 5),
            (5.0, 5),
            (5.5, "decimals"),
            (True, "not_number"),
            ("5,5", "not_number"),
            ("1e3", "not_number"),
            ("٣", "not_number"),
            (float("nan"), "not_number"),
            (float("inf"), "not_number"),
            (1e308, "too_large"),
            (10**400, "too_large"),
            (None, None),
            ([5], "not_number"),
        ):
            self.assertEqual(self._one(whole, value), outcome, value)
        for value, outcome in ((0.1, 0.1), ("0.125", 0.125), (0.0001, "decimals"), (-0.0, 0.0)):
            self.assertEqual(self._one(exact, value), outcome)
        self.assertEqual(
            self._one(question("n", "number", decimals=6), "123456789012.123456"), "too_many_digits"
        )
        ranged = question("n", "money", min=1, max=2.5)
        self.assertEqual(
            [self._one(ranged, one) for one in (0.99, 1, 2.5, 2.51)],
            ["too_small", 1.0, 2.5, "too_large"],
        )

    def test_dates(self):
        for value, outcome in (
            ("2026-02-28", "2026-02-28"),
            ("2026-02-30", "not_date"),
            ("28.02.2026", "not_date"),
            ("0001-01-01", "not_date"),
            (20260228, "not_date"),
        ):
            self.assertEqual(self._one(question("d", "date"), value), outcome)

    def test_moments_are_of_the_askers_clock(self):
        data = question("d", "datetime")
        for value, outcome in (
            ("2026-07-01T09:30", "2026-07-01 07:30:00"),
            ("2026-07-01T09:30:15+00:00", "2026-07-01 09:30:15"),
            ("2026-07-01T09:30Z", "2026-07-01 09:30:00"),
            ("2026-07-01 09:30:00", "2026-07-01 09:30:00"),
            ("2026-03-29T02:30", "no_such_hour"),
            ("2026-07-01", "not_datetime"),
            ("9999-12-31T23:59", "not_datetime"),
            (1.5, "not_datetime"),
        ):
            self.assertEqual(self._one(data, value), outcome, value)

    def test_dates_after_other_dates(self):
        trip = form(
            question("start", "date", not_before={"today": True, "days": 3}),
            question("end", "date", not_before={"key": "start", "days": 0}),
        )
        good = {"start": "2026-06-18", "end": "2026-06-18"}
        self.assertEqual(self._ask(trip, good), (good, {}))
        self.assertEqual(
            self._ask(trip, {"start": "2026-06-17", "end": "2026-06-17"})[1], {"start": "too_early"}
        )
        self.assertEqual(
            self._ask(trip, {"start": "2026-06-20", "end": "2026-06-19"})[1], {"end": "too_early"}
        )

    def test_choices(self):
        one = question("c", "choice", options=OPTIONS)
        many = question("c", "choices", options=OPTIONS, max_count=1)
        self.assertEqual(self._one(one, "till"), "till")
        self.assertEqual(self._one(one, "scale"), "not_option")
        self.assertEqual(self._one(one, ["till"]), "not_option")
        self.assertEqual(self._one(many, ["printer"]), ["printer"])
        self.assertEqual(self._one(many, ["printer", "till"]), "too_many")
        self.assertEqual(self._one(many, ["till", "till"]), "twice")
        self.assertEqual(self._one(many, "till"), "not_options")
        loose = question("c", "choices", options=OPTIONS)
        self.assertEqual(self._one(loose, ["printer", "till"]), ["till", "printer"])

    def test_yes_or_no(self):
        data = question("b", "boolean", required=True)
        self.assertIs(self._one(data, False), False)
        self.assertEqual(self._ask(form(data), {"b": False}), ({"b": False}, {}))
        self.assertEqual(self._one(data, 1), "not_boolean")
        self.assertEqual(self._one(data, None), "required")

    def test_records_and_files(self):
        contact = question("p", "contact")
        self.assertEqual(self._one(contact, 7, Resolver([7])), 7)
        for wrong in (8, "7", True, -1, 2**70, 7.0, [7]):
            self.assertEqual(self._one(contact, wrong, Resolver([7])), "not_record", wrong)
        files = question("f", "files", max_count=2, max_mb=1, types=["pdf"])
        own = {1: ("a.pdf", 10), 2: ("b.PDF", 10), 3: ("c.exe", 1), 4: ("d.pdf", 2 * 1024 * 1024)}
        for value, outcome in (
            ([2, 1], [1, 2]),
            ([3], "file_type"),
            ([4], "file_size"),
            ([5], "not_files"),
            ([1, 1], "twice"),
            ([1, 2, 3], "too_many"),
            (1, "not_files"),
        ):
            self.assertEqual(self._one(files, value, Resolver(files=own)), outcome)

    def test_a_kind_that_is_not_there_is_not_asked(self):
        data = form(question("e", "employee", required=True), question("t", "text"))
        here = Resolver(kinds={"text"})
        self.assertEqual(self._ask(data, {"t": "x"}, here), ({"t": "x"}, {}))
        self.assertEqual(self._ask(data, {"e": 5}, here)[1], {"e": "not_record"})

    def test_tables(self):
        data = question(
            "rows",
            "table",
            max_count=2,
            columns=[question("what", "text", required=True), question("n", "number", min=1)],
        )
        good = [{"what": "a", "n": 1}, {"what": "b"}]
        self.assertEqual(self._one(data, good), good)
        ask = lambda rows: self._ask(form(data), {"rows": rows})[1]  # noqa: E731
        self.assertEqual(
            ask([{"what": "a"}, {"n": 0}]), {"rows.1.what": "required", "rows.1.n": "too_small"}
        )
        self.assertEqual(ask([{"what": "a", "x": 1}]), {"rows.0.x": "unknown"})
        self.assertEqual(ask([{"what": "a"}] * 3), {"rows": "too_many"})
        self.assertEqual(ask("rows"), {"rows": "not_table"})
        loose = form(question("rows", "table", columns=[question("what", "text")]))
        self.assertEqual(self._ask(loose, {"rows": [{}]})[1], {"rows.0": "empty_row"})

    def test_hidden_questions(self):
        data = form(
            question("what", "choice", options=OPTIONS, required=True),
            question(
                "model",
                "text",
                required=True,
                shown_if={"all": [{"key": "what", "op": "=", "value": "printer"}]},
            ),
            question(
                "why", "text", required_if={"any": [{"key": "what", "op": "=", "value": "till"}]}
            ),
        )
        self.assertEqual(self._ask(data, {"what": "till", "why": "x"})[1], {})
        self.assertEqual(self._ask(data, {"what": "till"})[1], {"why": "required"})
        self.assertEqual(self._ask(data, {"what": "printer"})[1], {"model": "required"})
        hidden = {"what": "till", "why": "x", "model": "M"}
        self.assertEqual(self._ask(data, hidden)[1], {"model": "hidden"})
        self.assertEqual(self._ask(data, hidden, hidden="drop")[0], {"what": "till", "why": "x"})
        self.assertEqual(self._ask(data, {"what": "till", "why": "x", "model": ""})[1], {})
        # one mistake is told once
        self.assertEqual(
            self._ask(data, {"what": "nonsense", "model": "M", "why": "x"})[1],
            {"what": "not_option"},
        )

    def test_sections_are_hidden_whole(self):
        data = form(
            question("far", "boolean", section=""),
            question("where", "text", section="trip", required=True),
            sections=[
                {
                    "key": "trip",
                    "label": {"en_US": "Trip"},
                    "shown_if": {"all": [{"key": "far", "op": "=", "value": True}]},
                }
            ],
        )
        self.assertEqual(self._ask(data, {"far": False})[1], {})
        self.assertEqual(self._ask(data, {"far": True})[1], {"where": "required"})

    def test_unknown_keys_are_refused(self):
        data = form(question("a", "text"))
        self.assertEqual(self._ask(data, {"b": 1, "a": "x"})[1], {"b": "unknown"})
        self.assertEqual(self._ask(data, ["a"])[1], {"": "not_answers"})

    # -------------------------------------------------------------- definitions
    def _codes(self, *questions, **more):
        return [(one.key, one.code) for one in problems(form(*questions, **more))]

    def test_problems_are_named_by_question(self):
        later = {"all": [{"key": "z", "op": "=", "value": "x"}]}
        for questions, found in (
            ((), [("", "no_questions")]),
            ((question("a", "text"), question("a", "date")), [("a", "key_twice")]),
            ((question("Ä", "text"),), [("Ä", "key_unreadable")]),
            ((question("a", "magic"),), [("a", "kind_unknown")]),
            ((question("a", "text", label={}),), [("a", "no_label")]),
            ((question("a", "choice"),), [("a", "no_options")]),
            ((question("a", "choice", options=OPTIONS * 2),), [("a", "option_twice")]),
            ((question("a", "table"),), [("a", "no_columns")]),
            ((question("a", "number", min=5, max=4),), [("a", "range_impossible")]),
            ((question("a", "number", min=float("nan")),), [("a", "rule_unreadable")]),
            ((question("a", "text", pattern="(a"),), [("a", "pattern_unreadable")]),
            (
                (question("a", "date", not_before={"key": "b", "days": 1}),),
                [("a", "date_of_unknown")],
            ),
            ((question("a", "text", shown_if=later),), [("a", "condition_unknown")]),
            (
                (question("a", "text", shown_if=later), question("z", "text")),
                [("a", "condition_later")],
            ),
            ((question("z", "text", shown_if=later),), [("z", "condition_itself")]),
            ((question("a", "text", shown_if={"none": []}),), [("a", "condition_unreadable")]),
        ):
            self.assertEqual(self._codes(*questions), found)

    def test_wrong_comparisons(self):
        asked = (
            question("n", "number"), question("c", "choice", options=OPTIONS), question("b", "boolean"),
            question("d", "date"), question("t", "table", columns=[question("x", "text")]),
        )  # fmt: skip
        for line, code in (
            ({"key": "n", "op": "=", "value": "5"}, "condition_value"),
            ({"key": "n", "op": "contains", "value": 5}, "condition_operator"),
            ({"key": "n", "op": ">", "value": float("nan")}, "condition_value"),
            ({"key": "n", "op": "in", "value": 5}, "condition_value"),
            ({"key": "c", "op": "=", "value": "scale"}, "condition_value"),
            ({"key": "c", "op": ">", "value": "till"}, "condition_operator"),
            ({"key": "b", "op": "=", "value": 1}, "condition_value"),
            ({"key": "d", "op": ">", "value": "1.5.2026"}, "condition_value"),
            ({"key": "t", "op": "=", "value": []}, "condition_operator"),
            ({"key": "n", "op": ["="], "value": 5}, "condition_operator"),
        ):
            found = conditions.check({"all": [line]}, form(*asked))
            self.assertEqual([one for one, _facts in found], [code], line)

    def test_texts_fall_back(self):
        label = {"en_US": "Name", "ru_RU": "Имя", "de_DE": "Name (D)"}
        data = read(form(question("a", "text", label=label)))
        for lang, text in (("ru_RU", "Имя"), ("de_AT", "Name (D)"), ("fr_FR", "Name")):
            self.assertEqual(data.localized(lang)["questions"][0]["label"], text)

    def test_lines_of_a_mail(self):
        data = form(
            question("what", "choice", options=OPTIONS, label={"en_US": "What", "ru_RU": "Что"}),
            question("sum", "money", label={"en_US": "Sum"}),
            question("who", "contact", label={"en_US": "Who"}),
            question("why", "text", label={"en_US": "Why"}),
        )
        text = "Hello\nЧто: TILL\nSum: 1 200,50\nWho: Bob\nWhy: first\nWhy: second\nElse: x"
        self.assertEqual(read_lines(data, text), {"what": "till", "sum": "1200.50"})
