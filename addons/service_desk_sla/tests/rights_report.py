"""The records of the rights table of the reports."""

from .rights_agreement import agreement
from .rights_clock import clock_vals


def records(case):
    """Return one record for each row of ``data/rights/report.tsv``."""
    env = case.env
    found = {}
    for name, ticket in (
        ("open", case.open_ticket),
        ("private", case.private),
        ("confidential", case.confidential),
        ("of B", case.foreign),
    ):
        company = ticket.company_id
        version = agreement(case, f"report {name}", company_id=company.id).version_id
        leg = {"kind": "run", "hand": "team", "hand_id": ticket.team_id.id, "seconds": 60}
        clock = env["service_desk.clock"].create(
            clock_vals(case, ticket, version, slot="beside:1", legs=[leg])
        )
        found[f"service_desk.sla.report {name}"] = env["service_desk.sla.report"].browse(clock.id)
        found[f"service_desk.sla.leg.report {name}"] = env["service_desk.sla.leg.report"].browse(
            clock.id * 100 + 1
        )
    for name, record in agreements(case):
        report = env["service_desk.agreement.report"].create(
            {"agreement_id": record.id, "month": "2026-01-01"}
        )
        found[f"service_desk.agreement.report{name}"] = report
        found[f"service_desk.agreement.report.line{name}"] = env[
            "service_desk.agreement.report.line"
        ].create({"report_id": report.id, "number": "1"})
        found[f"service_desk.agreement.mailing{name}"] = env[
            "service_desk.agreement.mailing"
        ].create({"agreement_id": record.id, "contact_ids": [(6, 0, case.agent.partner_id.ids)]})
    return found


def agreements(case):
    """Return an agreement of each company, with what stands behind its name in the table."""
    return [
        ("", agreement(case)),
        (" of B", agreement(case, "report of B", company_id=case.foreign.company_id.id)),
    ]
