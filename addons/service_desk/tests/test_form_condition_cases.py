import json

from odoo.tests import BaseCase, tagged
from odoo.tools import file_open

from ..forms import conditions

CASES = "service_desk/static/tests/unit/form_condition_cases.js"


@tagged("post_install", "-at_install")
class TestFormConditionCases(BaseCase):
    """What a condition means is the same in the browser and here: both run one table of cases."""

    def _cases(self):
        with file_open(CASES) as source:
            text = source.read()
        return json.loads(text.partition("=")[2].strip().removesuffix(";"))

    def test_the_same_as_in_the_browser(self):
        cases = self._cases()
        self.assertGreater(len(cases), 50)
        for condition, answers, expected in cases:
            with self.subTest(condition=condition, answers=answers):
                self.assertIs(conditions.holds(condition, answers), expected)
