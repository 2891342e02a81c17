"""What a rule asks and sets, in words, for lists and for the tester."""

from odoo import api, fields, models

from ...routing import parse_terms
from .service_desk_routing import CHOICES
from .service_desk_routing_rule import ACTION_FIELDS
from .service_desk_routing_rule_check import WORD_FIELDS, codes, lines

#: The field behind each kind of condition, in the order of the form.
FIELD_OF_KIND = {
    **{kind: name for kind, _attribute, name, _negated in CHOICES},
    **{name: name for name in WORD_FIELDS},
    "pattern": "pattern",
    "attachment": "attachment",
    "header": "headers",
    "hours": "hours",
}
CHOICE_OF_CODES = {"channels": "channel_choice", "languages": "language_choice"}
MOST_SHOWN = 3


class ServiceDeskRoutingRule(models.Model):
    _inherit = "service_desk.routing.rule"

    condition_summary = fields.Char("If", compute="_compute_summaries")
    action_summary = fields.Char("Then", compute="_compute_summaries")
    has_conditions = fields.Boolean(compute="_compute_summaries")

    @api.depends(*FIELD_OF_KIND.values(), "attachment_names", *ACTION_FIELDS)
    @api.depends_context("lang")
    def _compute_summaries(self):
        for rule in self:
            wanted = [(name, rule._told(name)) for name in FIELD_OF_KIND.values()]
            actions = [(name, rule._told(name)) for name in ACTION_FIELDS]
            rule.has_conditions = any(text for _name, text in wanted)
            rule.condition_summary = rule._joined(wanted) or self.env._("every request")
            rule.action_summary = rule._joined(actions) or self.env._("leave it as it came")

    def _joined(self, parts):
        return "; ".join(f"{self._label(name)}: {text}" for name, text in parts if text)

    def _told(self, name, most=MOST_SHOWN):
        """Return the value of a condition or action in words; an empty text when there is none."""
        self.ensure_one()
        value = self[name]
        if not value:
            return ""
        field = self._fields[name]
        if field.type == "selection":
            text = dict(field._description_selection(self.env))[value]
            extra = self.attachment_names if name == "attachment" else ""
            return f"{text} ({extra})" if extra else text
        if field.type == "many2one":
            return value.display_name
        return _shortened(self._values_told(name, field), most)

    def _values_told(self, name, field):
        if field.type == "many2many":
            return self[name].mapped("display_name")
        if name in CHOICE_OF_CODES:
            labels = dict(self._fields[CHOICE_OF_CODES[name]]._description_selection(self.env))
            return [labels.get(code, code) for code in codes(self[name])]
        if name in WORD_FIELDS:
            return [f"“{term}”" if " " in term else term for term in parse_terms(self[name])]
        return lines(self[name])


def _shortened(values, most):
    """Return the first values, and how many more there are."""
    shown = ", ".join(values[:most])
    return f"{shown} + {len(values) - most}" if len(values) > most else shown
