"""What people see of clocks on their tickets."""

from . import ir_http_time, service_desk_ticket_board, service_desk_ticket_sort
