"""Routing rules without Odoo in them: what is known of a request, what a rule asks, which rule is the first."""

from .conditions import Among, Attachment, Header, Hours, Pattern, Term, Unusable, Words
from .facts import Facts, Request, address_keys
from .language import language_of
from .ruleset import Finding, Rule, RuleSet
from .words import MAX_TEXT, Wording, alternatives, is_russian, parse_terms, russian_forms, tokens

__all__ = [
    "MAX_TEXT",
    "Among",
    "Attachment",
    "Facts",
    "Finding",
    "Header",
    "Hours",
    "Pattern",
    "Request",
    "Rule",
    "RuleSet",
    "Term",
    "Unusable",
    "Wording",
    "Words",
    "address_keys",
    "alternatives",
    "is_russian",
    "language_of",
    "parse_terms",
    "russian_forms",
    "tokens",
]
