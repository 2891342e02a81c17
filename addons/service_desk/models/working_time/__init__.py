from . import (
    service_desk_hours_mixin,
    service_desk_working_time,
    service_desk_working_time_read,
    service_desk_working_time_change,
    service_desk_working_time_check,
    res_company,
    resource_calendar,
    resource_calendar_leaves,
    service_desk_calendar_day,
    service_desk_production_calendar,
    service_desk_team_hours,
)
