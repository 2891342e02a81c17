"""The records of the rights table of working time."""


def records(case):
    """Return one record for each row of ``data/rights/working_time.tsv``."""
    env = case.env
    calendar, calendar_b = env["resource.calendar"].create(
        [
            {"name": "rights", "company_id": case.company.id},
            {"name": "rights B", "company_id": case.company_b.id},
        ]
    )
    days = env["service_desk.calendar.day"]
    return {
        "service_desk.calendar.day open": days.create(
            {"name": "rights", "date": "2031-01-02", "calendar_id": calendar.id}
        ),
        "service_desk.calendar.day of all": days.create(
            {"name": "rights", "date": "2031-01-02", "company_id": False}
        ),
        "service_desk.calendar.day of B": days.create(
            {"name": "rights", "date": "2031-01-02", "calendar_id": calendar_b.id}
        ),
        "service_desk.production.calendar": env["service_desk.production.calendar"].create(
            {"calendar_ids": [(6, 0, calendar.ids)]}
        ),
    }
