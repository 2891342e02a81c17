"""Words in the names and addresses of customers, found by index: the search box asks for them with every word."""

from odoo import models
from odoo.modules.db import FunctionStatus


def _trigram(column):
    """Return the definition of a trigram index as Odoo's own; empty where the database cannot have one."""

    def definition(registry):
        if not registry.has_trigram or registry.has_unaccent not in (
            FunctionStatus.INDEXABLE,
            FunctionStatus.MISSING,
        ):
            return ""
        return f"USING gin ({registry.unaccent(f'({column})::text')} gin_trgm_ops)"

    return definition


class ResPartner(models.Model):
    _inherit = "res.partner"

    _service_desk_name_words_index = models.Index(_trigram("name"))
    _service_desk_email_words_index = models.Index(_trigram("email"))
