from . import (
    service_desk_ticket_field,
    service_desk_workflow,
    service_desk_transition,
    service_desk_workflow_plan,
    service_desk_workflow_problems,
    service_desk_workflow_diagram,
    service_desk_ticket_gate,
    service_desk_ticket_refusal,
    service_desk_ticket_effects,
    service_desk_ticket_move,
    service_desk_notice,
)
