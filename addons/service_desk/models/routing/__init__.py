"""Routing rules: when these conditions hold, set these values; the first match wins and is named."""

from . import (
    service_desk_routing_rule,
    service_desk_routing_rule_check,
    service_desk_routing_rule_text,
    service_desk_routing_rule_use,
    service_desk_routing,
    service_desk_routing_facts,
    service_desk_ticket_routing,
    service_desk_ticket_routing_again,
    service_desk_decision_routing,
    service_desk_mail_intake_routing,
)
