"""How answers come to a ticket: with the request, from a mail's lines, and along with a new offering."""

from dataclasses import dataclass, field

from odoo import api, models
from odoo.exceptions import ValidationError

from ...forms.lines import read_lines

#: Where the context carries checked answers to the new ticket; an instance, which no remote call can send.
CONTEXT_KEY = "service_desk_answers"


@dataclass
class CheckedAnswers:
    """Answers that ``version._check`` has let through, for the one ticket that is being made."""

    version: object
    answers: dict = field(default_factory=dict)
    is_stored: bool = False


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model
    def _intake(self, vals, attachments=(), facts=None, answers=None):
        """Make a ticket as before, with the answers to the form of its offering.

        :param dict answers: as the requester gave them; None where the channel cannot ask (mail, phone)
        :raises FormRefused: with a sentence for each wrong answer; there is no ticket then
        """
        # sudo: a requester has no right on offerings; whether he may use this one is checked in create()
        offering_sudo = self.env["service_desk.offering"].sudo().browse(vals.get("offering_id"))
        checked = self._check_request_answers(offering_sudo, vals, facts, answers)
        if not checked:
            return super()._intake(vals, attachments, facts)
        if not self._clean_subject(vals.get("name")) and not vals.get("description"):
            vals = dict(vals, name=offering_sudo.name)
        carrying = self.with_context(**{CONTEXT_KEY: checked})
        ticket = super(ServiceDeskTicket, carrying)._intake(vals, attachments, facts)
        return ticket._without_answers()

    @api.model
    def _check_request_answers(self, offering, vals, facts, answers):
        """Return the :class:`CheckedAnswers` of a request; None where nothing is asked or told."""
        version = offering and offering._form_version()
        if not version:
            if answers:
                raise ValidationError(self.env._("Nothing is asked there; answers cannot be kept."))
            return None
        partner = self.env["res.partner"].browse(vals.get("partner_id"))
        if answers is None:
            told = self._answers_told(version, partner, facts)
            return CheckedAnswers(version, told) if told else None
        return CheckedAnswers(version, version._check(answers, partner))

    @api.model
    def _known_answers(self):
        """Return ``{key: value}`` of the ticket that is being made: for what decides on it before it is there."""
        known = self.env.context.get(CONTEXT_KEY)
        return known.answers if isinstance(known, CheckedAnswers) and not known.is_stored else {}

    @api.model
    def _without_answers(self):
        """Return the records without the answers in the context: other tickets are other requests."""
        context = {key: value for key, value in self.env.context.items() if key != CONTEXT_KEY}
        return self.with_env(self.env(context=context))

    def _on_opened(self):
        # before anything else that listens: approvals and plans ask the answers
        known = self.env.context.get(CONTEXT_KEY)
        if isinstance(known, CheckedAnswers) and not known.is_stored and len(self) == 1:
            known.is_stored = True
            self._without_answers()._replace_answers(known.version, known.answers)
        self._await_answers()
        return super()._on_opened()

    def _await_answers(self):
        """Give the tickets whose offering asks, and that nobody could answer yet, the form to be answered by."""
        waiting = self.filtered(lambda ticket: ticket.offering_id and not ticket.form_version_id)
        for offering, tickets in waiting.grouped("offering_id").items():
            if version := offering._form_version():
                tickets._set_marks(form_version_id=version.id)

    # ----------------------------------------------------------------- offering
    def write(self, vals):
        moving = self.browse()
        if "offering_id" in vals:
            moving = self.filtered(lambda ticket: ticket.offering_id.id != vals["offering_id"])
        result = super().write(vals)
        answered = moving.filtered("form_version_id")
        for ticket in answered:
            ticket._carry_answers()
        (moving - answered)._await_answers()
        return result

    def _carry_answers(self):
        """After a change of offering: answers to the same questions go over, the rest is kept as former."""
        self.ensure_one()
        old = self._answers()
        version = self.offering_id.sudo()._form_version() if self.offering_id else False
        if version == self.form_version_id and old:
            return
        carried = self._answers_that_fit(version, old) if version else {}
        rows_sudo = self.sudo().answer_ids.filtered(lambda row: not row.is_former)
        left_sudo = rows_sudo.filtered(lambda row: (row.table_key or row.key) not in carried)
        left_sudo.is_former = True
        if version:
            self._replace_answers(version, carried)
        if old != carried:
            self._on_answers_changed(old, carried)

    def _answers_that_fit(self, version, answers):
        """Return those of ``answers`` that questions of the same key and kind in ``version`` take."""
        before, after = self.form_version_id._definition(), version._definition()
        fitting = {
            key: value
            for key, value in answers.items()
            if after.get(key) and after.get(key).kind == before.get(key).kind
        }
        return version._keep_valid(fitting, self.partner_id, self)

    # --------------------------------------------------------------------- mail
    @api.model
    def _answers_told(self, version, partner, facts):
        """Return the answers that a mail's lines give without doubt, possibly none."""
        text = (facts or {}).get("text")
        lines = read_lines(version._definition(), text) if text else {}
        return version._keep_valid(lines, partner) if lines else {}
