"""Who was promised what: agreements, their tables of targets, their versions, and which one fits."""

from . import (
    res_users_agreements,
    service_desk_agreement,
    service_desk_agreement_definition,
    service_desk_agreement_line,
    service_desk_agreement_version,
    service_desk_agreement_cells,
    service_desk_agreement_diff,
    service_desk_agreement_words,
    service_desk_agreement_problems,
    service_desk_agreement_life,
    service_desk_agreement_check,
    service_desk_entitlement,
    service_desk_agreement_facts,
    service_desk_agreement_match,
    service_desk_agreement_why,
    service_desk_decision_agreement,
    service_desk_working_time,
)
