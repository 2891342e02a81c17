"""Regular expressions that cannot hang: a small syntax, answered in time linear in the text."""

from .automaton import Automaton, OverBudgetError
from .syntax import PatternError, parse

__all__ = ["Automaton", "OverBudgetError", "PatternError", "parse"]
