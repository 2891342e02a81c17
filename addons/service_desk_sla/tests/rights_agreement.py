"""The records of the rights table of agreements and metrics."""


def records(case):
    """Return one record for each row of ``data/rights/agreement.tsv``."""
    service = case.env["service_desk.service"].create(
        {"name": "Of the owner", "owner_id": case.owner.id, "company_id": case.company.id}
    )
    owned = agreement(case, "of the owner", service_ids=service.ids)
    return {
        "service_desk.metric": case.env.ref("service_desk_sla.metric_resolution"),
        **_parts(agreement(case), ""),
        **_parts(owned, " of the owner"),
    }


def _parts(record, suffix):
    return {
        f"service_desk.agreement{suffix}": record,
        f"service_desk.agreement.line{suffix}": record.line_ids,
        f"service_desk.agreement.target{suffix}": record.line_ids.target_ids,
        f"service_desk.agreement.version{suffix}": record.version_id,
    }


def agreement(case, name="rights", **vals):
    """Return a published agreement with one target; the same for the same name."""
    known = case.env["service_desk.agreement"].search([("name", "=", name)], limit=1)
    if known:
        return known
    metric = case.env.ref("service_desk_sla.metric_resolution")
    target = {"metric_id": metric.id, "amount": 60, "unit": "minutes"}
    record = case.env["service_desk.agreement"].create(
        {
            "name": name,
            "runs_beside": True,
            "line_ids": [(0, 0, {"target_ids": [(0, 0, target)]})],
            **vals,
        }
    )
    record.action_publish()
    return record
