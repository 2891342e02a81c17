from . import (
    service_desk_move_dialog,
    service_desk_agent_hand_over,
    service_desk_approval_dialog,
    service_desk_report_problem,
    service_desk_routing_test,
    service_desk_ticket_attach,
    service_desk_ticket_hand_over,
    service_desk_ticket_merge,
    service_desk_ticket_move,
    service_desk_ticket_solve,
    service_desk_ticket_wait,
)
