"""The records of the rights table of entitlement."""

from .rights_catalog import offerings


def records(case):
    """Return one record for each row of ``data/rights/entitlement.tsv``."""
    env = case.env
    records = {}
    for name, offering in offerings(case):
        records[f"service_desk.entitlement {name}"] = env["service_desk.entitlement"].create(
            {"offering_id": offering.id, "for_internal": True}
        )
    records["service_desk.entitlement.check"] = env["service_desk.entitlement.check"].create({})
    return records
