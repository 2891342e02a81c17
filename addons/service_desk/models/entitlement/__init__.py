from . import (
    service_desk_entitlement,
    service_desk_entitlement_facts,
    service_desk_entitlement_rules,
    service_desk_entitlement_text,
    service_desk_service,
    service_desk_offering,
    service_desk_offering_view_as,
    service_desk_catalog,
    service_desk_decision_entitlement,
    service_desk_ticket_entitlement,
)
