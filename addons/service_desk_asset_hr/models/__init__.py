from . import service_desk_entitlement
