"""The record of the rights table of links to approvals: nobody sees one, whoever may decide."""


def records(case):
    """Return the record of the row of ``data/rights/approval_mail.tsv``."""
    env = case.env
    approver = env["res.partner"].create(
        {"name": "rights approver", "email": "a@rights.example.com"}
    )
    step = {"name": "rights", "who": "persons", "partner_ids": [(6, 0, approver.ids)]}
    policy = env["service_desk.approval.policy"].create(
        {"name": "rights", "step_ids": [(0, 0, step)]}
    )
    service = env["service_desk.service"].create(
        {"name": "rights links", "company_id": case.company.id}
    )
    offering = env["service_desk.offering"].create(
        {
            "name": "rights links",
            "service_id": service.id,
            "type_id": env.ref("service_desk.ticket_type_request").id,
            "team_id": case.team_it.id,
            "state": "published",
            "approval_policy_id": policy.id,
        }
    )
    ticket = case._create_ticket(offering_id=offering.id, partner_id=case.customer_a.id)
    link = env["service_desk.approval.link"].search([("request_id.ticket_id", "=", ticket.id)])
    return {"service_desk.approval.link": link}
