"""Merge, split, link, parents and children, likely duplicates."""

from . import (
    service_desk_merge,
    service_desk_ticket_audience,
    service_desk_ticket_merge,
    service_desk_ticket_merge_check,
    service_desk_ticket_merge_move,
    service_desk_ticket_merge_people,
    service_desk_ticket_merge_undo,
    service_desk_ticket_merged,
    service_desk_notice,
    service_desk_decision,
    service_desk_ticket_parent,
    service_desk_ticket_type,
    service_desk_ticket_link,
    service_desk_ticket_relations,
    service_desk_ticket_split,
    service_desk_ticket_duplicates,
)
