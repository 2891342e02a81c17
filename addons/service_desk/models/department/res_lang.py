from odoo import api, models


class ResLang(models.Model):
    _inherit = "res.lang"

    @api.model_create_multi
    def create(self, vals_list):
        langs = super().create(vals_list)
        langs._fill_departments()
        return langs

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active"):
            self._fill_departments()
        return result

    def _fill_departments(self):
        """Give what ready departments have brought its texts in the languages that are active now."""
        codes = self.filtered("active").mapped("code")
        self.env["service_desk.department"]._fill_languages(codes)
