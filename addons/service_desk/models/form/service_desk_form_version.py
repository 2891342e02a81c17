from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ...forms import Asked, normalise, read
from .service_desk_form_resolver import Resolver, zone_of
from .service_desk_form_sentences import refusal_text

#: What may still be written: Odoo itself moves these on when it deletes a user.
MUTABLE = frozenset({"publisher_id", "create_uid", "write_uid"})


class FormRefused(ValidationError):
    """Answers that a form does not take; ``errors`` is ``{key: sentence}``, cells as ``table.row.column``."""

    def __init__(self, message, errors):
        super().__init__(message)
        self.errors = errors
        self.context = {"errors": errors}  # Odoo tells it to the client


class ServiceDeskFormVersion(models.Model):
    """A form as it was published: tickets keep the one they were filled with, so it never changes."""

    _name = "service_desk.form.version"
    _description = "Version of a Form"
    _order = "form_id, number desc"

    form_id = fields.Many2one(
        "service_desk.form", required=True, index=True, ondelete="cascade", readonly=True
    )
    service_id = fields.Many2one(related="form_id.service_id")
    number = fields.Integer(required=True, readonly=True)
    definition = fields.Json(required=True, readonly=True)
    checksum = fields.Char(required=True, readonly=True)
    publisher_id = fields.Many2one("res.users", "Published by", readonly=True, ondelete="set null")

    _number_uniq = models.Constraint(
        "unique(form_id, number)", "This form has a version of this number already."
    )

    @api.depends("form_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(form)s, version %(number)s", form=version.form_id.name, number=version.number
            )

    def write(self, vals):
        if vals.keys() - MUTABLE:
            raise UserError(self.env._("A published version never changes. Publish a new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A published version is kept as long as its form."))

    # ------------------------------------------------------------------ reading
    def _definition(self):
        """Return the :class:`Definition`, kept in memory: it cannot change."""
        self.ensure_one()
        return self._read_definition(self.id)

    @api.model
    @tools.ormcache("version_id")
    def _read_definition(self, version_id):
        # sudo: whoever may ask a question of the form may have it read; rights are the door's business
        return read(self.sudo().browse(version_id).definition)

    def _client_definition(self, lang=None):
        """Return the definition as plain data with texts in one language, as renderers take it."""
        return self._definition().localized(lang or self.env.lang or "en_US")

    def _prefill_values(self, partner):
        """Return ``{key: value}`` that the form begins with for ``partner``: defaults and what is known of him."""
        self.ensure_one()
        return self._prefill(self._definition(), partner)

    @api.model
    def _prefill(self, definition, partner):
        form = read(definition)
        facts = self.env["service_desk.form.kind"]._prefill_facts(partner) if partner else {}
        values = {}
        for question in form.questions:
            fact = facts.get(question.data.get("prefill"))
            value = question.data.get("default") if fact is None else fact
            if value is not None:
                values[question.key] = value
        return values

    @api.model
    def _localized(self, definition, lang):
        """Return plain data of a definition with texts in one language."""
        return read(definition).localized(lang)

    @api.model
    def _names_for_client(self, names):
        """Return ``{kind: {id: name}}`` of what answers name, for pickers."""
        found = {}
        for (kind, record_id), name in names.items():
            found.setdefault(kind, {})[str(record_id)] = name
        return found

    # ----------------------------------------------------------------- checking
    def _check(self, answers, partner, ticket=None, partial=False, hidden="refuse"):
        """Return the answers as they are kept, ``{key: value}``.

        :param partner: who is asked: decides time zone and which records he may name
        :param ticket: whose answers are corrected: its files may stay
        :raises FormRefused: with a sentence for each question that is answered wrongly
        """
        self.ensure_one()
        return self._check_definition(self._definition(), answers, partner, ticket, partial, hidden)

    @api.model
    def _check_definition(
        self, definition, answers, partner, ticket=None, partial=False, hidden="refuse"
    ):
        """The same for any definition: previews check a draft by it."""
        form = read(definition)
        asked = self._asked(partner, ticket)
        kept, errors = normalise(form, answers, asked, partial=partial, hidden=hidden)
        if errors:
            raise self._refusal(form, errors)
        return kept

    def _keep_valid(self, answers, partner, ticket=None):
        """Return those of ``answers`` that the form takes, without demanding any."""
        self.ensure_one()
        form = self._definition()
        answers = {key: value for key, value in answers.items() if form.get(key)}
        while True:
            asked = self._asked(partner, ticket)
            kept, errors = normalise(form, answers, asked, partial=True, hidden="drop")
            if not errors:
                return kept
            wrong = {path.partition(".")[0] for path in errors}
            answers = {key: value for key, value in answers.items() if key not in wrong}

    @api.model
    def _asked(self, partner, ticket=None):
        zone = zone_of(partner, self.env)
        now = fields.Datetime.now().replace(tzinfo=zone_of(None, None)).astimezone(zone)
        return Asked(today=now.date(), zone=zone, resolver=Resolver(self.env, partner, ticket))

    @api.model
    def _refusal(self, form, errors):
        """Return the exception that names each question and what is wrong with its answer."""
        lang = self.env.lang or "en_US"
        sentences, lines = {}, []
        labels = _labels(form, lang)
        for path, (code, facts) in errors.items():
            label, hint = labels.get(_place(path), ("", ""))
            sentences[path] = refusal_text(self.env, code, facts, hint)
            lines.append(f"{label or path}: {sentences[path]}" if path else sentences[path])
        return FormRefused("\n".join(lines), sentences)

    # ------------------------------------------------------------------ pickers
    def _find_records(self, key, text, partner, limit=20):
        """Return ``[{"id", "name"}]`` of what ``partner`` may answer to a question about a record.

        :param str key: of the question; ``table.column`` for a column
        """
        self.ensure_one()
        return self._find_for(self._definition(), key, text, partner, limit)

    @api.model
    def _find_for(self, definition, key, text, partner, limit=20):
        table, _dot, column = str(key).partition(".")
        question = read(definition).get(table)
        if question and column:
            question = next((one for one in question.columns if one.key == column), None)
        kinds = self.env["service_desk.form.kind"]
        if not question or question.kind not in kinds._models() or not partner:
            return []
        model, domain = kinds._records(question.kind, partner)
        found = model.name_search(str(text or "")[:80], domain, limit=min(limit, 50))
        return [{"id": record_id, "name": name} for record_id, name in found]


def _place(path):
    """Return ``table.column`` of ``table.3.column``."""
    parts = path.split(".")
    return ".".join((parts[0], *parts[2:]))


def _labels(form, lang):
    """Return ``{key: (label, hint)}``, columns as ``table.column``."""
    plain = form.localized(lang)
    labels = {}
    for question in plain.get("questions", ()):
        labels[question["key"]] = question.get("label") or "", question.get("pattern_hint") or ""
        for column in question.get("columns", ()):
            labels[f"{question['key']}.{column['key']}"] = (
                f"{question.get('label')}: {column.get('label')}",
                column.get("pattern_hint") or "",
            )
    return labels
