"""The records of the rights table of routing rules."""


def records(case):
    """Return one record for each row of ``data/rights/routing.tsv``."""
    rules = case.env["service_desk.routing.rule"]
    return {
        "service_desk.routing.rule open": rules.create(
            {"name": "open", "team_id": case.team_it.id}
        ),
        "service_desk.routing.rule to a private team": rules.create(
            {"name": "to a private one", "team_id": case.team_private.id}
        ),
        "service_desk.routing.rule from a private team": rules.create(
            {"name": "from a private one", "from_team_ids": [(6, 0, case.team_private.ids)]}
        ),
        "service_desk.routing.rule of all": rules.create({"name": "all", "company_id": False}),
        "service_desk.routing.rule of B": rules.create(
            {"name": "of B", "company_id": case.company_b.id, "team_id": case.team_b.id}
        ),
        "service_desk.routing.test": case.env["service_desk.routing.test"].create({}),
    }
