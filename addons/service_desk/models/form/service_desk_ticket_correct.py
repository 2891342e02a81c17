"""An agent corrects what was answered: through the same check, and everybody can read what changed."""

from markupsafe import Markup, escape

from odoo import models
from odoo.exceptions import UserError


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _answer_form(self):
        """Return the version that the ticket is to be answered by: its own, else what its offering asks now."""
        self.ensure_one()
        if self._answers():
            return self.form_version_id
        return (
            self.offering_id.sudo()._form_version()
            if self.offering_id
            else self.form_version_id.browse()
        )

    def get_answer_form(self):
        """Return what a window for correcting answers needs, as plain data in the reader's language.

        :return: ``version_id`` (False: nothing is asked), ``definition``, ``answers``, ``names``
        """
        self.ensure_one()
        self.check_access("read")
        version = self._answer_form()
        if not version:
            return {"version_id": False, "definition": {}, "answers": {}, "names": {}}
        answers = self._answers()
        names = self.env["service_desk.answer"]._names(version._definition(), answers)
        return {
            "version_id": version.id,
            "definition": version._client_definition(),
            "answers": answers,
            "names": version._names_for_client(names),
        }

    def find_answer_records(self, key, text=""):
        """Return ``[{"id", "name"}]`` that may be the answer to a question about a record.

        :param str key: of the question, ``table.column`` for a column
        """
        self.ensure_one()
        self.check_access("write")
        version = self._answer_form()
        return version._find_records(key, text, self.partner_id) if version else []

    def correct_answers(self, answers):
        """Replace the answers of the request by ``answers`` (all of them), after the form's own check.

        :raises FormRefused: with a sentence for each wrong answer
        :raises UserError: when nothing is asked, or the ticket is closed
        """
        self.ensure_one()
        self.check_access("write")
        version = self._answer_form()
        if not version:
            raise UserError(self.env._("There is no form to answer on this ticket."))
        if self.state in ("closed", "cancelled"):
            raise UserError(self.env._("The answers of a closed ticket stay as they are."))
        self._lock_answers()
        old = self._answers()
        new = version._check(answers, self.partner_id, ticket=self)
        if new != old:
            note = self._correction_note(version, old, new)
            self._store_answers(version, new)
            self._message_log(body=note)
        return True

    def _lock_answers(self):
        """Let two agents correct one after the other. sudo: a lock asks for no right."""
        self.sudo().lock_for_update()

    def _correction_note(self, version, old, new):
        """Return what changed, before and after, as HTML."""
        definition = version._client_definition(self._requester_lang())
        before, after = self._teller(definition, old), self._teller(definition, new)
        lines = [
            Markup("<li>%s: %s → %s</li>")
            % (
                question.get("label") or key,
                _told(before, question, old.get(key)),
                _told(after, question, new.get(key)),
            )
            for question in definition["questions"]
            for key in [question["key"]]
            if old.get(key) != new.get(key)
        ]
        head = escape(self.env._("The answers were corrected:"))
        return Markup("<p>%s</p><ul>%s</ul>") % (head, Markup("").join(lines))


def _told(teller, question, value):
    return "–" if value is None else teller.text(question, value)
