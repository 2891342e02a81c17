from . import (
    service_desk_service,
    service_desk_offering,
    service_desk_ticket_offering,
    service_desk_catalog,
    res_users_services,
)
