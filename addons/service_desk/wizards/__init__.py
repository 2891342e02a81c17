from . import service_desk_ticket_solve, service_desk_ticket_wait
