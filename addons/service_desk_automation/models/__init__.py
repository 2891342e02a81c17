from . import (
    service_desk_automation_stop,
    service_desk_automation_preset,
    service_desk_decision,
    service_desk_ticket,
    base_automation,
)
