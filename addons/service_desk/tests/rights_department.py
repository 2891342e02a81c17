"""The records of the rights table of ready departments."""


def records(case):
    """Return one record for each row of ``data/rights/department.tsv``."""
    env = case.env
    department = env["service_desk.department"].search([], limit=1)
    found = {"service_desk.department": department}
    for name, company in (("of A", case.company), ("of B", case.company_b)):
        found[f"service_desk.department.item {name}"] = env["service_desk.department.item"].create(
            {
                "department_id": department.id,
                "company_id": company.id,
                "key": "rights",
                "res_model": "service_desk.team",
                "res_id": case.team_it.id,
            }
        )
    for model in ("service_desk.department.install", "service_desk.department.remove"):
        found[model] = env[model].create({"department_ids": [(6, 0, department.ids)]})
    return found
