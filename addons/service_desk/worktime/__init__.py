"""Arithmetic of working time, without Odoo in it.

* :class:`Plan` is a calendar as plain data; ``plan.spans(year)`` compiles a UTC year of it to :class:`Spans`, a table of
  whole seconds in which a deadline is found by bisection.
* :class:`WorkingHours` and :class:`AlwaysWorking` answer questions in naive UTC, exact to the second.
* :func:`wall_to_utc` reads local times of nights in which the clock is changed; :func:`parse_hours` reads "9-13, 14-17".
"""

from .always import AlwaysWorking
from .hours import WorkingHours
from .plan import Plan, SpecialDay, shorten, through
from .spans import Spans, cut, merge
from .text import HoursError, format_hours, parse_hours
from .zone import Offsets, wall_to_utc

__all__ = [
    "AlwaysWorking",
    "HoursError",
    "Offsets",
    "Plan",
    "Spans",
    "SpecialDay",
    "WorkingHours",
    "cut",
    "format_hours",
    "merge",
    "parse_hours",
    "shorten",
    "through",
    "wall_to_utc",
]
