from odoo import fields, models


class ServiceDeskCorrectionReason(models.Model):
    """Why a clock is corrected or a breach excused: what reports count by."""

    _name = "service_desk.correction.reason"
    _description = "Reason for a Correction"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    requires_note = fields.Boolean(
        "Needs an Explanation", help="The reason alone does not do: a sentence must be written."
    )
    is_for_excuse = fields.Boolean("Excuses a Breach", default=True)
    is_for_time = fields.Boolean("Corrects Times", default=True)
