from odoo import fields, models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    kind = fields.Selection(
        selection_add=[("agreement", "Agreement"), ("clock", "Clock")],
        ondelete={"agreement": "cascade", "clock": "cascade"},
    )

    def _text_agreement(self, payload):
        """Tell which agreement applies, and why not others (``Fits.why`` of ``_fitting``)."""
        return self.env["service_desk.agreement"]._tell_why(payload)

    def _text_clock(self, payload):
        """Tell what was done to a clock."""
        return ""
