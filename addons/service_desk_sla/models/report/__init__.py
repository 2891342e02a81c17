"""Analysis, the chain of agreements, the monthly report and its act."""

from . import service_desk_sla_report, service_desk_sla_leg_report
