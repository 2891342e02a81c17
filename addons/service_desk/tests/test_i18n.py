"""Russian is complete: every term has its translation, and no screen shows English."""

import re

from lxml import etree

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationModuleReader

LANG = "ru_RU"
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
LATIN = re.compile(r"[a-z]{2}", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\{.*?\}\}")
MARKUP = re.compile(r"<[^>]*>|\{\{.*?\}\}")
#: Attributes of a view that people read.
READ_ATTRIBUTES = (
    "string",
    "placeholder",
    "title",
    "confirm",
    "help",
    "sum",
    "avg",
    "alt",
    "aria-label",
)
#: The same in every language, and why.
SAME_IN_RUSSIAN = {
    "INC": "an example of a code, which is Latin by rule",
    "ID": "core's label of the technical column",
    "it": "an example of the Latin name of a mail address",
    "example.com": "an example of a domain",
    "mx.example.com": "an example of a mail server",
    "monitoring@example.com": "an example of an address",
    "till@desk.example": "an example of an address",
    "@supplier.example": "an example of a domain",
    "X-Priority: 1": "an example of a mail's header",
    "pdf, jpg, png": "an example of endings of files",
    "PDF": "the name of a format",
    "first_response": "an example of a code, which is Latin by rule",
    "https://monitoring.example.com/service-levels": "an example of an address",
    "object._file_name()": "an expression, which no one reads",
}


@tagged("post_install", "-at_install")
class TestRussian(TransactionCase):
    """Other add-ons of the desk inherit it and set ``module`` and ``allow_inherited_tests_method = True``."""

    module = "service_desk"
    #: How much an export of the add-on finds at least: an empty one would prove nothing.
    least_terms = 20
    least_fields = 10
    least_menus = 1

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env["res.lang"]._get_data(code=LANG):
            wizard = cls.env["base.language.install"].create(
                {"lang_ids": cls.env.ref("base.lang_ru").ids}
            )
            wizard.lang_install()
        module = cls.env["ir.module.module"].search([("name", "=", cls.module)])
        module._update_translations([LANG], overwrite=True)
        cls.env = cls.env(context=dict(cls.env.context, lang=LANG))

    # ------------------------------------------------------------------- terms
    def test_every_term_is_translated(self):
        faults, count = [], 0
        for _module, _kind, name, where, source, value, _comments in TranslationModuleReader(
            self.env.cr, [self.module], LANG
        ):
            if "/tests/" in name:
                continue
            count += 1
            if fault := self._term_fault(source, value):
                faults.append(f"{fault}: {source!r} ({name}, {where})")
        self.assertGreaterEqual(count, self.least_terms, "the export found next to nothing")
        self.assertFalse(faults, "\n".join(faults))

    def _term_fault(self, source, value):
        """Return what is wrong with the Russian of one term, or an empty text."""
        if self._is_language_free(source):
            return ""
        if not (value or "").strip():
            return "no Russian"
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(value)):
            return "other placeholders"
        return "" if CYRILLIC.search(value) else "Russian without Cyrillic"

    def _is_language_free(self, text):
        text = MARKUP.sub(" ", PLACEHOLDER.sub(" ", text)).strip()
        return text in SAME_IN_RUSSIAN or not LATIN.search(text)

    # ----------------------------------------------------------------- screens
    def _is_english(self, text):
        return bool(text) and not CYRILLIC.search(text) and not self._is_language_free(text)

    def _ids_of(self, model):
        """Return the ids of the records of ``model`` that this add-on brought."""
        rows = self.env["ir.model.data"].search_fetch(
            [("module", "=", self.module), ("model", "=", model)], ["res_id"]
        )
        return rows.mapped("res_id")

    def test_fields_and_choices(self):
        """Names, explanations and choices of every field of ours, as the web client asks for them."""
        found = []
        attributes = ["string", "help", "selection"]
        fields = self.env["ir.model.fields"].browse(self._ids_of("ir.model.fields"))
        for model, records in fields.grouped("model").items():
            described = self.env[model].fields_get(records.mapped("name"), attributes)
            for name, values in described.items():
                texts = [values.get("string"), values.get("help")]
                if self._has_own_choices(model, name):
                    texts += [label for _value, label in values["selection"]]
                found += [f"{model}.{name}: {text}" for text in texts if self._is_english(text)]
        self.assertGreaterEqual(len(fields), self.least_fields)
        self.assertFalse(found, "\n".join(found))

    def _has_own_choices(self, model, name):
        """Tell whether a field lists its choices itself: time zones, languages, models name themselves."""
        field = self.env[model]._fields[name]
        return field.type == "selection" and isinstance(field.selection, list)

    def test_views(self):
        """Every text and readable attribute of the views of our models, as they are after inheritance."""
        found = []
        for model, archs in self._archs_by_model().items():
            for arch in archs:
                found += [
                    f"{model}: {text}" for text in self._texts(arch) if self._is_english(text)
                ]
        self.assertFalse(found, "\n".join(sorted(set(found))))

    def _archs_by_model(self):
        views = self.env["ir.ui.view"].browse(self._ids_of("ir.ui.view")).exists()
        archs = {}
        for view in views.filtered(lambda view: view.model in self.env and view.mode == "primary"):
            got = self.env[view.model].get_view(
                view.id, "search" if view.type == "search" else view.type
            )
            archs.setdefault(view.model, []).append(got["arch"])
        for view in views.filtered(lambda view: view.type == "qweb" or view.mode == "extension"):
            archs.setdefault(view.key or view.name, []).append(view.arch)
        return archs

    def _texts(self, arch):
        """Return what a person can read in a view: texts between tags and readable attributes."""
        root = etree.fromstring(arch)
        for node in root.iter(etree.Element):
            if node.tag in ("script", "style"):
                continue
            if node.tag == "attribute" and node.get("name") not in READ_ATTRIBUTES:
                continue  # an expression for the attribute of another view
            for text in (node.text, node.tail):
                if text and text.strip():
                    yield text.strip()
            for name in READ_ATTRIBUTES:
                if text := (node.get(name) or "").strip():
                    yield text

    def test_menus_actions_and_groups(self):
        """The names and hints by which people find their way."""
        names = {
            "ir.ui.menu": ("name",),
            "ir.actions.act_window": ("name", "help"),
            "ir.actions.server": ("name",),
            "ir.actions.client": ("name",),
            "res.groups": ("name", "comment"),
            "res.groups.privilege": ("name",),
        }
        found, count = [], 0
        for model, fields in names.items():
            for record in self.env[model].browse(self._ids_of(model)).exists():
                count += 1
                for field in fields:
                    text = MARKUP.sub(" ", record[field] or "").strip()
                    if self._is_english(text):
                        found.append(f"{model} {record.id} {field}: {text}")
        self.assertGreaterEqual(count, self.least_menus)
        self.assertFalse(found, "\n".join(found))

    def test_texts_of_the_web_client(self):
        """Scripts and templates of the backend get their Russian from the server."""
        from odoo.tools.translate import code_translations

        known = code_translations.get_web_translations(self.module, LANG)["messages"]
        wrong = [
            message["id"] for message in known if self._term_fault(message["id"], message["string"])
        ]
        self.assertFalse(wrong)
