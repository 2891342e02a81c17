"""The records of the rights table of lines, escalations and on-call duty."""


def records(case):
    """Return one record for each row of ``data/rights/escalation.tsv``."""
    env = case.env
    tickets = {"open": case.open_ticket, "private": case.private, "of B": case.foreign}
    found = {
        "service_desk.hand_over.reason": env["service_desk.hand_over.reason"].create(
            {"name": "rights"}
        ),
        "service_desk.ticket.hand.over": env["service_desk.ticket.hand.over"].create(
            {"ticket_ids": [(6, 0, case.open_ticket.ids)]}
        ),
    }
    for name, ticket in tickets.items():
        found[f"service_desk.ticket.span {name}"] = ticket.span_ids[0]
    return found
