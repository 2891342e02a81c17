from . import (
    hr_employee,
    hr_leave,
    hr_leave_tickets,
    res_users_manager,
    res_users_presence,
    res_users_tickets,
    service_desk_decision,
    service_desk_form_kind,
    service_desk_skill,
    service_desk_team,
    service_desk_ticket,
    service_desk_ticket_panel,
)
