"""What the builder and the preview ask of a form: nothing is stored."""

from odoo import models
from odoo.exceptions import UserError

from .service_desk_form_version import FormRefused


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

    def try_answers(self, answers, partner_id=False, draft=True):
        """Check answers as sending them would, and store nothing: ``{"errors": {key: sentence}}``."""
        definition = self._shown_definition(draft)
        partner = self._tried_partner(partner_id)
        try:
            self.env["service_desk.form.version"]._check_definition(definition, answers, partner)
        except FormRefused as refused:
            return {"errors": refused.errors}
        return {"errors": {}}

    def find_records(self, key, text="", partner_id=False, draft=True):
        """Return ``[{"id", "name"}]`` that ``partner_id`` may answer to a question about a record."""
        definition = self._shown_definition(draft)
        partner = self._tried_partner(partner_id)
        return self.env["service_desk.form.version"]._find_for(definition, key, text, partner)
