"""What the builder and the preview ask of a form: nothing is stored."""

from odoo import models
from odoo.exceptions import UserError

from ...forms import normalise, read
from .service_desk_form_resolver import Resolver


class TriedResolver(Resolver):
    """Files of a preview are never sent: what the browser tells of them is what is checked."""

    def __init__(self, env, partner, files):
        super().__init__(env, partner)
        self.told = files

    def files(self, ids):
        return {file_id: self.told[file_id] for file_id in ids if file_id in self.told}


class ServiceDeskForm(models.Model):
    _inherit = "service_desk.form"

    def _shown_definition(self, draft):
        """Return the definition of the draft, or of the published version (empty where there is none)."""
        self.ensure_one()
        self.check_access("read")
        if draft:
            return self._compile()
        # sudo: whoever reads the form may read what is published of it
        return self.version_id.sudo().definition or {}

    def _tried_partner(self, partner_id):
        """Return the person to try the form as: one whom the user may read, himself by default."""
        if not partner_id:
            return self.env.user.partner_id
        if isinstance(partner_id, bool) or not isinstance(partner_id, int):
            raise UserError(self.env._("Choose a person."))
        partner = self.env["res.partner"].browse(partner_id).exists()
        partner.check_access("read")
        return partner or self.env.user.partner_id

    def get_preview(self, partner_id=False, lang=False, draft=True):
        """Return the form as ``partner_id`` would begin it: ``definition``, ``answers``, ``names``.

        :param str lang: language of the texts, the user's by default
        """
        definition = self._shown_definition(draft)
        partner = self._tried_partner(partner_id)
        installed = dict(self.env["res.lang"].get_installed())
        language = lang if isinstance(lang, str) and lang in installed else self.env.lang or "en_US"
        versions = self.env["service_desk.form.version"]
        if not definition:
            return {"definition": {}, "answers": {}, "names": {}}
        answers = versions._prefill(definition, partner)
        names = self.env["service_desk.answer"]._names(definition, answers)
        return {
            "definition": versions._localized(definition, language),
            "answers": answers,
            "names": versions._names_for_client(names),
        }

    def try_answers(self, answers, partner_id=False, draft=True, files=None):
        """Check answers as sending them would, and store nothing: ``{"errors": {key: sentence}}``.

        :param list files: ``{"id", "name", "size"}`` (bytes) of the files that answers name by these ids
        """
        definition = read(self._shown_definition(draft))
        partner = self._tried_partner(partner_id)
        versions = self.env["service_desk.form.version"]
        asked = versions._asked(partner)
        asked.resolver = TriedResolver(self.env, partner, self._told_files(files))
        _kept, errors = normalise(definition, answers, asked)
        return {"errors": versions._refusal(definition, errors).errors if errors else {}}

    def _told_files(self, files):
        """Return ``{id: (name, bytes)}`` of what a browser tells of files."""
        told = {}
        for file in files if isinstance(files, list) else ():
            if isinstance(file, dict) and isinstance(file.get("id"), int):
                size = file.get("size")
                told[file["id"]] = str(file.get("name")), size if isinstance(size, int) else 0
        return told

    def find_records(self, key, text="", partner_id=False, draft=True):
        """Return ``[{"id", "name"}]`` that ``partner_id`` may answer to a question about a record.

        Whoever tries a form as another person is shown no more than he may read himself.
        """
        definition = self._shown_definition(draft)
        partner = self._tried_partner(partner_id)
        rows = self.env["service_desk.form.version"]._find_for(definition, key, text, partner)
        if not rows or partner == self.env.user.partner_id:
            return rows
        model = self.env["service_desk.form.kind"]._models()[self._kind_of(definition, key)]
        readable = self.env[model].browse([row["id"] for row in rows])._filtered_access("read")
        return [row for row in rows if row["id"] in readable.ids]

    def _kind_of(self, definition, key):
        """Return the kind of a question, or of the column ``table.column``."""
        table, _dot, column = str(key).partition(".")
        question = read(definition).get(table)
        columns = question.columns if column else (question,)
        return next(one.kind for one in columns if one.key in (column, table))
