import ast

from odoo import api, fields, models

from .service_desk_priority_rule import IMPACTS, URGENCIES


class ServiceDeskTeamAddress(models.Model):
    """One more address of a team, with what a ticket that arrives there gets from the start."""

    _name = "service_desk.team.address"
    _description = "Team Address"
    _inherit = ["service_desk.latin.alias.mixin"]
    _order = "team_id, sequence, id"
    _rec_name = "alias_name"

    team_id = fields.Many2one("service_desk.team", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="team_id.company_id")
    sequence = fields.Integer(default=10)
    type_id = fields.Many2one(
        "service_desk.ticket.type", help="Tickets that arrive here are of this type."
    )
    impact = fields.Selection(IMPACTS)
    urgency = fields.Selection(URGENCIES)
    tag_ids = fields.Many2many("service_desk.tag", string="Tags")

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("service_desk.ticket")
        if self.id:
            values["alias_defaults"] = defaults = ast.literal_eval(self.alias_defaults or "{}")
            defaults.update(self._ticket_defaults())
        return values

    def _ticket_defaults(self):
        """Return the values that a ticket gets from this address."""
        self.ensure_one()
        values = {
            "team_id": self.team_id.id,
            "type_id": self.type_id.id,
            "impact": self.impact,
            "urgency": self.urgency,
            "tag_ids": self.tag_ids.ids,
        }
        return {name: value for name, value in values.items() if value}

    @api.model_create_multi
    def create(self, vals_list):
        addresses = super().create(vals_list)
        addresses._refresh_alias_defaults()
        return addresses

    def write(self, vals):
        result = super().write(vals)
        if {"team_id", "type_id", "impact", "urgency", "tag_ids"} & vals.keys():
            self._refresh_alias_defaults()
        return result

    def _refresh_alias_defaults(self):
        for address in self:
            # sudo: aliases are written by the desk manager through his address only
            address.sudo().alias_defaults = repr(address._ticket_defaults())
