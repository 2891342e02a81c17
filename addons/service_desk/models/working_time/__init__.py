from . import (
    service_desk_hours_mixin,
    service_desk_working_time,
    service_desk_working_time_read,
    service_desk_working_time_change,
    resource_calendar,
    resource_calendar_leaves,
)
