from . import (
    service_desk_clock_correct,
    service_desk_clock_rebuild_request,
    service_desk_clock_revoke,
    service_desk_ticket_wait,
)
