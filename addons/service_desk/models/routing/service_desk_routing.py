"""Rules compiled once and kept: plain data that all requests of a worker share."""

import logging

from odoo import api, models, tools

from ...regexp import Automaton
from ...routing import (
    Among,
    Attachment,
    Header,
    Hours,
    Pattern,
    Rule,
    RuleSet,
    Term,
    Unusable,
    Words,
    alternatives,
    is_russian,
    parse_terms,
    russian_forms,
    tokens,
)
from .service_desk_routing_rule_check import WORD_FIELDS, codes, lines

_logger = logging.getLogger(__name__)

#: Conditions that ask for one of several values: kind, set of the request, field of the rule, negated.
CHOICES = (
    ("channel", "channels", "channels", False),
    ("team", "teams", "from_team_ids", False),
    ("type", "types", "type_ids", False),
    ("language", "languages", "languages", False),
    ("recipient", "recipients", "addresses", False),
    ("sender", "senders", "senders", False),
    ("not_sender", "senders", "not_senders", True),
    ("customer", "partners", "partner_ids", False),
    ("not_customer", "partners", "not_partner_ids", True),
    ("customer_group", "partner_tags", "partner_tag_ids", False),
    ("site", "sites", "site_ids", False),
    ("service", "services", "service_ids", False),
)
SINGLE_ACTIONS = (
    "offering_id", "team_id", "service_id", "type_id", "impact", "urgency", "priority", "user_id",
)  # fmt: skip


class ServiceDeskRouting(models.AbstractModel):
    """Decides which rule a request meets first."""

    _name = "service_desk.routing"
    _description = "Routing"

    @api.model
    @tools.ormcache()
    def _companies_with_rules(self):
        """Return the ids of the companies that have rules of their own; False stands for rules of all."""
        rules_sudo = self.env["service_desk.routing.rule"].sudo().search_fetch([], ["company_id"])
        return frozenset(rule.company_id.id for rule in rules_sudo)

    @api.model
    def _has_rules(self, company_id):
        """Tell whether requests of the company meet any rule."""
        return not self._companies_with_rules().isdisjoint((False, company_id))

    @api.model
    @tools.ormcache("company_id")
    def _rules(self, company_id):
        """Return the :class:`RuleSet` of a company; kept until a rule, or what it names, changes."""
        rules_sudo = self.env["service_desk.routing.rule"].sudo().with_context(lang=None)
        found = rules_sudo.search([("company_id", "in", [False, company_id])])
        return self._compile(found)

    @api.model
    def _compile(self, rules_sudo):
        """Return the :class:`RuleSet` of ``rules_sudo`` in their order.

        What a rule names may be archived and still counts: without it the rule would ask less and fit more.
        """
        rules_sudo = rules_sudo.with_context(active_test=False)
        words = {
            word for rule in rules_sudo for name in WORD_FIELDS for word in tokens(rule[name] or "")
        }
        forms = {form for word in words if is_russian(word) for form in russian_forms(word)}
        stem_of = self._stems(words | forms)
        return RuleSet(self._compile_rule(rule, stem_of) for rule in rules_sudo)

    @api.model
    def _compile_rule(self, rule, stem_of):
        try:
            conditions = [*self._choices(rule), *self._others(rule, stem_of)]
        except Exception as error:  # a rule that an older version let pass must stop no request
            _logger.warning("Routing rule %s cannot be read", rule.id, exc_info=True)
            conditions = [Unusable(str(error))]
        return Rule(rule.id, rule.name, conditions, self._actions(rule), self._names(rule))

    # --------------------------------------------------------------- conditions
    @api.model
    def _choices(self, rule):
        for kind, attribute, name, negated in CHOICES:
            values = self._choice_values(rule, name)
            if values:
                yield Among(kind, attribute, frozenset(values), negated)

    @api.model
    def _choice_values(self, rule, name):
        """Return what a choice of the rule names: ids, codes or addresses."""
        kind = rule._fields[name].type
        if kind == "many2many":
            return rule[name].ids
        if kind == "text":
            return [line.lower() for line in lines(rule[name])]
        return codes(rule[name])

    @api.model
    def _others(self, rule, stem_of):
        if rule.hours:
            yield Hours(rule.hours == "inside", self._calendar_key(rule.team_id))
        if rule.attachment:
            names = tuple(name.lower() for name in codes(rule.attachment_names))
            yield Attachment(rule.attachment == "yes", names)
        if wanted := tuple(self._header_parts(line) for line in lines(rule.headers)):
            yield Header(wanted)
        for name in WORD_FIELDS:
            terms = [
                Term(text, [alternatives(word, stem_of) for word in tokens(text)])
                for text in parse_terms(rule[name])
            ]
            if terms:
                yield Words(name.removeprefix("words_"), terms, rule.words_in)
        if rule.pattern:
            yield Pattern(rule.pattern, Automaton(rule.pattern), rule.words_in)

    @api.model
    def _header_parts(self, line):
        name, _colon, part = line.partition(":")
        return name.strip().lower(), part.strip().lower()

    @api.model
    def _calendar_key(self, team):
        """Return what tells the working hours of a team, or None without a team."""
        return (team.calendar_id.id, team.company_id.id) if team else None

    # ------------------------------------------------------------------ actions
    @api.model
    def _actions(self, rule):
        """Return what the rule sets, as plain values; what is archived is not set any more."""
        actions = {}
        for name in SINGLE_ACTIONS:
            value = rule[name]
            if isinstance(value, models.BaseModel):
                value = value.id if value and value.active else False
            if value:
                actions[name] = value
        for name in ("tag_ids", "participant_ids"):
            if ids := rule[name].filtered("active").ids:
                actions[name] = ids
        followers = rule.follower_ids.filtered("active")
        if followers:
            actions["follower_ids"] = followers.ids
        return actions

    @api.model
    def _names(self, rule):
        """Return ``{(kind or field, id): name}`` of all records that the rule names."""
        named = [
            *((kind, name) for kind, _attribute, name, _negated in CHOICES),
            *((name, name) for name in (*SINGLE_ACTIONS, "tag_ids", "participant_ids", "follower_ids")),
        ]  # fmt: skip
        return {
            (kind, record.id): record.display_name
            for kind, name in named
            if rule._fields[name].relational
            for record in rule[name]
        }
