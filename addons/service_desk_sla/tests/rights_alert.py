"""The records of the rights table of warnings and webhooks."""

from .rights_agreement import agreement


def records(case):
    """Return one record for each row of ``data/rights/alert.tsv``."""
    env = case.env
    service = env["service_desk.service"].create(
        {"name": "Warned", "owner_id": case.owner.id, "company_id": case.company.id}
    )
    owned = agreement(case, "warned, of the owner", service_ids=service.ids)
    found = {
        "service_desk.agreement.alert": _alert(case, agreement(case)),
        "service_desk.agreement.alert of the owner": _alert(case, owned),
    }
    for suffix, company in (("", case.company), (" of B", case.team_b.company_id)):
        webhook = env["service_desk.webhook"].create(
            {"name": "rights", "url": "https://example.com/", "company_id": company.id}
        )
        webhook._queue_calls([{"event": "sla.test"}])
        found[f"service_desk.webhook{suffix}"] = webhook
        found[f"service_desk.webhook.delivery{suffix}"] = webhook.delivery_ids
    for name, ticket in (
        ("open", case.open_ticket),
        ("private", case.private),
        ("confidential", case.confidential),
        ("of B", case.foreign),
    ):
        found[f"service_desk.clock.alert {name}"] = env["service_desk.clock.alert"].create(
            {
                "ticket_id": ticket.id,
                "slot": "sla",
                "metric_id": env.ref("service_desk_sla.metric_resolution").id,
                "cycle": 1,
                "key": "percent:75",
            }
        )
    return found


def _alert(case, record):
    return case.env["service_desk.agreement.alert"].create(
        {"agreement_id": record.id, "percent": 75, "notify_assignee": True}
    )
