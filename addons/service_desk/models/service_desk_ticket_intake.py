"""One way in for every channel: mail, portal, phone, chat, record, programme."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.mail import html2plaintext

#: What a channel may say about a new ticket; anything else is refused, so that no form or call assigns more.
INTAKE_FIELDS = frozenset(
    {
        "name", "description", "channel", "source_ref", "team_id", "type_id", "service_id", "offering_id", "partner_id", "site_id",
        "email_from", "partner_name", "partner_phone", "participant_ids", "impact", "urgency", "tag_ids",
        "origin_model", "origin_id", "origin_name", "is_confidential", "ticket_properties", "email_cc",
    }
)  # fmt: skip


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model
    def _intake(self, vals, attachments=(), facts=None):
        """Make a ticket of what a channel brings and return it; the same source gives the same ticket.

        :param dict vals: values of the fields in ``INTAKE_FIELDS``; ``source_ref`` names the source
        :param attachments: ``(file name, bytes)`` pairs that belong to the request
        :param facts: what the channel knows besides, for the routing rules: see ``_with_request``
        :raises ValidationError: when there is no subject and no text, or an unknown value is given
        """
        unknown = vals.keys() - INTAKE_FIELDS
        if unknown:
            raise ValidationError(
                self.env._("A request cannot set: %(fields)s.", fields=", ".join(sorted(unknown)))
            )
        source = vals.get("source_ref")
        if source and (known := self._find_by_source(source)):
            return known
        vals = dict(vals)
        if not self._clean_subject(vals.get("name")):
            vals["name"] = self._subject_from_text(vals.get("description"))
        # What the desk itself keeps (channel, source, origin) is no value that a person's create() takes.
        marks = (
            {}
            if self.env.su
            else {name: vals.pop(name) for name in self._protected_fields() & vals.keys()}
        )
        request = self._with_request({**vals, **marks}, attachments, facts)
        ticket = request.create([vals]).with_env(self.env)
        if marks:
            ticket._set_marks(**marks)
        if attachments:
            ticket._attach(attachments)
        return ticket

    @api.model
    def _find_by_source(self, source):
        """Return the ticket made from ``source``; two workers with one source wait for each other."""
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", f"service_desk:{source}")
        )
        return self.with_context(active_test=False).search([("source_ref", "=", source)], limit=1)

    @api.model
    def _subject_from_text(self, html):
        """Return a subject made of the first words of a text."""
        plain = html2plaintext(str(html or ""), include_references=False)
        return self._clean_subject(plain)[:80] or self.env._("No subject")

    def _attach(self, attachments):
        """Attach ``(file name, bytes)`` pairs to the ticket."""
        self.ensure_one()
        return self.env["ir.attachment"].create(
            [
                {"name": name, "raw": content, "res_model": self._name, "res_id": self.id}
                for name, content in attachments
            ]
        )
