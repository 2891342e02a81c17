"""Arithmetic of working time, without Odoo in it: seconds since 1970, spans, bisection."""

from .hours import AlwaysWorking, Spans, WorkingHours

__all__ = ["AlwaysWorking", "Spans", "WorkingHours"]
