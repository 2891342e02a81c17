"""The operator's screen and the events of telephone exchanges."""

from . import (
    res_partner,
    service_desk_pbx,
    service_desk_pbx_extension,
    service_desk_call,
    service_desk_call_event,
    service_desk_call_apply,
    service_desk_call_bus,
    service_desk_call_note,
    service_desk_call_search,
    service_desk_call_card,
    service_desk_call_register,
    service_desk_ticket,
    ir_http,
)
