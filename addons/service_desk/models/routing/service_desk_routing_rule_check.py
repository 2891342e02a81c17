"""What a rule may say: refused at save with a sentence that names the place, so that no request meets it."""

import re

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ...regexp import Automaton, PatternError
from ...routing import parse_terms
from ..service_desk_ticket import CHANNELS
from .service_desk_routing_rule import LANGUAGES

_lt = LazyTranslate(__name__)

ADDRESS = re.compile(r"[^\s@,;<>]*@[^\s@,;<>]*|\.[^\s@,;<>]+")
HEADER_NAME = re.compile(r"[!-9;-~]{1,80}")
MAX_LINES = 1_000
MAX_TERMS = 500
WORD_FIELDS = ("words_any", "words_all", "words_none")
#: What is wrong with a regular expression.
PATTERN_ERRORS = {
    "too_long": _lt("it is too long"),
    "too_large": _lt("its repetitions make it too large"),
    "too_deep": _lt("its brackets are nested too deeply"),
    "closing_bracket": _lt("a closing bracket without an opening one"),
    "open_bracket": _lt("a bracket that is not closed"),
    "open_set": _lt("a square bracket that is not closed"),
    "range_order": _lt("a range whose end comes before its beginning"),
    "repeat_twice": _lt("a repetition of a repetition"),
    "repeat_too_often": _lt("more than a hundred repetitions"),
    "repeat_order": _lt("a repetition whose end comes before its beginning"),
    "nothing_to_repeat": _lt("a repetition of nothing"),
    "braces": _lt("braces that are no number of repetitions; write \\{ for the character"),
    "look_around": _lt("groups with a question mark other than (?:…) are not known here"),
    "back_reference": _lt("references to a group are not allowed: they may take forever"),
    "escape_end": _lt("a backslash at the end"),
    "unknown_escape": _lt("a backslash before a letter that means nothing here"),
}


def lines(text):
    """Return the lines of a list that somebody typed, without empty ones."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def codes(text):
    """Return the codes of a choice of several values."""
    return [code.strip() for code in (text or "").split(",") if code.strip()]


class ServiceDeskRoutingRule(models.Model):
    _inherit = "service_desk.routing.rule"

    @api.constrains("channels", "languages")
    def _check_choices(self):
        for name, choices in (("channels", CHANNELS), ("languages", LANGUAGES)):
            known = dict(choices)
            for rule in self:
                for code in codes(rule[name]):
                    if code not in known:
                        rule._refuse(name, code, ", ".join(known))

    @api.constrains("addresses", "senders", "not_senders")
    def _check_addresses(self):
        for rule in self:
            for name in ("addresses", "senders", "not_senders"):
                rule._check_line_count(name)
                for line in lines(rule[name]):
                    if not ADDRESS.fullmatch(line) or len(line) < 2:
                        rule._refuse(name, line, "name@example.com, name@, @example.com")

    @api.constrains("headers")
    def _check_headers(self):
        for rule in self:
            rule._check_line_count("headers")
            for line in lines(rule.headers):
                if not HEADER_NAME.fullmatch(line.partition(":")[0].strip()):
                    rule._refuse("headers", line, "X-Priority: 1")

    @api.constrains(*WORD_FIELDS)
    def _check_words(self):
        for rule in self:
            for name in WORD_FIELDS:
                if not (rule[name] or "").strip():
                    continue
                terms = parse_terms(rule[name])
                if not terms:
                    rule._refuse(name, rule[name], self.env._("a word"))
                if len(terms) > MAX_TERMS:
                    raise ValidationError(
                        self.env._(
                            "“%(rule)s”: %(field)s has more than %(count)s words. Make two rules of it.",
                            rule=rule.name,
                            field=rule._label(name),
                            count=MAX_TERMS,
                        )
                    )

    @api.constrains("pattern")
    def _check_pattern(self):
        for rule in self.filtered("pattern"):
            try:
                Automaton(rule.pattern)
            except PatternError as error:
                raise ValidationError(
                    self.env._(
                        "The expression “%(pattern)s” cannot be used, see character %(position)s: %(reason)s.",
                        pattern=rule.pattern[:100],
                        position=error.position,
                        reason=self.env._(PATTERN_ERRORS[error.code]),
                    )
                ) from error

    @api.constrains("user_id", "team_id")
    def _check_person(self):
        """Who is assigned must be able to work on the tickets."""
        for rule in self.filtered("user_id"):
            user_sudo = rule.user_id.sudo()  # sudo: groups and teams of others are not readable
            if not user_sudo._is_service_desk_staff() or (
                rule.team_id and not user_sudo._sees_service_desk_team(rule.sudo().team_id)
            ):
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” cannot assign tickets to %(person)s: he is no agent, or does not see the"
                        " tickets of the team.",
                        rule=rule.name,
                        person=user_sudo.name,
                    )
                )

    @api.constrains("follower_ids")
    def _check_followers(self):
        for rule in self:
            if any(user_sudo.share for user_sudo in rule.sudo().follower_ids):
                raise ValidationError(
                    self.env._("Followers are colleagues; add people outside as participants.")
                )

    def _check_line_count(self, name):
        if len(lines(self[name])) > MAX_LINES:
            raise ValidationError(
                self.env._(
                    "“%(rule)s”: %(field)s has more than %(count)s lines.",
                    rule=self.name,
                    field=self._label(name),
                    count=MAX_LINES,
                )
            )

    def _refuse(self, name, value, example):
        """:raises ValidationError: names the rule, the field and the value, and shows one that would do"""
        raise ValidationError(
            self.env._(
                "“%(rule)s”: “%(value)s” is no value of %(field)s. Write, for example: %(example)s",
                rule=self.name,
                value=str(value)[:100],
                field=self._label(name),
                example=example,
            )
        )

    @api.model
    def _label(self, name):
        return self._fields[name]._description_string(self.env)
