"""The answers of a ticket: kept in rows, read back as they were given, told to people."""

from odoo import api, fields, models

from .answer_text import Teller


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    form_version_id = fields.Many2one(
        "service_desk.form.version",
        "Form",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        help="The version of the form that the request was filled with, or is to be filled with.",
    )
    answer_ids = fields.One2many("service_desk.answer", "ticket_id", "Answers", readonly=True)
    answers_html = fields.Html("Request", compute="_compute_answers_html")
    former_answers_html = fields.Html("Former Answers", compute="_compute_answers_html")

    @api.depends("answer_ids.display", "answer_ids.is_former", "form_version_id")
    @api.depends_context("lang", "tz")
    def _compute_answers_html(self):
        # most tickets have no form: they cost no query
        answered = self.filtered("form_version_id")
        (self - answered).answers_html = (self - answered).former_answers_html = False
        for ticket in answered:
            ticket.answers_html = ticket._answers_html() or False
            ticket.former_answers_html = ticket._former_answers_html() or False

    # ------------------------------------------------------------------ reading
    def _answers(self):
        """Return ``{key: value}`` as the form took them: see docs/developers/forms.md for the types."""
        self.ensure_one()
        if not self.form_version_id:
            return {}
        # sudo: what of a ticket its readers may see, its answers are
        rows_sudo = self.sudo().answer_ids.filtered(lambda row: not row.is_former)
        return rows_sudo._values(self.form_version_id) if rows_sudo else {}

    def _answers_html(self, lang=None):
        """Return the answers as safe HTML in a language (default: the reader's)."""
        self.ensure_one()
        answers = self._answers()
        if not answers:
            return ""
        ticket = self.with_context(lang=lang) if lang else self
        definition = ticket.form_version_id._client_definition(ticket.env.lang)
        return ticket._teller(definition, answers).html(definition, answers)

    def _teller(self, definition, answers):
        """Return who tells ``answers`` in the language and time zone of the environment."""
        names = self.env["service_desk.answer"]._names(definition, answers)
        return Teller(self.env, definition, names, self.company_id.currency_id)

    def _former_answers_html(self):
        former_sudo = self.sudo().answer_ids.filtered("is_former")
        return Teller(self.env, {}, {}, None).html(*former_sudo._as_told()) if former_sudo else ""

    # ------------------------------------------------------------------ storing
    def _store_answers(self, version, answers):
        """Keep the answers that ``version._check`` has returned, instead of those the ticket had.

        The hook :meth:`_on_answers_changed` follows where the ticket was there before.
        """
        self.ensure_one()
        old = self._answers()
        self._replace_answers(version, answers)
        if old != answers:
            self._on_answers_changed(old, answers)

    def _replace_answers(self, version, answers):
        # sudo: answers are written by this way only, after the check of the form
        ticket_sudo = self.sudo()
        ticket_sudo.answer_ids.filtered(lambda row: not row.is_former).unlink()
        if ticket_sudo.form_version_id != version:
            self._set_marks(form_version_id=version.id)
        rows = ticket_sudo.env["service_desk.answer"]._prepare_rows(ticket_sudo, version, answers)
        rows_sudo = ticket_sudo.env["service_desk.answer"].create(rows)
        files_sudo = rows_sudo.attachment_ids.filtered(lambda file: not file.res_id)
        if files_sudo:
            files_sudo.write({"res_model": self._name, "res_id": self.id})

    def _on_answers_changed(self, old, new):
        """Hook: the answers of this ticket have changed from ``old`` to ``new`` (``{key: value}``)."""

    def _requester_lang(self):
        """Return the language in which answers are kept as told: the requester's, else the user's."""
        return self.partner_id.lang or self.env.lang or "en_US"
