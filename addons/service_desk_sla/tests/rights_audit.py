"""The records of the rights table of corrections and rebuilds."""

from .rights_agreement import agreement


def records(case):
    """Return one record for each row of ``data/rights/audit.tsv``."""
    env = case.env
    reason = env["service_desk.correction.reason"].create({"name": "rights"})
    rebuild, rebuild_b = env["service_desk.clock.rebuild"].create(
        [
            {"kind": "hours", "reason": "rights", "company_id": company.id}
            for company in (case.company, case.company_b)
        ]
    )
    found = {
        "service_desk.correction.reason": reason,
        "service_desk.clock.rebuild": rebuild,
        "service_desk.clock.rebuild of B": rebuild_b,
        "service_desk.clock.correct": env["service_desk.clock.correct"].create(
            {"ticket_ids": [(6, 0, case.open_ticket.ids)]}
        ),
        "service_desk.clock.rebuild.request": env["service_desk.clock.rebuild.request"].create(
            {"agreement_ids": [(6, 0, agreement(case).ids)]}
        ),
    }
    for name, ticket in (
        ("open", case.open_ticket),
        ("private", case.private),
        ("confidential", case.confidential),
        ("of B", case.foreign),
    ):
        found[f"service_desk.clock.correction {name}"] = correction(case, ticket, reason)
        found[f"service_desk.clock.rebuild.line {name}"] = env[
            "service_desk.clock.rebuild.line"
        ].create({"rebuild_id": rebuild.id, "ticket_id": ticket.id})
    found["service_desk.clock.revoke"] = env["service_desk.clock.revoke"].create(
        {"correction_id": found["service_desk.clock.correction open"].id}
    )
    return found


def correction(case, ticket, reason, **vals):
    """Return a correction that changed nothing."""
    return case.env["service_desk.clock.correction"].create(
        {"ticket_id": ticket.id, "kind": "excuse", "reason_id": reason.id, **vals}
    )
