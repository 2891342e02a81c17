"""The records of the rights table of calls and telephone exchanges."""


def records(case):
    """Return one record for each row of ``data/rights/phone.tsv``."""
    env = case.env
    pbx, pbx_b = env["service_desk.pbx"].create(
        [
            {"name": "Exchange of A", "team_id": case.team_it.id},
            {"name": "Exchange of B", "company_id": case.company_b.id},
        ]
    )
    base = {"company_id": case.company.id, "user_id": case.agent.id}
    calls = env["service_desk.call"].create(
        [
            base,
            {**base, "ticket_id": case.private.id},
            {**base, "ticket_id": case.confidential.id, "user_id": case.agent2.id},
            {"company_id": case.company.id, "team_id": case.team_it.id, "pbx_id": pbx.id},
            {"company_id": case.company_b.id, "pbx_id": pbx_b.id, "user_id": case.agent_b.id},
        ]
    )
    names = ("of the agent", "on a private ticket", "on a confidential ticket", "missed", "of B")
    found = {f"service_desk.call {name}": call for name, call in zip(names, calls, strict=True)}
    for name, exchange in (("", pbx), (" of B", pbx_b)):
        found[f"service_desk.pbx{name}"] = exchange
        found[f"service_desk.pbx.extension{name}"] = env["service_desk.pbx.extension"].create(
            {"pbx_id": exchange.id, "extension": "101", "user_id": case.agent.id}
        )
        found[f"service_desk.call.event{name}"] = env["service_desk.call.event"].create(
            {"pbx_id": exchange.id, "kind": "ended", "event_ref": f"rights{name}"}
        )
    return found
