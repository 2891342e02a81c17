"""Stages belonged to types one by one; now a type's workflow has them. What people had set up stays open."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import table_exists

TABLE = "service_desk_stage_type_rel"


def migrate(cr, version):
    """Give each workflow the stages that its types had, with a way to and fro, as it was."""
    if not table_exists(cr, TABLE):
        return
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    owned = {}
    for stage_id, type_id in env.execute_query(
        SQL("SELECT stage_id, type_id FROM service_desk_stage_type_rel")
    ):
        owned.setdefault(stage_id, set()).add(type_id)
    stages = env["service_desk.stage"].search([])
    for ticket_type in env["service_desk.ticket.type"].search([]):
        had = stages.filtered(
            lambda stage, type_id=ticket_type.id: type_id in owned.get(stage.id, {type_id})
        )
        _keep(env, ticket_type, had, restricted=len(had) < len(stages))
    cr.execute(SQL("DROP TABLE %s", SQL.identifier(TABLE)))


def _keep(env, ticket_type, had, restricted):
    """Let tickets of the type stand and go where they could."""
    workflow = ticket_type.workflow_id
    if not workflow:
        if restricted:
            workflow = env["service_desk.workflow"].create(
                {"name": ticket_type.name, "stage_ids": [(6, 0, had.ids)]}
            )
            ticket_type.workflow_id = workflow
            _free(workflow, had)
        return
    added = had - workflow.stage_ids
    if added:
        workflow.stage_ids += added
        _free(workflow, added)
        _free_from(workflow, added)


def _free(workflow, stages):
    """Add a way from everywhere to each of the stages."""
    workflow.transition_ids = [
        (0, 0, {"name": stage.name, "to_stage_id": stage.id, "is_button": False})
        for stage in stages
    ]


def _free_from(workflow, added):
    """Add a way from each added stage back to every other."""
    others = workflow.stage_ids - added
    workflow.transition_ids = [
        (
            0,
            0,
            {
                "name": other.name,
                "from_stage_id": stage.id,
                "to_stage_id": other.id,
                "is_button": False,
                "requester_may": other.state == "open",
            },
        )
        for stage in added
        for other in others
    ]
