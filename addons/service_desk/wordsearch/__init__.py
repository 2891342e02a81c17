"""Finds texts by a person's own words: bent, mistyped, on the wrong keyboard, or quite other words.

Plain Python, nothing of Odoo in it. Stems come from outside, as with routing rules.
"""

from .index import Document, Index
from .query import Query, key_of, telling

__all__ = ["Document", "Index", "Query", "key_of", "telling"]
