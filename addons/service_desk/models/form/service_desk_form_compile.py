"""From a draft's rows to a definition: plain data, with the labels of every installed language."""

import hashlib
import json

from odoo import api, fields, models

from ...forms import Asked, Problem, normalise, problems, read
from ...forms import definition as shape


def texts_of(record, name):
    """Return ``{language: text}`` of a translated field, languages without a text left out."""
    codes = [code for code, _name in record.env["res.lang"].get_installed()]
    texts = {code: record.with_context(lang=code)[name] for code in codes}
    return {code: text for code, text in sorted(texts.items()) if text}


class ServiceDeskForm(models.Model):
    _inherit = "service_desk.form"

    def _compile(self):
        """Return the definition that the draft stands for; it may still have problems."""
        self.ensure_one()
        # nothing of another language or user may be in the cache of what becomes evidence
        form = self.with_context(active_test=True)
        sections, questions, current = [], [], ""
        for row in form.question_ids.sorted(lambda row: (row.sequence, row.id or 0)):
            if row.kind == "section":
                current = row.key or ""
                sections.append(row._compile_section())
            else:
                questions.append(dict(row._compile_question(), section=current))
        return {"format": shape.FORMAT, "sections": sections, "questions": questions}

    @api.model
    def _checksum(self, definition):
        """Return what two equal definitions have in common."""
        text = json.dumps(definition, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def _problems(self):
        """Return the :class:`Problem` list of the draft."""
        self.ensure_one()
        definition = self._compile()
        found = problems(definition)
        form = read(definition)
        kinds = self.env["service_desk.form.kind"]
        here, prefills = kinds._kinds(), kinds._prefills()
        for question in form.questions:
            for one in (question, *question.columns):
                if one.kind in shape.KINDS and one.kind not in here:
                    found.append(Problem(question.key, "kind_unknown", {"kind": one.kind}))
            fact = question.data.get("prefill")
            if fact and (fact not in prefills or question.kind not in prefills[fact][1]):
                found.append(Problem(question.key, "prefill_unfit"))
        return found + self._default_problems(form, found)

    def _default_problems(self, form, found):
        """A default must be an answer that the question takes."""
        if found:
            return []
        wrong = []
        for question in form.questions:
            if "default" not in question.data or question.kind in shape.DATE_KINDS:
                continue
            bare = {**question.data, "shown_if": None, "section": ""}
            asked = Asked(today=fields.Date.today())
            _kept, errors = normalise(
                {"questions": [bare]}, {question.key: question.data["default"]}, asked
            )
            if errors:
                wrong.append(Problem(question.key, "default_unfit"))
        return wrong


class ServiceDeskFormQuestion(models.Model):
    _inherit = "service_desk.form.question"

    def _compile_section(self):
        return self._without_empty(
            key=self.key,
            label=texts_of(self, "name"),
            help=texts_of(self, "help_text"),
            shown_if=self.shown_if or None,
        )

    def _compile_question(self):
        """Return the definition of one question or column."""
        rules = self.rules if isinstance(self.rules, dict) else {}
        known = shape.RULES.get(self.kind, ())
        data = self._without_empty(
            **{name: rules[name] for name in known if rules.get(name) is not None},
            key=self.key,
            kind=self.kind,
            label=texts_of(self, "name"),
            help=texts_of(self, "help_text"),
            placeholder=texts_of(self, "placeholder"),
            pattern_hint=texts_of(self, "pattern_hint"),
            prefill=self.prefill or None,
            shown_if=self.shown_if or None,
            required_if=self.required_if or None,
        )
        data["required"] = self.is_required
        if rules.get("default") is not None:
            data["default"] = rules["default"]
        if self.kind in shape.CHOICE_KINDS:
            data["options"] = [
                {"key": option.key, "label": texts_of(option, "name")}
                for option in self.option_ids.sorted(lambda row: (row.sequence, row.id or 0))
            ]
        if self.kind == "table":
            columns = self.column_ids.sorted(lambda row: (row.sequence, row.id or 0))
            data["columns"] = [column._compile_question() for column in columns]
        return data

    @api.model
    def _without_empty(self, **values):
        return {name: value for name, value in values.items() if value is not None and value != {}}
