"""What people correct: starts, pauses, excuses; and clocks counted anew, with a log."""

from . import (
    service_desk_correction_reason,
    service_desk_clock_correction,
    service_desk_clock_correction_check,
    service_desk_clock_correction_apply,
    service_desk_clock_compare,
    service_desk_clock_rebuild,
    service_desk_clock_rebuild_run,
    service_desk_clock_told,
    service_desk_decision_clock,
    service_desk_ticket_correction,
    service_desk_ticket_version,
    service_desk_working_time,
)
