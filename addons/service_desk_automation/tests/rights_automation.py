"""The records of the rights table of this add-on."""


def records(case):
    """Return one record for each row of ``data/rights/automation.tsv``."""
    preset = case.env.ref("service_desk_automation.preset_critical")
    stops = case.env["service_desk.automation.stop"].create(
        [
            {"automation_id": preset.automation_id.id, "ticket_id": ticket.id, "rounds": 5}
            for ticket in (case.private, case.foreign)
        ]
    )
    return {
        "service_desk.automation.preset": preset,
        "service_desk.automation.stop private": stops[0],
        "service_desk.automation.stop of B": stops[1],
    }
