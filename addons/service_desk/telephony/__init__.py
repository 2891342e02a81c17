"""Telephone numbers and the events of telephone exchanges; plain Python, knows nothing of Odoo."""

from .asterisk import read_asterisk
from .cloud import read_cloud
from .event import CallEvent
from .number import Number, looks_like_number, read_number
from .signature import signature_of, token_hash

__all__ = [
    "CallEvent",
    "Number",
    "looks_like_number",
    "read_asterisk",
    "read_cloud",
    "read_number",
    "signature_of",
    "token_hash",
]
