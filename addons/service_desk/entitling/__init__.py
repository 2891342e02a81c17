"""Who may use what, as plain data: rows of conditions, facts of a person, and the answer. No Odoo in it."""

from .rulebook import KNOWN_KINDS, Level, Row, Rulebook, Terms

__all__ = ["KNOWN_KINDS", "Level", "Row", "Rulebook", "Terms"]
