"""The records of the rights table of workflows."""


def records(case):
    """Return one record for each row of ``data/rights/workflow.tsv``."""
    env = case.env
    stages = env["service_desk.stage"].search([], limit=2)
    workflow = env["service_desk.workflow"].create(
        {"name": "rights", "stage_ids": [(6, 0, stages.ids)]}
    )
    return {
        "service_desk.workflow": workflow,
        "service_desk.transition": env["service_desk.transition"].create(
            {
                "name": "rights",
                "workflow_id": workflow.id,
                "from_stage_id": stages[0].id,
                "to_stage_id": stages[1].id,
            }
        ),
        "service_desk.ticket.field": env["service_desk.ticket.field"].search([], limit=1),
        "service_desk.ticket.move": env["service_desk.ticket.move"].create(
            {"ticket_ids": [(6, 0, case.open_ticket.ids)]}
        ),
    }
