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
    found |= waves(case, masters)
    found |= announcements(case)
    found |= reviews(case, masters)
    return found


def waves(case, tickets):
    """Return a wave and a usual number of each company, and a line for each kind of ticket."""
    env, found = case.env, {}
    for name, company in (("open", case.company), ("of B", case.company_b)):
        found[f"service_desk.wave {name}"] = env["service_desk.wave"].create(
            {"name": "rights", "company_id": company.id}
        )
        found[f"service_desk.wave.rate {name}"] = env["service_desk.wave.rate"].create(
            {"company_id": company.id, "day": "2020-01-01", "key": "rights", "tickets": 1}
        )
    for name, ticket in tickets.items():
        wave = found["service_desk.wave of B" if name == "of B" else "service_desk.wave open"]
        found[f"service_desk.wave.member {name}"] = env["service_desk.wave.member"].create(
            {"wave_id": wave.id, "ticket_id": ticket.id}
        )
    return found


def announcements(case):
    env, found = case.env, {}
    for name, company, published in (
        ("open", case.company, True),
        ("draft", case.company, False),
        ("of B", case.company_b, True),
    ):
        announcement = env["service_desk.announcement"].create(
            {"name": "rights", "for_all": True, "company_id": company.id}
        )
        if published:
            announcement.action_publish()
        found[f"service_desk.announcement {name}"] = announcement
        found[f"service_desk.announcement.recipient {name}"] = env[
            "service_desk.announcement.recipient"
        ].create({"announcement_id": announcement.id, "partner_id": case.customer_b.id})
    return found


def reviews(case, tickets):
    env, found = case.env, {}
    for name, ticket in tickets.items():
        review = env["service_desk.review"].create({"ticket_id": ticket.id})
        found[f"service_desk.review {name}"] = review
        found[f"service_desk.review.action {name}"] = env["service_desk.review.action"].create(
            {"review_id": review.id, "name": "rights", "user_id": ticket.env.user.id}
        )
    return found
