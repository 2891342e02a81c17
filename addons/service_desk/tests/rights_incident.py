"""The records of the rights table of mass incidents, alarms, announcements and reviews."""


def records(case):
    """Return one record for each row of ``data/rights/incident.tsv``; the model of each is in its name."""
    env = case.env
    masters = {
        "open": case.open_ticket,
        "private": case.private,
        "of B": case.foreign,
    }
    for master in masters.values():
        master.action_make_master()
    found = {}
    for name, master in masters.items():
        broadcast = env["service_desk.broadcast"].create({"master_id": master.id})
        found[f"service_desk.broadcast {name}"] = broadcast
        found[f"service_desk.broadcast.line {name}"] = env["service_desk.broadcast.line"].create(
            {"broadcast_id": broadcast.id, "ticket_id": master.id, "person_key": "rights"}
        )
    found["service_desk.ticket.attach"] = env["service_desk.ticket.attach"].create(
        {"ticket_ids": case.open_ticket.ids, "mode": "new"}
    )
    return found
