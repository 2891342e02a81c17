import json
import re
from pathlib import Path

from odoo.modules import get_module_path
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


@tagged("post_install", "-at_install")
class TestFormRendererImports(BaseCase):
    """What draws a form runs on public pages, too: nothing of the backend may be needed by it."""

    def test_only_the_core(self):
        folder = Path(get_module_path("service_desk"), "static/src/form")
        sources = sorted(folder.glob("*.js"))
        self.assertGreater(len(sources), 5)
        for source in sources:
            for name in re.findall(r'^(?:import|export) .*?"([^"]+)";$', source.read_text(), re.M):
                with self.subTest(source=source.name, name=name):
                    self.assertRegex(name, r"^(@odoo/owl|@web/core/|\./)")
