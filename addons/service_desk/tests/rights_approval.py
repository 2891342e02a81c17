"""The records of the rights table of approvals."""


def records(case):
    """Return one record for each row of ``data/rights/approval.tsv``."""
    env = case.env
    places = (
        ("open", {"company_id": case.company.id}),
        ("of the owner", {"company_id": case.company.id, "owner_id": case.owner.id}),
        ("of B", {"company_id": case.company_b.id}),
    )
    records = {}
    for name, vals in places:
        service = env["service_desk.service"].create({"name": "rights", **vals})
        records |= _configuration(env, name, service)
    records |= _runtime(case)
    return records


def _configuration(env, name, service):
    group = env["service_desk.approver.group"].create({"name": "x", "service_id": service.id})
    policy = env["service_desk.approval.policy"].create(
        {
            "name": "rights",
            "service_id": service.id,
            "step_ids": [(0, 0, {"name": "Agree", "who": "manager"})],
        }
    )
    return {
        f"service_desk.approver.group {name}": group,
        f"service_desk.approval.policy {name}": policy,
        f"service_desk.approval.policy.step {name}": policy.step_ids,
    }


def _runtime(case):
    """Return rounds on an open and a hidden ticket, which the employee is to decide."""
    env = case.env
    service = env["service_desk.service"].create(
        {
            "name": "x",
            "company_id": case.company.id,
            "team_id": case.team_it.id,
            "owner_id": case.owner.id,
        }
    )
    employee = case.employee.partner_id
    step = {"name": "Agree", "who": "persons", "partner_ids": [(6, 0, employee.ids)]}
    policy = env["service_desk.approval.policy"].create(
        {"name": "x", "service_id": service.id, "step_ids": [(0, 0, step)]}
    )
    offering = env["service_desk.offering"].create(
        {
            "name": "x",
            "service_id": service.id,
            "type_id": case.type_request.id,
            "state": "published",
            "approval_policy_id": policy.id,
        }
    )
    records = {}
    for name, vals in (("open", {}), ("private", {"team_id": case.team_private.id})):
        ticket = case._create_ticket(
            offering_id=offering.id, type_id=case.type_request.id, name="x", **vals
        )
        request = ticket.approval_ids.request_ids
        dialog = env["service_desk.approval.dialog"].with_user(case.employee)
        records |= {
            f"service_desk.approval {name}": ticket.approval_ids,
            f"service_desk.approval.step {name}": ticket.approval_ids.step_ids,
            f"service_desk.approval.request {name}": request,
            f"service_desk.approval.log {name}": ticket.approval_log_ids[:1],
        }
    records["service_desk.approval.dialog"] = dialog.create(
        {"request_id": request.id, "verdict": "refuse"}
    )
    return records
