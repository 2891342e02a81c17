"""What happened to a ticket, as far as clocks care: the facts from which every clock is derived anew."""

from . import service_desk_ticket_event, service_desk_ticket_timeline
