from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.fulfilment.seen_ticket import SeenTicket


class ServiceDeskTicketAttach(models.TransientModel):
    """Asks to which mass incident tickets belong; a new one can be made of them."""

    _name = "service_desk.ticket.attach"
    _description = "Add Tickets to a Mass Incident"

    ticket_ids = fields.Many2many("service_desk.ticket", required=True)
    mode = fields.Selection(
        [("existing", "A mass incident that is known"), ("new", "A new mass incident")],
        default=lambda self: self._default_mode(),
        required=True,
    )
    master_id = SeenTicket(
        "service_desk.ticket",
        "Mass Incident",
        default=lambda self: self._newest_master(),
        domain="[('is_master', '=', True), ('is_open', '=', True)]",
    )
    subject = fields.Char()
    tell_new = fields.Boolean(
        "Send the Last Answer to All",
        default=True,
        help="The requesters of these tickets get what the others have been told last.",
    )

    @api.constrains("master_id")
    def _check_ticket_seen(self):
        """Refuse tickets that the user may not see: the dialog would tell him their names."""
        # constraints run as superuser, and see what the field hides from the user
        self.master_id.sudo(False).check_access("read")

    def _newest_master(self):
        return self.env["service_desk.ticket"].search(
            [("is_master", "=", True), ("is_open", "=", True)], order="id desc", limit=1
        )

    def _default_mode(self):
        return "existing" if self._newest_master() else "new"

    def action_confirm(self):
        """Add the tickets, and open the mass incident.

        :raises UserError: when no ticket or no mass incident is named
        """
        self.ensure_one()
        if not self.ticket_ids:
            raise UserError(self.env._("Choose the tickets first."))
        master = self.master_id if self.mode == "existing" else self._create_master()
        if not master:
            raise UserError(self.env._("Choose the mass incident first."))
        members = self.ticket_ids - master
        members.with_context(service_desk_quiet_join=not self.tell_new).write(
            {"master_id": master.id}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": master._name,
            "res_id": master.id,
            "views": [[False, "form"]],
        }

    def _create_master(self):
        """Make a ticket of its own for the cause, in the place of the oldest of these tickets."""
        self.ticket_ids.check_access("write")
        return self.ticket_ids._create_master_ticket(self.subject)
