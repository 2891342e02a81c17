from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ServiceDeskTicketField(models.Model):
    """A field of the ticket that a move of the workflow may demand.

    These are data of the add-ons: managers choose among them without any right on Odoo's own list of fields.
    A bridge adds its own by a record here and a field of the same name on ``service_desk.move.dialog``.
    """

    _name = "service_desk.ticket.field"
    _description = "Field of a Ticket"
    _order = "sequence, id"
    _rec_names_search = ["name"]

    name = fields.Char("Technical Name", required=True)
    sequence = fields.Integer(default=10)

    _name_uniq = models.UniqueIndex("(name)", "This field is listed already.")

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        ticket_fields = self.env["service_desk.ticket"]._fields
        for line in self:
            field = ticket_fields.get(line.name)
            line.display_name = field._description_string(self.env) if field else line.name

    @api.constrains("name")
    def _check_name(self):
        known = self.env["service_desk.ticket"]._fields
        asked = self.env["service_desk.move.dialog"]._fields
        for line in self:
            if line.name not in known or line.name not in asked:
                raise ValidationError(
                    self.env._("No dialog can ask for the field “%(name)s”.", name=line.name)
                )
