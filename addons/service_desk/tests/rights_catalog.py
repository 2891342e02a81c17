"""The records of the rights table of the catalog."""


def records(case):
    """Return one record for each row of ``data/rights/catalog.tsv``."""
    env = case.env
    request_type = env.ref("service_desk.ticket_type_request")
    records = {}
    places = (
        ("open", {"company_id": case.company.id}),
        ("of the owner", {"company_id": case.company.id, "owner_id": case.owner.id}),
        ("of B", {"company_id": case.company_b.id}),
    )
    for name, vals in places:
        service = env["service_desk.service"].create({"name": "rights", **vals})
        records[f"service_desk.offering {name}"] = env["service_desk.offering"].create(
            {"name": "rights", "service_id": service.id, "type_id": request_type.id}
        )
    return records
