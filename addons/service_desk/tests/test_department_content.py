"""The files of the departments, without a database."""

from copy import deepcopy

from odoo.tests import BaseCase, tagged

from .. import departments
from ..forms import problems as form_problems

ALL = {
    "it", "facilities", "security", "shop_equipment", "logistics", "transport", "plant", "hr", "social", "labour",
}  # fmt: skip


def definition_of(offering):
    """Return the definition that the questions of an offering are compiled to."""

    def question(data, section):
        found = {name: value for name, value in data.items() if name not in ("limits", "columns")}
        found.update(data.get("limits", {}), section=section, required=bool(data.get("required")))
        if "columns" in data:
            found["columns"] = [question(column, "") for column in data["columns"]]
        return found

    sections, questions, current = [], [], ""
    for data in offering.get("questions", ()):
        if data["kind"] == "section":
            current = data["key"]
            sections.append({"key": current, "label": data["label"]})
        else:
            questions.append(question(data, current))
    return {"format": 1, "sections": sections, "questions": questions}


@tagged("post_install", "-at_install")
class TestDepartmentContent(BaseCase):
    def test_all_are_there(self):
        self.assertEqual(set(departments.packs()), ALL)

    def test_nothing_is_wrong(self):
        for code, data in departments.packs().items():
            with self.subTest(department=code):
                self.assertEqual(departments.problems(data), [])

    def test_forms_can_be_published(self):
        for code, data in departments.packs().items():
            for service in data["services"]:
                for offering in service["offerings"]:
                    with self.subTest(department=code, offering=offering["key"]):
                        self.assertEqual(form_problems(definition_of(offering)), [])

    def _broken(self, change):
        data = deepcopy(departments.pack("security"))
        change(data)
        return "\n".join(departments.problems(data))

    def test_what_is_wrong_is_named(self):
        """Each fault gives a sentence that names the place."""
        offering = ("services", 0, "offerings", 0)

        def put(*path, value):
            def change(data):
                for name in path[:-1]:
                    data = data[name]
                data[path[-1]] = value

            return change

        cases = (
            (put("name", "ru", value=""), "security.name: there is no text in “ru”"),
            (put("name", "de", value="Pass"), "“de” is no language"),
            (put("name", "en", value="Пропуск"), "the English text has Russian letters"),
            (put("name", "ru", value="Пропуск badge"), "has Latin words: badge"),
            (put(*offering, "key", value="Visitor pass"), "“Visitor pass” cannot be a key"),
            (put(*offering, "key", value="staff_pass"), "“staff_pass” stands there twice"),
            (put(*offering, "type", value="wish"), "“wish” is no type of ticket"),
            (put(*offering, "urgency", value="9"), "impact and urgency are 1, 2 or 3"),
            (put(*offering, "approval", value="nobody"), "refers to “approval.nobody”"),
            (put(*offering, "routes", value=[{"name": {"en": "a", "ru": "а"},
                "when": {"all": [{"key": "gone", "op": "set"}]}}]), "asks for “gone”"),
            (put("services", value=[]), "0 services; 2 to 5 are wanted"),
            (put("services", 0, "team", value="guards"), "refers to “team.guards”"),
        )  # fmt: skip
        for change, sentence in cases:
            with self.subTest(sentence=sentence):
                self.assertIn(sentence, self._broken(change))

    def test_nodes_come_after_what_they_refer_to(self):
        for code, data in departments.packs().items():
            known = set()
            for node in departments.nodes(data):
                for keys in node.refs.values():
                    for key in keys if isinstance(keys, tuple) else (keys,):
                        own = key.rpartition("|")[2]
                        self.assertTrue(own.startswith("xmlid:") or own in known, (code, node, key))
                self.assertNotIn(node.key, known, code)
                known.add(node.key)
