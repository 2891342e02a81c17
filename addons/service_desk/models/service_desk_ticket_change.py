"""Changes of a ticket that are chosen once and made many times: by a macro, by a move of the workflow."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import is_html_empty

from .service_desk_priority_rule import IMPACTS, URGENCIES

ASSIGNMENTS = [
    ("keep", "Leave as it is"),
    ("me", "Me"),
    ("nobody", "Nobody"),
    ("person", "A certain person"),
]
#: Fields whose text is made for each ticket.
TEXTS = ("resolution", "next_step")


class ServiceDeskTicketChange(models.AbstractModel):
    """The values that a macro or a move of the workflow gives to tickets: data, never code."""

    _name = "service_desk.ticket.change"
    _description = "Changes of a Ticket"

    assign = fields.Selection(ASSIGNMENTS, "Assign to", default="keep", required=True)
    assign_user_id = fields.Many2one(
        "res.users", "Person", ondelete="cascade", domain="[('share', '=', False)]"
    )
    impact = fields.Selection(IMPACTS, "Set Impact")
    urgency = fields.Selection(URGENCIES, "Set Urgency")
    tag_ids = fields.Many2many("service_desk.tag", string="Add Tags")
    close_reason_id = fields.Many2one(
        "service_desk.close.reason", "Set Close Reason", ondelete="cascade"
    )
    resolution = fields.Html("Set Resolution", translate=True)
    next_step = fields.Char("Set Next Step", translate=True)
    next_update_hours = fields.Integer("Promise an Update in (hours)", help="0 promises nothing.")

    @api.constrains("resolution", "next_step")
    def _check_change_texts(self):
        for change in self:
            for name in TEXTS:
                self.env["service_desk.placeholder"]._check_text(change[name])

    @api.constrains("assign", "assign_user_id")
    def _check_person(self):
        for change in self.filtered(lambda c: c.assign == "person" and not c.assign_user_id):
            raise ValidationError(
                self.env._("Say to whom “%(name)s” assigns tickets.", name=change.display_name)
            )

    def _change_values(self):
        """Return the values that every ticket gets, whatever it is."""
        self.ensure_one()
        vals = {name: self[name] for name in ("impact", "urgency") if self[name]}
        if self.close_reason_id:
            vals["close_reason_id"] = self.close_reason_id.id
        if self.assign != "keep":
            users = {"me": self.env.uid, "nobody": False, "person": self.assign_user_id.id}
            vals["user_id"] = users[self.assign]
        if self.tag_ids:
            vals["tag_ids"] = [(4, tag.id) for tag in self.tag_ids]
        if self.next_update_hours:
            vals["next_update_at"] = fields.Datetime.now() + timedelta(hours=self.next_update_hours)
        return vals

    def _change_texts(self):
        """Return the names of the fields whose text is made for each ticket."""
        return [name for name in TEXTS if not is_html_empty(self[name])]

    def _apply_change(self, tickets):
        """Write the values: one write for all tickets, and one each where a text names the ticket."""
        if vals := self._change_values():
            tickets.write(vals)
        texts = self._change_texts()
        for ticket in tickets if texts else ():
            ticket.write({name: self._localised(ticket)._render(name, ticket) for name in texts})

    def _localised(self, ticket):
        """Return the record in the language of whoever reads its texts."""
        return self

    def _render(self, name, ticket):
        html = self._fields[name].type == "html"
        return self.env["service_desk.placeholder"]._render(
            self[name], ticket, ticket.partner_id, html=html
        )
