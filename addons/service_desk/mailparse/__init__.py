"""Reads mail from strangers: readable, bounded, never failing. No ORM in here; see README.md."""

from .authresults import authentication
from .limits import LIMITS, Limits
from .model import Address, Attachment, Forwarded, Machine, ReadMail, Verdict
from .reader import read

__all__ = [
    "LIMITS",
    "Address",
    "Attachment",
    "Forwarded",
    "Limits",
    "Machine",
    "ReadMail",
    "Verdict",
    "authentication",
    "read",
]
