from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class ServiceDeskTicketType(models.Model):
    _name = "service_desk.ticket.type"
    _description = "Ticket Type"
    _inherit = "service_desk.kept.mixin"
    _order = "sequence, id"
    _kept_fields = frozenset({"workflow_id", "active"})

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The letters before the number: INC gives INC-000123.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    description = fields.Text(translate=True)
    sequence_id = fields.Many2one(
        "ir.sequence", "Numbers", copy=False, ondelete="restrict", readonly=True
    )
    workflow_id = fields.Many2one(
        "service_desk.workflow",
        ondelete="restrict",
        index="btree_not_null",
        help="The stages of these tickets and the moves between them. None: every stage, every move.",
    )
    require_resolution = fields.Boolean(
        help="A ticket of this type cannot be solved without a text that says how."
    )
    require_close_reason = fields.Boolean(
        help="A ticket of this type cannot be solved without a close reason."
    )
    ticket_properties_definition = fields.PropertiesDefinition("Ticket Properties")

    _code_uniq = models.UniqueIndex("(code)", "Another ticket type has this code already.")

    @api.constrains("code")
    def _check_code(self):
        for ticket_type in self:
            code = ticket_type.code or ""
            if not (code.isascii() and code.isalnum() and code == code.upper() and len(code) <= 8):
                raise ValidationError(
                    self.env._(
                        "The code “%(code)s” must be 1 to 8 capital Latin letters or digits:"
                        " numbers in the subject of a mail are recognised by it.",
                        code=code,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        types = super().create(vals_list)
        for ticket_type in types.filtered(lambda t: not t.sequence_id):
            ticket_type.sequence_id = ticket_type._create_sequence_sudo()
        return types

    def write(self, vals):
        result = super().write(vals)
        if "code" in vals:
            for ticket_type in self:
                # sudo: desk managers have no right on sequences
                ticket_type.sequence_id.sudo().prefix = f"{ticket_type.code}-"
        return result

    def _create_sequence_sudo(self):
        """Create the number sequence of the type; sudo: desk managers have no right on sequences."""
        self.ensure_one()
        return (
            self.env["ir.sequence"]
            .sudo()
            .create(
                {
                    "name": f"Service Desk: {self.code}",
                    "code": f"service_desk.ticket.{self.code}",
                    "prefix": f"{self.code}-",
                    "padding": 6,
                    "implementation": "standard",  # never blocks: gaps are allowed
                    "company_id": False,
                }
            )
        )

    def _take_numbers(self, count):
        """Take ``count`` ticket numbers in one query and return them as text, lowest first."""
        self.ensure_one()
        sequence_sudo = self.sequence_id.sudo()  # sudo: agents have no right on sequences
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence_sudo.id:03d}",
                count,
            )
        )
        return [sequence_sudo.get_next_char(number) for (number,) in rows]
