"""How articles are found by people's own words: pieces of texts and scores, without Odoo in it."""

from .pieces import grams, plain, stripped
from .score import Candidate, idf, impact, rank

__all__ = ["Candidate", "grams", "idf", "impact", "plain", "rank", "stripped"]
