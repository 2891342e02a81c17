"""Lines, hand-over, ladders of escalation, on-call duty, the norm of classification."""

from . import (
    service_desk_team_line,
    service_desk_hand_over_reason,
    service_desk_ticket_span,
    service_desk_ticket_hand_over,
    service_desk_hand_over_decision,
)
