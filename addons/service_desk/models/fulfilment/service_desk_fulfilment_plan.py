from odoo import api, fields, models
from odoo.tools.translate import html_translate


class ServiceDeskFulfilmentPlan(models.Model):
    """What is done when somebody asks for an offering: tasks of several teams, in order."""

    _name = "service_desk.fulfilment.plan"
    _description = "Fulfilment Plan"
    _inherit = "service_desk.owned.mixin"
    _order = "name, id"
    _check_company_auto = True

    service_id = fields.Many2one(required=True, help="Its owner edits the plan.")
    task_ids = fields.One2many("service_desk.fulfilment.plan.task", "plan_id", "Tasks", copy=True)
    offering_ids = fields.One2many("service_desk.offering", "plan_id", "Offerings")
    solves_ticket = fields.Boolean(
        "Solves the Ticket", default=True, help="The ticket is solved when all tasks are done."
    )
    resolution = fields.Html(
        translate=html_translate,
        help="What the requester is told then. Empty: “All tasks are done.”",
    )
    close_reason_id = fields.Many2one("service_desk.close.reason", ondelete="restrict")
    task_count = fields.Integer(compute="_compute_task_count")

    @api.depends("task_ids")
    def _compute_task_count(self):
        for plan in self:
            plan.task_count = len(plan.task_ids)

    @api.constrains("resolution")
    def _check_resolution(self):
        for plan in self:
            self.env["service_desk.placeholder"]._check_text(plan.resolution)

    def copy_data(self, default=None):
        return [
            dict(vals, name=self.env._("%(plan)s (copy)", plan=plan.name))
            for plan, vals in zip(self, super().copy_data(default=default), strict=True)
        ]

    def copy(self, default=None):
        """Copy with the order of the tasks: each copied task comes after the copies of those before it."""
        plans = super().copy(default)
        for plan, copied in zip(self, plans, strict=True):
            twin = dict(zip(plan.task_ids, copied.task_ids, strict=True))
            for task, other in twin.items():
                other.depends_on_ids = [(6, 0, [twin[before].id for before in task.depends_on_ids])]
        return plans

    def _asks_answers(self):
        """Tell whether any task depends on what was answered in the form."""
        return any(
            task.condition or task.due_from != "ready" or task.until_key or task.lang_key
            for task in self.task_ids
        )
