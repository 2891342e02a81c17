from odoo import fields, models


class ServiceDeskPutChecklist(models.TransientModel):
    """Asks which checklists go onto a ticket."""

    _name = "service_desk.put.checklist"
    _description = "Add Checklists"

    ticket_id = fields.Many2one("service_desk.ticket", required=True, ondelete="cascade")
    checklist_ids = fields.Many2many("service_desk.checklist", string="Checklists", required=True)

    def action_confirm(self):
        """Put the checklists on the ticket."""
        self.ensure_one()
        self.ticket_id.check_access("write")
        self.checklist_ids.check_access("read")
        places = [(checklist, self.ticket_id, None) for checklist in self.checklist_ids]
        self.env["service_desk.check"]._put(places)
        return {"type": "ir.actions.act_window_close"}
