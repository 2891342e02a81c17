from odoo import api, fields, models

from ..models.fulfilment.seen_ticket import SeenTicket


class ServiceDeskPutChecklist(models.TransientModel):
    """Asks which checklists go onto a ticket."""

    _name = "service_desk.put.checklist"
    _description = "Add Checklists"

    ticket_id = SeenTicket("service_desk.ticket", required=True, ondelete="cascade")
    checklist_ids = fields.Many2many("service_desk.checklist", string="Checklists", required=True)

    @api.constrains("ticket_id")
    def _check_ticket_seen(self):
        """Refuse tickets that the user may not see: the dialog would tell him their names."""
        # constraints run as superuser, and see what the field hides from the user
        self.ticket_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Put the checklists on the ticket."""
        self.ensure_one()
        self.ticket_id.check_access("write")
        self.checklist_ids.check_access("read")
        places = [(checklist, self.ticket_id, None) for checklist in self.checklist_ids]
        self.env["service_desk.check"]._put(places)
        return {"type": "ir.actions.act_window_close"}
