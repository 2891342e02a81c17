"""The records of the rights table of timelines and clocks."""

from .rights_agreement import agreement


def records(case):
    """Return one record for each row of ``data/rights/clock.tsv``."""
    env = case.env
    version = agreement(case).version_id
    found = {}
    for name, ticket in (
        ("open", case.open_ticket),
        ("private", case.private),
        ("confidential", case.confidential),
        ("of B", case.foreign),
    ):
        found[f"service_desk.ticket.event {name}"] = env["service_desk.ticket.event"].create(
            {"ticket_id": ticket.id, "at": "2030-01-01 00:00:00", "kind": "changed", "facts": {}}
        )
        found[f"service_desk.clock {name}"] = env["service_desk.clock"].create(
            clock_vals(case, ticket, version)
        )
    return found


def clock_vals(case, ticket, version, **vals):
    """Return the values of a clock that stands on its own: no settling has made it."""
    return {
        "ticket_id": ticket.id,
        "slot": "beside:0",
        "metric_id": case.env.ref("service_desk_sla.metric_resolution").id,
        "agreement_id": version.agreement_id.id,
        "version_id": version.id,
        "kind": version.agreement_id.kind,
        "state": "running",
        **vals,
    }
