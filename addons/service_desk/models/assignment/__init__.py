"""Assignment: who of a team is able, present and below his limit, and gets the ticket."""

from . import (
    service_desk_skill,
    service_desk_skill_demand,
    service_desk_agent,
    service_desk_agent_presence,
    ir_http_session,
    res_users_colleagues,
    res_users_presence,
    res_users_stand_in,
    res_users_leaving,
    service_desk_settings_load,
    service_desk_team_method,
    service_desk_team_release,
    service_desk_assignment,
    service_desk_assignment_run,
    service_desk_assignment_wake,
    service_desk_ticket_skill,
    service_desk_ticket_queue,
    service_desk_ticket_by_hand,
    service_desk_ticket_pull,
    service_desk_decision_assignment,
)
