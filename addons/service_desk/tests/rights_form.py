"""The records of the rights table of forms."""


def records(case):
    """Return one record for each row of ``data/rights/form.tsv``."""
    env = case.env
    records = {}
    places = (
        ("open", {"company_id": case.company.id}),
        ("of the owner", {"company_id": case.company.id, "owner_id": case.owner.id}),
        ("of B", {"company_id": case.company_b.id}),
    )
    for name, vals in places:
        service = env["service_desk.service"].create({"name": "rights of forms", **vals})
        form = env["service_desk.form"].create(
            {
                "name": "rights",
                "service_id": service.id,
                "question_ids": [
                    (0, 0, {"name": "Why?", "key": "why"}),
                    (
                        0,
                        0,
                        {"name": "Which?", "kind": "choice", "option_ids": [(0, 0, {"name": "A"})]},
                    ),
                ],
            }
        )
        records[f"service_desk.form {name}"] = form
        records[f"service_desk.form.question {name}"] = form.question_ids[1]
        records[f"service_desk.form.option {name}"] = form.question_ids[1].option_ids
        form.action_publish()
        records[f"service_desk.form.version {name}"] = form.version_id
    version = records["service_desk.form.version open"]
    for name, ticket in (
        ("open ticket", case.open_ticket),
        ("private ticket", case.private),
        ("confidential ticket", case.confidential),
        ("ticket of B", case.foreign),
    ):
        ticket._replace_answers(version, {"why": "because"})
        records[f"service_desk.answer {name}"] = ticket.answer_ids
    return records
