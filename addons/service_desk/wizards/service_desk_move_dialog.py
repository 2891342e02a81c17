from odoo import api, fields, models
from odoo.tools import is_html_empty


class ServiceDeskMoveDialog(models.AbstractModel):
    """Asks for what a move of the workflow demands, and nothing else, before it is made.

    A field here can be demanded when ``service_desk.ticket.field`` lists it.
    """

    _name = "service_desk.move.dialog"
    _description = "Dialog of a Move"

    ticket_ids = fields.Many2many("service_desk.ticket", required=True)
    # a number, no link: agents need not read workflows
    move_id = fields.Integer()
    asked = fields.Char(compute="_compute_asked", help="The names of what is asked for.")

    service_id = fields.Many2one("service_desk.service")
    user_id = fields.Many2one("res.users", "Assigned to", domain="[('share', '=', False)]")
    partner_id = fields.Many2one("res.partner", "Requester")
    site_id = fields.Many2one("res.partner")
    tag_ids = fields.Many2many("service_desk.tag", string="Tags")
    close_reason_id = fields.Many2one("service_desk.close.reason")
    resolution = fields.Html(help="How it was solved.")
    next_step = fields.Char(help="What happens next. The requester sees it.")
    next_update_at = fields.Datetime(
        "Next Update", help="When the requester will hear from us again. He sees it."
    )
    partner_phone = fields.Char("Phone")

    @api.depends("ticket_ids", "move_id")
    def _compute_asked(self):
        for wizard in self:
            move = wizard._plain_move()
            tickets = wizard.ticket_ids if move else ()
            missing = {name for ticket in tickets for name in ticket._missing(move, {})}
            wizard.asked = f",{','.join(sorted(missing))},"

    def _plain_move(self):
        """Return the move as the gate sees it; None without one."""
        # sudo: the dialog's demands hold for everybody
        transition_sudo = self.env["service_desk.transition"].sudo().browse(self.move_id).exists()
        return transition_sudo._as_plain() if transition_sudo else None

    def _asked_values(self):
        """Return the values that were asked for and given."""
        names = [name for name in self.asked.split(",") if name]
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in names
            if self[name] and not (isinstance(self[name], str) and is_html_empty(self[name]))
        }

    def _move(self, state, vals):
        """Make the move with ``vals``; without one the tickets go to ``state``."""
        if not self.move_id:
            return self.ticket_ids._write_state({**vals, "state": state})
        move = self.ticket_ids._offered_move(self.move_id)
        return self.ticket_ids._make_move(move, vals)
