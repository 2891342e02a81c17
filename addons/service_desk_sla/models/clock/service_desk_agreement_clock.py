from odoo import api, fields, models
from odoo.exceptions import UserError


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    clock_ids = fields.One2many("service_desk.clock", "agreement_id", "Clocks", readonly=True)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_clocks(self):
        """Clocks are evidence: what they go by is ended or archived, not deleted."""
        # sudo: also clocks of tickets that whoever deletes may not see
        clock = (
            self.env["service_desk.clock"]
            .sudo()
            .search([("agreement_id", "in", self.ids)], limit=1)
        )
        if clock:
            raise UserError(
                self.env._(
                    "Clocks of tickets go by the agreement “%(name)s”. End or archive it instead.",
                    name=clock.agreement_id.name,
                )
            )
