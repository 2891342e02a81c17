from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...routing import tokens

#: Characters of one list and terms of it.
MAX_WORDS = 2_000
MAX_TERMS = 60


class ServiceDeskSynonym(models.Model):
    """Words that mean the same to people who look for something, in all languages together."""

    _name = "service_desk.synonym"
    _description = "Synonyms"
    _inherit = ["service_desk.kept.mixin"]
    _order = "words, id"
    _rec_name = "words"

    words = fields.Text(
        required=True,
        help="Words and phrases that mean the same, in any language, with commas between them: "
        "till, cash desk, касса.",
    )
    active = fields.Boolean(default=True)

    @api.constrains("words")
    def _check_words(self):
        for synonym in self:
            terms = synonym._terms()
            if len(terms) < 2:
                raise ValidationError(
                    self.env._("Name at least two words or phrases, with a comma between them.")
                )
            if len(synonym.words) > MAX_WORDS or len(terms) > MAX_TERMS:
                raise ValidationError(
                    self.env._(
                        "At most %(terms)s words or phrases are kept together; make two lists of it.",
                        terms=MAX_TERMS,
                    )
                )

    def _terms(self):
        """Return the words and phrases of the list."""
        parts = (self.words or "").replace("\n", ",").replace(";", ",").split(",")
        return list(dict.fromkeys(part.strip().lower() for part in parts if tokens(part)))
