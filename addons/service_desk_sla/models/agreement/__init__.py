"""Who was promised what: agreements, their tables of targets, their versions, and which one fits."""

from . import (
    service_desk_agreement,
    service_desk_agreement_line,
    service_desk_agreement_version,
    service_desk_agreement_match,
    service_desk_decision_agreement,
)
