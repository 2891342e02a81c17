from odoo import api, fields, models


class ServiceDeskFulfilmentPlan(models.Model):
    _inherit = "service_desk.fulfilment.plan"

    diagram = fields.Json(compute="_compute_diagram")

    @api.depends(
        "task_ids.name",
        "task_ids.kind",
        "task_ids.condition",
        "task_ids.sequence",
        "task_ids.depends_on_ids",
        "task_ids.due_key",
        "form_id",
    )
    @api.depends_context("lang")
    def _compute_diagram(self):
        """Fill what the drawing shows: the tasks, and which of them come after which."""
        for plan in self:
            tasks = plan.task_ids.sorted("sequence")
            known = set(tasks._origin.ids)
            plan.diagram = {
                "stages": [
                    {
                        "id": task._origin.id,
                        "name": task.name or "",
                        "state": task._drawn_state(),
                        "start": not task.depends_on_ids,
                    }
                    for task in tasks
                    if task._origin
                ],
                "moves": [
                    {
                        "id": before._origin.id * 1_000_000 + task._origin.id,
                        "name": "",
                        "source": before._origin.id,
                        "target": task._origin.id,
                        "requester": False,
                        "guarded": False,
                    }
                    for task in tasks
                    if task._origin
                    for before in task.depends_on_ids
                    if before._origin.id in known
                ],
                "problems": plan._find_problems(),
            }


class ServiceDeskFulfilmentPlanTask(models.Model):
    _inherit = "service_desk.fulfilment.plan.task"

    def _drawn_state(self):
        """Return the colour of the task in the drawing, as the drawing of workflows has them."""
        if self.kind != "human":
            return "solved"
        return "waiting" if self.condition else "open"
