"""The records of the rights table of entitlement."""


def records(case):
    """Return one record for each row of ``data/rights/entitlement.tsv``."""
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
        records[f"service_desk.entitlement {name}"] = env["service_desk.entitlement"].create(
            {"offering_id": offering.id, "for_internal": True}
        )
    records["service_desk.entitlement.check"] = env["service_desk.entitlement.check"].create({})
    return records
