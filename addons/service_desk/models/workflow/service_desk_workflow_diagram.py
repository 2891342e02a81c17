from odoo import api, fields, models


class ServiceDeskWorkflow(models.Model):
    _inherit = "service_desk.workflow"

    diagram = fields.Json(compute="_compute_diagram")

    @api.depends(
        "stage_ids.name",
        "stage_ids.state",
        "start_stage_id",
        "type_ids",
        "transition_ids.name",
        "transition_ids.from_stage_id",
        "transition_ids.to_stage_id",
        "transition_ids.is_button",
        "transition_ids.hotkey",
        "transition_ids.style",
    )
    @api.depends_context("lang")
    def _compute_diagram(self):
        """Fill what the drawing shows: the stages, the moves between them, and what is wrong with them."""
        for workflow in self:
            start = workflow._start()
            workflow.diagram = {
                "stages": [
                    {
                        "id": stage._origin.id,
                        "name": stage.name,
                        "state": stage.state,
                        "start": stage == start,
                    }
                    for stage in workflow.stage_ids.sorted()
                ],
                "moves": [workflow._drawn_move(move) for move in workflow.transition_ids],
                "problems": workflow._find_problems(),
            }

    def _drawn_move(self, move):
        return {
            "id": move._origin.id,
            "name": move.name,
            "source": move.from_stage_id._origin.id or 0,
            "target": move.to_stage_id._origin.id,
            "requester": move.requester_may,
            "guarded": bool(
                move.who != "anyone"
                or move.group_ids
                or move.required_ids
                or (move.domain or "[]") != "[]"
            ),
        }
