"""What people see of clocks on their tickets."""

from . import (
    ir_http_time,
    res_users_order,
    service_desk_call,
    service_desk_clock_names,
    service_desk_clock_entry,
    service_desk_clock_legs,
    service_desk_clock_explanation,
    service_desk_ticket_board,
    service_desk_ticket_marks,
    service_desk_ticket_levels,
    service_desk_ticket_promise,
    service_desk_ticket_sort,
)
