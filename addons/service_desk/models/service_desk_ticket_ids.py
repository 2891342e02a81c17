"""What is no id where an id belongs is refused with a sentence, before any other part of the desk looks at it."""

from odoo import api, models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_ids(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_ids(vals)
        return super().write(vals)

    @api.model
    def _check_ids(self, vals):
        """Refuse values of many2one fields that no record can have as its id.

        :raises UserError: with the value
        """
        for name, value in vals.items():
            field = self._fields.get(name)
            if value and field and field.type == "many2one" and not isinstance(value, api.NewId):
                self._id_argument(value)
