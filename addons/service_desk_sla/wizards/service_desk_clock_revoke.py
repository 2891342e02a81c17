from odoo import fields, models


class ServiceDeskClockRevoke(models.TransientModel):
    """Asks why a correction is taken back."""

    _name = "service_desk.clock.revoke"
    _description = "Take Back a Correction"

    correction_id = fields.Many2one("service_desk.clock.correction", required=True, readonly=True)
    told = fields.Char(related="correction_id.changes_text", string="It Had Changed")
    reason_id = fields.Many2one("service_desk.correction.reason")
    note = fields.Char("Explanation")

    def action_confirm(self):
        """Take the correction back; the clocks are derived anew without it.

        :raises UserError: without a reason, or when it is taken back already
        """
        self.ensure_one()
        correction = self.correction_id
        correction.check_access("read")
        correction._apply(
            correction.ticket_id,
            {
                "kind": "revoke",
                "revoked_id": correction.id,
                "reason_id": self.reason_id.id,
                "note": self.note,
            },
        )
        return {"type": "ir.actions.act_window_close"}
