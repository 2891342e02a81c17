"""The clocks of tickets: histories that are derived from the timeline, kept for lists, sorting and sweeps."""

from . import (
    res_partner,
    service_desk_clock,
    service_desk_clock_terms,
    service_desk_clock_settle,
    service_desk_clock_row,
    service_desk_agreement_clock,
    service_desk_ticket_clock,
    service_desk_ticket_summary,
    service_desk_ticket_backlog,
)
