"""The records of the rights table of the tickets themselves and of what they are made of."""


def records(case):
    """Return one record for each row of ``data/rights/core.tsv``; the model of each is in its name."""
    env = case.env
    records = {
        "service_desk.ticket open": case.open_ticket,
        "service_desk.ticket private": case.private,
        "service_desk.ticket confidential": case.confidential,
        "service_desk.ticket of B": case.foreign,
        "service_desk.team open": case.team_it,
        "service_desk.team private": case.team_private,
        "service_desk.team of B": case.team_b,
        "service_desk.settings of A": env["service_desk.settings"].search(
            [("company_id", "=", case.company.id)]
        )
        or env["service_desk.settings"].create({}),
        "service_desk.settings of B": env["service_desk.settings"].create(
            {"company_id": case.company_b.id}
        ),
    }
    link = env["service_desk.ticket.link"].create(
        [
            {"ticket_id": case.open_ticket.id, "other_id": other.id}
            for other in (case._create_ticket(), case.private)
        ]
    )
    (
        records["service_desk.ticket.link open"],
        records["service_desk.ticket.link to a private one"],
    ) = link
    for name, team in (("open", case.team_it), ("private", case.team_private)):
        records[f"service_desk.team.address {name}"] = env["service_desk.team.address"].create(
            {"team_id": team.id, "alias_name": f"rights-{name}"}
        )
    env["service_desk.report.source"].with_context(active_test=False).search(
        []
    ).unlink()  # of the demo
    for name, vals in simple_vals(case).items():
        records[name] = env[name.split(" ")[0]].create(vals)
    for name in (
        "service_desk.ticket.type",
        "service_desk.stage",
        "service_desk.priority.rule",
    ):
        records[name] = env[name].search([], limit=1)
    records["service_desk.notice.template"] = env["service_desk.notice.template"].search(
        [], limit=1
    )
    return records


def simple_vals(case):
    own = {
        "name": "private macro of the agent",
        "user_id": case.agent.id,
        "impact": "2",
        "message_kind": "none",
    }
    return {
        "service_desk.tag": {"name": "rights"},
        "service_desk.waiting.reason": {"name": "rights"},
        "service_desk.close.reason": {"name": "rights"},
        "service_desk.service": {"name": "rights"},
        "service_desk.service of B": {"name": "rights", "company_id": case.company_b.id},
        "service_desk.macro shared": {"name": "shared", "user_id": False, "impact": "2", "message_kind": "none"},
        "service_desk.macro of the agent": own,
        "service_desk.macro of the private team": {
            "name": "private", "user_id": False, "team_ids": [(6, 0, case.team_private.ids)], "impact": "2",
            "message_kind": "none",
        },
        "service_desk.report.source": {"model": "res.partner"},
        "service_desk.report.source of B": {"model": "res.company", "team_id": case.team_b.id},
        "service_desk.notice private": {
            "ticket_id": case.private.id, "event": "assigned", "due_at": "2030-01-01 00:00:00",
        },
        "service_desk.notice of B": {
            "ticket_id": case.foreign.id, "event": "assigned", "due_at": "2030-01-01 00:00:00",
        },
        "service_desk.decision private": {
            "ticket_id": case.private.id, "kind": "routing", "payload": {"rule": "rights"},
        },
        "service_desk.decision of B": {
            "ticket_id": case.foreign.id, "kind": "routing", "payload": {"rule": "rights"},
        },
        "service_desk.notice.preference": {"event": "assigned", "partner_id": case.customer_b.id},
        "service_desk.mail.intake open": {"raw_hash": "1" * 64, "team_id": case.team_it.id, "company_id": case.company.id},
        "service_desk.mail.intake private": {
            "raw_hash": "2" * 64, "team_id": case.team_private.id, "company_id": case.company.id,
        },
        "service_desk.mail.intake of B": {
            "raw_hash": "3" * 64, "team_id": case.team_b.id, "company_id": case.company_b.id,
        },
        "service_desk.mail.intake foreign": {"raw_hash": "4" * 64, "is_foreign": True},
        "service_desk.report.problem": {"name": "a draft of somebody else"},
        "service_desk.ticket.wait": {"ticket_ids": [(6, 0, case.open_ticket.ids)]},
        "service_desk.ticket.solve": {"ticket_ids": [(6, 0, case.open_ticket.ids)]},
    }  # fmt: skip
