"""The records of the rights table of fulfilment."""


def records(case):
    """Return one record for each row of ``data/rights/fulfilment.tsv``."""
    env, found = case.env, {}
    found.update(_configuration(case))
    found.update(_tasks(case))
    permit = env["service_desk.fulfilment.permit"].create(
        {"name": "rights", "kind": "membership", "group_id": _group(env).id}
    )
    found["service_desk.fulfilment.permit"] = permit
    found["service_desk.grant"] = env["service_desk.grant"].create(
        {
            "user_id": case.employee.id,
            "group_id": _group(env).id,
            "company_id": case.company.id,
            "given_at": "2026-01-01",
            "until": "2036-01-01",
        }
    )
    task = found["service_desk.task open"]
    found["service_desk.task.end"] = env["service_desk.task.end"].create(
        {"task_ids": [(6, 0, task.ids)], "reason": "rights"}
    )
    found["service_desk.put.checklist"] = env["service_desk.put.checklist"].create(
        {
            "ticket_id": case.open_ticket.id,
            "checklist_ids": [(6, 0, found["service_desk.checklist open"].ids)],
        }
    )
    return found


def _group(env):
    return env["res.groups"].create({"name": "rights"})


def _configuration(case):
    env, found = case.env, {}
    places = (
        ("open", {"company_id": case.company.id}),
        ("of the owner", {"company_id": case.company.id, "owner_id": case.owner.id}),
        ("of B", {"company_id": case.company_b.id}),
    )
    for name, vals in places:
        service = env["service_desk.service"].create({"name": "rights", **vals})
        plan = env["service_desk.fulfilment.plan"].create(
            {"name": "rights", "service_id": service.id}
        )
        checklist = env["service_desk.checklist"].create(
            {"name": "rights", "service_id": service.id}
        )
        found[f"service_desk.fulfilment.plan {name}"] = plan
        found[f"service_desk.fulfilment.plan.task {name}"] = env[
            "service_desk.fulfilment.plan.task"
        ].create({"name": "rights", "plan_id": plan.id})
        found[f"service_desk.checklist {name}"] = checklist
        found[f"service_desk.checklist.line {name}"] = env["service_desk.checklist.line"].create(
            {"name": "rights", "checklist_id": checklist.id}
        )
    return found


def _tasks(case):
    """A task of the open team and one of the private team, on open and on hidden tickets."""
    env, found = case.env, {}
    places = (
        ("open", case.open_ticket, case.team_it),
        ("of the private team", case.open_ticket, case.team_private),
        ("on a private ticket", case.private, case.team_it),
        ("on a confidential ticket", case.confidential, case.team_private),
        ("of B", case.foreign, case.team_b),
    )
    for name, ticket, team in places:
        task = env["service_desk.task"].create(
            {"name": "rights", "ticket_id": ticket.id, "team_id": team.id}
        )
        found[f"service_desk.task {name}"] = task
        found[f"service_desk.check {name}"] = env["service_desk.check"].create(
            {"name": "rights", "task_id": task.id}
        )
    found["service_desk.check on a ticket"] = env["service_desk.check"].create(
        {"name": "rights", "ticket_id": case.open_ticket.id}
    )
    found["service_desk.check on a confidential ticket itself"] = env["service_desk.check"].create(
        {"name": "rights", "ticket_id": case.confidential.id}
    )
    return found
