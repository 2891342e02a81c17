"""Analysis, the chain of agreements, the monthly report and its act."""

from . import (
    service_desk_sla_report_mixin,
    service_desk_sla_report,
    service_desk_sla_leg_report,
    service_desk_sla_chain,
    service_desk_clock_correction,
    service_desk_agreement_downtime,
    service_desk_agreement_report,
    service_desk_agreement_report_line,
    service_desk_agreement_report_numbers,
    service_desk_agreement_report_paper,
    service_desk_agreement_report_act,
    service_desk_agreement_report_send,
    service_desk_agreement_mailing,
    service_desk_agreement_reporting,
)
