"""Finds tickets that come in a wave: alike, more of them than usual. Plain Python, nothing of Odoo in it."""

from .alike import Cluster, Item, find_clusters, key_text, keys_of
from .chance import chance_of_at_least
from .usual import Usual
from .words import surface_of, words_of

__all__ = [
    "Cluster",
    "Item",
    "Usual",
    "chance_of_at_least",
    "find_clusters",
    "key_text",
    "keys_of",
    "surface_of",
    "words_of",
]
