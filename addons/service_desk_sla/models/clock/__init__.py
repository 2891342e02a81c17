"""The clocks of tickets: histories that are derived from the timeline, kept for lists, sorting and sweeps."""

from . import service_desk_clock, service_desk_ticket_clock
