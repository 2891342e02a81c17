"""The records of the rights table of lines, escalations and on-call duty."""

MOMENTS = {"start_at": "2030-01-01 00:00:00", "end_at": "2030-01-02 00:00:00"}


def records(case):
    """Return one record for each row of ``data/rights/escalation.tsv``."""
    env = case.env
    found = {
        "service_desk.hand_over.reason": env["service_desk.hand_over.reason"].create(
            {"name": "rights"}
        ),
        "service_desk.ticket.hand.over": env["service_desk.ticket.hand.over"].create(
            {"ticket_ids": [(6, 0, case.open_ticket.ids)]}
        ),
    }
    for suffix, team, user in (
        ("", case.team_it, case.agent),
        (" of the private team", case.team_private, case.agent2),
        (" of B", case.team_b, case.agent_b),
    ):
        for model, record in team_records(env, team, user).items():
            found[model + suffix] = record
    rung = found["service_desk.escalation.rung"]
    for name, ticket in (
        ("open", case.open_ticket),
        ("private", case.private),
        ("of B", case.foreign),
    ):
        found[f"service_desk.ticket.span {name}"] = ticket.span_ids[0]
        found[f"service_desk.escalation.timer {name}"] = env[
            "service_desk.escalation.timer"
        ].create(
            {"ticket_id": ticket.id, "rung_id": rung.id, "due_at": "2030-01-01 00:00:00", "key": 9}
        )
        found[f"service_desk.oncall.call {name}"] = env["service_desk.oncall.call"].create(
            {
                "ticket_id": ticket.id,
                "user_id": ticket.user_id.id or case.agent.id,
                "rung_at": "2030-01-01 00:00:00",
                "due_at": "2030-01-01 00:10:00",
            }
        )
    return found


def team_records(env, team, user):
    """Return the configuration of one team, by model."""
    ladder = env["service_desk.escalation"].create(
        {
            "name": "rights",
            "company_id": team.company_id.id,
            "team_ids": [(6, 0, team.ids)],
            "rung_ids": [(0, 0, {"trigger": "rating"})],
        }
    )
    rota = env["service_desk.oncall"].create(
        {"name": "rights", "team_id": team.id, "pattern_ids": [(0, 0, {"user_id": user.id})]}
    )
    shift = env["service_desk.oncall.shift"].create(
        {"oncall_id": rota.id, "user_id": user.id, **MOMENTS}
    )
    return {
        "service_desk.escalation": ladder,
        "service_desk.escalation.rung": ladder.rung_ids,
        "service_desk.oncall": rota,
        "service_desk.oncall.pattern": rota.pattern_ids,
        "service_desk.oncall.shift": shift,
    }
