"""Which agreement fits a ticket, as plain data: candidates, what is asked, and the answer. No Odoo in it."""

from .book import Book, Found
from .candidate import Candidate, Line, Verdict, read

__all__ = ["Book", "Candidate", "Found", "Line", "Verdict", "read"]
