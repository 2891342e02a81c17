"""What would be promised: before there is a ticket."""

from . import (
    service_desk_promise,
    service_desk_promise_text,
    service_desk_offering,
    service_desk_ticket_promise,
    service_desk_catalog,
)
