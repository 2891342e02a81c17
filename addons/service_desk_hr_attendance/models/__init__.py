from . import hr_attendance, res_users, service_desk_agent, service_desk_team
