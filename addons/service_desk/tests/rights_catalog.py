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
        offering = env["service_desk.offering"].create(
            {"name": "rights", "service_id": service.id, "type_id": request_type.id}
        )
        records[f"service_desk.offering {name}"] = offering
        records[f"service_desk.offering.version {name}"] = env[
            "service_desk.offering.version"
        ].create(
            {
                "offering_id": offering.id,
                "number": 1,
                "published_at": "2026-01-01",
                "snapshot": {"name": "rights"},
            }
        )
        records[f"service_desk.offering.route {name}"] = env["service_desk.offering.route"].create(
            {"name": "rights", "offering_id": offering.id, "priority": "3"}
        )
    return records
