"""The records of the rights table of merges."""


def records(case):
    """Return one record for each row of ``data/rights/merge.tsv``; the model of each is in its name."""
    merges = case.env["service_desk.merge"]
    other = case._create_ticket()

    def merge(survivor):
        return merges.create({"ticket_id": other.id, "survivor_id": survivor.id})

    return {
        "service_desk.merge open": merge(case.open_ticket),
        "service_desk.merge into a private one": merge(case.private),
        "service_desk.merge into a confidential one": merge(case.confidential),
        "service_desk.merge into one of B": merge(case.foreign),
        "service_desk.ticket.merge": case.env["service_desk.ticket.merge"].create(
            {"ticket_ids": [(6, 0, case.open_ticket.ids)]}
        ),
    }
