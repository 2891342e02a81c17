"""Warnings before a deadline and what happens when it is missed."""

from . import (
    service_desk_webhook,
    service_desk_webhook_delivery,
    service_desk_agreement_alert,
    service_desk_agreement_alert_data,
    service_desk_agreement_alert_words,
    service_desk_alert_act,
    service_desk_clock_alert,
    service_desk_clock_events,
    service_desk_clock_sweep,
    service_desk_alert_decision,
    service_desk_alert_notice,
    res_partner_notice,
    service_desk_escalation_sla,
)
