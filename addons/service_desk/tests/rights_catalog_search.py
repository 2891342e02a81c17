"""The records of the rights table of the catalog's search."""


def records(case):
    """Return one record for each row of ``data/rights/catalog_search.tsv``."""
    env = case.env
    request_type = env.ref("service_desk.ticket_type_request")
    records = {
        "service_desk.synonym of the desk": env["service_desk.synonym"].create(
            {"words": "quokka, wombat"}
        )
    }
    places = (
        ("open", case.company, {}),
        ("of the owner", case.company, {"owner_id": case.owner.id}),
        ("of B", case.company_b, {}),
    )
    for name, company, vals in places:
        service = env["service_desk.service"].create(
            {"name": "rights of search", "company_id": company.id, **vals}
        )
        offering = env["service_desk.offering"].create(
            {"name": "rights", "service_id": service.id, "type_id": request_type.id}
        )
        records[f"service_desk.catalog.term {name}"] = env["service_desk.catalog.term"].create(
            {"offering_id": offering.id, "key": "quokka", "text": "quokka"}
        )
    for name, company in (("open", case.company), ("of B", case.company_b)):
        records[f"service_desk.catalog.miss {name}"] = env["service_desk.catalog.miss"].create(
            {"company_id": company.id, "key": "quokka", "text": "quokka"}
        )
    records["service_desk.catalog.search open"] = env["service_desk.catalog.search"].create(
        {"at": "2026-01-01", "person": "0123456789abcdef", "company_id": case.company.id}
    )
    return records
