from odoo import models


class ResLang(models.Model):
    _inherit = "res.lang"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active"):
            self.env["service_desk.report.source"]._resync_actions()
        return result
