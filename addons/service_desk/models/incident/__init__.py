from . import (
    service_desk_marks_mixin,
    service_desk_decision_incident,
    service_desk_ticket_master,
    service_desk_ticket_master_checks,
    service_desk_broadcast,
    service_desk_broadcast_line,
    service_desk_ticket_broadcast,
)
