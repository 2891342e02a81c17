"""What happened to a ticket, as far as clocks care: the facts from which every clock is derived anew."""

from . import (
    service_desk_ticket_event,
    service_desk_waiting_reason,
    service_desk_ticket_facts,
    service_desk_ticket_history,
    service_desk_ticket_timeline,
    service_desk_ticket_record,
    service_desk_ticket_moments,
    service_desk_ticket_gone,
    service_desk_ticket_call,
    mail_message_schedule,
)
