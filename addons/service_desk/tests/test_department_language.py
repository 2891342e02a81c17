"""Texts of departments in the languages that are active, and in those that come later."""

from odoo.tests import tagged

from .department_common import DepartmentCommon


@tagged("post_install", "-at_install")
class TestDepartmentLanguage(DepartmentCommon):
    def _names(self, model, lang):
        records = self._records(self.security, model)
        return {key: record.with_context(lang=lang).name for key, record in records.items()}

    def test_both_languages(self):
        self._set_languages("en_US", "ru_RU")
        self._install(self.security)
        for model in {item.res_model for item in self.security._items()}:
            if (
                "name" not in self.env[model]._fields
                or not self.env[model]._fields["name"].translate
            ):
                continue
            english, russian = self._names(model, "en_US"), self._names(model, "ru_RU")
            for key, name in english.items():
                with self.subTest(record=key):
                    self.assertRegex(name, "[A-Za-z0-9×]")
                    self.assertNotRegex(name, "[А-Яа-я]")
                    self.assertRegex(russian[key], "[А-Яа-я0-9×]|^[A-Z]+$")

    def test_russian_comes_later(self):
        """The texts of a language that is activated later are filled, what was edited stays."""
        self._set_languages("en_US")
        self._install(self.security)
        offerings = self._records(self.security, "service_desk.offering")
        offerings["offering.visitor_pass"].name = "Guest pass"
        self._set_languages("en_US", "ru_RU")
        russian = self._names("service_desk.offering", "ru_RU")
        self.assertEqual(russian["offering.goods_out"], "Вывоз ТМЦ")
        self.assertEqual(russian["offering.visitor_pass"], "Guest pass")
        self.security.invalidate_recordset()
        self.assertEqual(self.security.with_context(lang="ru_RU").name, "Пропуска и безопасность")
        version = offerings["offering.goods_out"]._form_version()
        labels = [q["label"] for q in version._client_definition("ru_RU")["questions"]]
        self.assertIn("Перечень ТМЦ", labels)

    def test_english_only_has_no_russian(self):
        self._set_languages("en_US")
        self._install(self.security)
        form = self._records(self.security, "service_desk.form")["form.goods_out"]
        stored = form._fields["name"]._get_stored_translations(form)
        self.assertEqual(stored, {"en_US": "Taking out goods"})

    def test_own_translation_stays(self):
        self._set_languages("en_US", "ru_RU")
        self._install(self.security)
        offering = self._records(self.security, "service_desk.offering")["offering.goods_out"]
        offering.with_context(lang="ru_RU").name = "Вынос имущества"
        self.departments._fill_languages(["ru_RU"])
        self.assertEqual(offering.with_context(lang="ru_RU").name, "Вынос имущества")
