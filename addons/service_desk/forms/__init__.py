"""Forms without Odoo: what a definition may be, when a condition holds, what an answer may be."""

from . import answers, conditions, definition
from .answers import Asked, normalise
from .definition import Definition, Problem, read
from .problems import problems

__all__ = [
    "Asked",
    "Definition",
    "Problem",
    "answers",
    "conditions",
    "definition",
    "normalise",
    "problems",
    "read",
]
