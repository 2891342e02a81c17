from odoo import api, fields, models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    offering_id = fields.Many2one(
        "service_desk.offering",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        copy=False,
        tracking=True,
        help="What was asked for; it decided type, team and form.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_offering(vals) for vals in vals_list])

    @api.model
    def _with_offering(self, vals):
        """Complete the values of a new ticket by its offering: the type is the offering's in any case."""
        offering_id = vals.get("offering_id", self.env.context.get("default_offering_id"))
        if not offering_id:
            return vals
        # sudo: a requester has no right on offerings; whether this one is his is checked by the catalog
        offering_sudo = self.env["service_desk.offering"].sudo().browse(offering_id)
        decided = offering_sudo._ticket_values()
        return {**decided, **vals, "type_id": decided["type_id"]}
