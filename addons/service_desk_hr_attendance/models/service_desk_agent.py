from odoo import models


class ServiceDeskAgent(models.Model):
    _inherit = "service_desk.agent"

    def _tell_absence(self, absence):
        if absence.reason_code == "not_checked_in":
            return self.env._("Not checked in")
        return super()._tell_absence(absence)
