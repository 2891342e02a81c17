from odoo import api, models
from odoo.exceptions import ValidationError


class ServiceDeskLatinAliasMixin(models.AbstractModel):
    """A mail address in letters that mail can carry; Odoo would write question marks instead of others."""

    _name = "service_desk.latin.alias.mixin"
    _description = "Address in Latin Letters"
    _inherit = "mail.alias.mixin"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_latin_address(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_latin_address(vals)
        return super().write(vals)

    @api.model
    def _check_latin_address(self, vals):
        name = vals.get("alias_name")
        if isinstance(name, str) and not name.isascii():
            raise ValidationError(
                self.env._("The address “%(name)s” must be written in Latin letters.", name=name)
            )
