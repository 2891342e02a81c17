"""The records of the rights table of the catalog."""


def offerings(case):
    """Yield ``(name, offering)``: one of the company, one of the owner's service, one of company B."""
    request_type = case.env.ref("service_desk.ticket_type_request")
    places = (
        ("open", {"company_id": case.company.id}),
        ("of the owner", {"company_id": case.company.id, "owner_id": case.owner.id}),
        ("of B", {"company_id": case.company_b.id}),
    )
    for name, vals in places:
        service = case.env["service_desk.service"].create({"name": "rights", **vals})
        yield (
            name,
            case.env["service_desk.offering"].create(
                {"name": "rights", "service_id": service.id, "type_id": request_type.id}
            ),
        )


def records(case):
    """Return one record for each row of ``data/rights/catalog.tsv``."""
    env = case.env
    records = {}
    for name, offering in offerings(case):
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
