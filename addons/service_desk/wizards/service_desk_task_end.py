from odoo import fields, models
from odoo.exceptions import UserError

WAYS = [("skip", "Skip"), ("cancel", "Cancel what is left")]


class ServiceDeskTaskEnd(models.TransientModel):
    """Asks why tasks end without being done."""

    _name = "service_desk.task.end"
    _description = "End Tasks"

    task_ids = fields.Many2many("service_desk.task", string="Tasks", required=True)
    how = fields.Selection(WAYS, required=True, default="skip")
    reason = fields.Char("Why", required=True)

    def action_confirm(self):
        """End the tasks for the reason that was given."""
        self.ensure_one()
        tasks = self.task_ids
        if not tasks:
            raise UserError(self.env._("There is no open task."))
        if self.how == "skip":
            tasks._skip(self.reason)
        else:
            tasks.check_access("write")
            tasks._cancel_rest(self.reason)
        return {"type": "ir.actions.act_window_close"}
