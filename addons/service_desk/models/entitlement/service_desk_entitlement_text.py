"""Rows told in a sentence, in the language of the reader."""

from odoo import api, fields, models
from odoo.tools import format_list

from .service_desk_entitlement import PERSON_FIELDS

#: Names told of one condition; the rest is a number.
MOST_NAMED = 5


class ServiceDeskEntitlement(models.Model):
    _inherit = "service_desk.entitlement"

    text = fields.Char("In Words", compute="_compute_text")

    @api.depends(lambda self: ["kind", "asks", *self._named_fields()])
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_text(self):
        for row in self:
            row.text = row._sentence()

    def _sentence(self):
        """Return the row in words: “For: job Cashier; department Shops”."""
        phrases = "; ".join(self._phrases().values())
        if self.is_broken:
            return self.env._(
                "For nobody: something this row named is gone (%(rest)s)", rest=phrases
            )
        if not phrases:
            return ""
        if self.kind == "refuse":
            return self.env._("Never for: %(conditions)s", conditions=phrases)
        return self.env._("For: %(conditions)s", conditions=phrases)

    def _phrases(self):
        """Return ``{dimension: words}`` of the conditions of the row."""
        phrases = {}
        if kinds := [kind for kind, name in PERSON_FIELDS.items() if self[name]]:
            phrases["kind"] = self._phrase_kind(kinds)
        for dimension, name in self._dimensions().items():
            if names := self._names_told(name):
                phrases[dimension] = getattr(self, f"_phrase_{dimension}")(names)
        return phrases

    def _names_told(self, name):
        """Return the names of what a condition names, joined by "or"; what the reader may not see is a number."""
        if not self._fields[name].relational:
            return self[name]
        named = self._named(name)
        shown = named._filtered_access("read")[:MOST_NAMED]
        names = shown.mapped("display_name")
        if left := len(named) - len(shown):
            names.append(self.env._("%(count)s more", count=left))
        return format_list(self.env, names, style="or") if names else ""

    # One phrase for each dimension; a bridge adds its own.
    def _phrase_kind(self, kinds):
        words = {
            "internal": self.env._("employees"),
            "portal": self.env._("portal users"),
            "contact": self.env._("contacts without a login"),
        }
        return format_list(self.env, [words[kind] for kind in kinds], style="or")

    def _phrase_company(self, names):
        return self.env._("company %(names)s", names=names)

    def _phrase_customer(self, names):
        return self.env._("customer %(names)s", names=names)

    def _phrase_customer_tag(self, names):
        return self.env._("tag %(names)s", names=names)

    def _phrase_site(self, names):
        return self.env._("site %(names)s", names=names)

    def _phrase_group(self, names):
        return self.env._("group %(names)s", names=names)

    def _phrase_person(self, names):
        return self.env._("in person %(names)s", names=names)
