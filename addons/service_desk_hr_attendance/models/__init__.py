from . import hr_attendance, res_users, service_desk_team
