from odoo import api, fields, models


class HrDepartureWizard(models.TransientModel):
    """Whoever lets somebody go sees what becomes of his tickets."""

    _inherit = "hr.departure.wizard"

    service_desk_note = fields.Char("Service Desk", compute="_compute_service_desk_note")

    @api.depends("employee_ids")
    @api.depends_context("uid", "lang")
    def _compute_service_desk_note(self):
        """Count only tickets that the reader may see."""
        may_read = self.env["service_desk.ticket"].has_access("read")
        for wizard in self:
            users = wizard.employee_ids.user_id
            staff = users.filtered(lambda user: user._is_service_desk_staff())
            if not staff:
                wizard.service_desk_note = False
            elif not may_read:
                wizard.service_desk_note = self.env._(
                    "Open tickets go to others at once; the leads of the teams are told."
                )
            else:
                count = self.env["service_desk.ticket"].search_count(
                    [("user_id", "in", staff.ids), ("is_open", "=", True)]
                )
                wizard.service_desk_note = self.env._(
                    "Open tickets that go to others at once: %(count)s. The leads of the teams are told.",
                    count=count,
                )
