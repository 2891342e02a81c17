from odoo import fields, models

from ...wordsearch import key_of
from ...wordsearch.query import words_of


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    term_ids = fields.One2many(
        "service_desk.catalog.term",
        "offering_id",
        "Learned Search Words",
        groups="service_desk.service_desk_group_owner,service_desk.service_desk_group_auditor",
    )

    def _lead_here(self, text):
        """Let the words of ``text`` lead to the offering from now on."""
        self.ensure_one()
        terms_sudo = self.env[
            "service_desk.catalog.term"
        ].sudo()  # the right to edit the offering is enough
        key = key_of(text, self.env["service_desk.routing"]._stems(set(words_of(text))))
        term_sudo = terms_sudo.search([("offering_id", "=", self.id), ("key", "=", key)])
        if not term_sudo:
            term_sudo = terms_sudo.create({"offering_id": self.id, "key": key, "text": text})
        term_sudo.action_use()
