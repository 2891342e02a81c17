"""Our own expressions answer what Python's would, and always end."""

import random
import re
import time

from odoo.tests import BaseCase, tagged

from ..regexp import Automaton, OverBudgetError, PatternError

ATOMS = ["a", "b", "c", ".", " ", r"\b", r"\B", "^", "$", r"\w", r"\d", r"\s", r"\S", "[ab]", "[^a]", "[a-b1]", "1", r"\."]  # fmt: skip
REPEATS = ["*", "+", "?", "{2}", "{1,2}", "{0,1}", "{2,}", "*?", "+?"]


@tagged("post_install", "-at_install")
class TestRegexp(BaseCase):
    def _pattern(self, chance, depth=0):
        kind = chance.random()
        if depth > 3 or kind < 0.4:
            return chance.choice(ATOMS)
        if kind < 0.6:
            return self._pattern(chance, depth + 1) + self._pattern(chance, depth + 1)
        if kind < 0.75:
            return f"({self._pattern(chance, depth + 1)}|{self._pattern(chance, depth + 1)})"
        return f"(?:{self._pattern(chance, depth + 1)}){chance.choice(REPEATS)}"

    def test_as_python(self):
        """Five thousand random expressions on random texts (an empty one has borders of its own in Python)."""
        chance = random.Random(1968)
        for _number in range(5_000):
            pattern = self._pattern(chance)
            text = "".join(chance.choices("abc1 \n_.", k=chance.randint(1, 9)))
            expected = bool(re.search(pattern, text, re.MULTILINE))
            self.assertEqual(Automaton(pattern).search(text), expected, (pattern, text))

    def test_case_and_alphabets(self):
        self.assertTrue(Automaton("ККТ-[А-Я]+").search("наша ккт-ё".replace("ё", "е")))
        self.assertTrue(Automaton("счёт").search("счет"))
        self.assertFalse(Automaton("[A-Z]").search("я"))

    def test_bombs_end(self):
        text = "a" * 16_000 + "!"
        begin = time.process_time()
        for pattern in ("(a+)+$", "(a*)*b", "(a|a)*b", "(a|aa)+$", ".*.*.*x", "(.*)*x", "(a{1,20}){1,20}$", "((a+)+)+$"):  # fmt: skip
            try:
                self.assertFalse(Automaton(pattern).search(text), pattern)
            except OverBudgetError:
                continue
        # no measure of speed: Python's own engine would not come back at all
        self.assertLess(time.process_time() - begin, 60)

    def test_bombs_of_building(self):
        for pattern in ("((((){100}){100}){100}){100}", "(((a{99}){99}){99}){99}", "(" * 499, "a{100}" * 80):  # fmt: skip
            with self.subTest(pattern=pattern[:30]), self.assertRaises(PatternError):
                Automaton(pattern)

    def test_every_refusal_has_a_sentence(self):
        from ..models.routing.service_desk_routing_rule_check import PATTERN_ERRORS

        chance = random.Random(7)
        for _number in range(20_000):
            pattern = "".join(
                chance.choices(r"ab\()[]{}|*+?^$.-,12Bbdwq:=<!P", k=chance.randint(1, 8))
            )
            try:
                Automaton(pattern)
            except PatternError as error:
                self.assertIn(error.code, PATTERN_ERRORS)
                self.assertTrue(1 <= error.position <= len(pattern) + 1, (pattern, error.position))
