import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...forms.definition import KEY

LATIN = dict(
    zip(
        "абвгдезийклмнопрстуфхцыэ",
        ["a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t",
         "u", "f", "kh", "ts", "y", "e"],
        strict=True,
    ),
    ж="zh", ч="ch", ш="sh", щ="shch", ю="yu", я="ya", ё="e", ъ="", ь="",
)  # fmt: skip


def latin_key(text, taken=(), fallback="question"):
    """Return a technical key made of a label, not among ``taken``."""
    letters = "".join(LATIN.get(char, char) for char in (text or "").lower())
    key = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:32].strip("_")
    if not key or not key[0].isalpha():
        key = f"{fallback}_{key}".rstrip("_")
    found, number = key, 1
    while found in taken:
        number += 1
        found = f"{key}_{number}"
    return found


class ServiceDeskFormQuestion(models.Model):
    """One row of a form's draft: a question, the beginning of a section, or a column of a table."""

    _name = "service_desk.form.question"
    _description = "Question of a Form"
    _inherit = ["service_desk.anchored.mixin"]
    _order = "sequence, id"
    _anchors = frozenset({"form_id", "parent_id"})

    form_id = fields.Many2one("service_desk.form", required=True, index=True, ondelete="cascade")
    parent_id = fields.Many2one(
        "service_desk.form.question",
        "Column of",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('form_id', '=', form_id), ('kind', '=', 'table')]",
    )
    column_ids = fields.One2many("service_desk.form.question", "parent_id", "Columns", copy=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Question", required=True, translate=True)
    key = fields.Char(
        "Technical Key",
        help="Names the question in conditions and reports. It is made of the label and stays.",
    )
    kind = fields.Selection("_selection_kind", required=True, default="text")
    help_text = fields.Text("Help", translate=True, help="One or two sentences below the question.")
    placeholder = fields.Char(translate=True)
    is_required = fields.Boolean("Required")
    required_if = fields.Json(help="A condition under which it must be answered.")
    shown_if = fields.Json(help="A condition on earlier answers; without one it is always asked.")
    prefill = fields.Selection(
        "_selection_prefill", help="Filled with what is known of who asks; he can change it."
    )
    rules = fields.Json(
        "Limits",
        help="Default and limits of the answer; which there are depends on the kind, see the manual.",
    )
    pattern_hint = fields.Char(
        translate=True, help="What to write, told when the answer does not fit the pattern."
    )
    option_ids = fields.One2many("service_desk.form.option", "question_id", "Options", copy=True)

    @api.model
    def _selection_kind(self):
        kinds = self.env["service_desk.form.kind"]._kinds()
        return [("section", self.env._("Section")), *kinds.items()]

    @api.model
    def _selection_prefill(self):
        facts = self.env["service_desk.form.kind"]._prefills()
        return [(fact, label) for fact, (label, _kinds) in facts.items()]

    # --------------------------------------------------------------------- keys
    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._with_form(vals) for vals in vals_list]
        taken = self._taken_keys({vals.get("form_id") for vals in vals_list})
        keyed = []
        for vals in vals_list:
            known = taken.setdefault((vals.get("form_id"), vals.get("parent_id") or False), set())
            key = vals.get("key") or latin_key(vals.get("name"), known)
            known.add(key)
            keyed.append(dict(vals, key=key))
        return super().create(keyed)

    @api.model
    def _with_form(self, vals):
        """A column belongs to the form of its table."""
        if vals.get("parent_id"):
            return dict(vals, form_id=self.browse(vals["parent_id"]).form_id.id)
        return vals

    @api.model
    def _taken_keys(self, form_ids):
        """Return ``{(form id, table id): {keys}}``."""
        taken = {}
        ids = [form_id for form_id in form_ids if isinstance(form_id, int)]
        for question in self.search([("form_id", "in", ids)]):
            place = question.form_id.id, question.parent_id.id
            taken.setdefault(place, set()).add(question.key)
        return taken

    @api.constrains("key")
    def _check_key(self):
        for question in self:
            if not KEY.fullmatch(question.key or ""):
                raise ValidationError(
                    self.env._(
                        "“%(key)s” cannot be a key: small Latin letters, digits and underscores, at most 40.",
                        key=(question.key or "")[:60],
                    )
                )

    @api.constrains("parent_id", "form_id", "kind")
    def _check_parent(self):
        for question in self:
            table = question.parent_id
            if table and (
                table.kind != "table"
                or table.form_id != question.form_id
                or question.kind in ("table", "files", "section")
            ):
                raise ValidationError(
                    self.env._("“%(name)s” cannot be a column of that.", name=question.name)
                )


class ServiceDeskFormOption(models.Model):
    """One of the answers that a choice offers."""

    _name = "service_desk.form.option"
    _description = "Option of a Question"
    _inherit = ["service_desk.anchored.mixin"]
    _order = "sequence, id"
    _anchors = frozenset({"question_id"})

    question_id = fields.Many2one(
        "service_desk.form.question", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    name = fields.Char("Option", required=True, translate=True)
    key = fields.Char("Technical Key", help="Names the option in conditions and reports. It stays.")

    @api.model_create_multi
    def create(self, vals_list):
        ids = [
            vals["question_id"] for vals in vals_list if isinstance(vals.get("question_id"), int)
        ]
        taken = {}
        for option in self.with_context(active_test=False).search([("question_id", "in", ids)]):
            taken.setdefault(option.question_id.id, set()).add(option.key)
        keyed = []
        for vals in vals_list:
            known = taken.setdefault(vals.get("question_id"), set())
            key = vals.get("key") or latin_key(vals.get("name"), known, "option")
            known.add(key)
            keyed.append(dict(vals, key=key))
        return super().create(keyed)

    @api.constrains("key")
    def _check_key(self):
        for option in self:
            if not KEY.fullmatch(option.key or ""):
                raise ValidationError(
                    self.env._(
                        "“%(key)s” cannot be a key: small Latin letters, digits and underscores, at most 40.",
                        key=(option.key or "")[:60],
                    )
                )
