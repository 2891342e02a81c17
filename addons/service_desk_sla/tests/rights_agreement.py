"""The records of the rights table of agreements and metrics."""


def records(case):
    """Return one record for each row of ``data/rights/agreement.tsv``."""
    record = agreement(case)
    return {
        "service_desk.metric": case.env.ref("service_desk_sla.metric_resolution"),
        "service_desk.agreement": record,
        "service_desk.agreement.line": record.line_ids,
        "service_desk.agreement.target": record.line_ids.target_ids,
        "service_desk.agreement.version": record.version_id,
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
