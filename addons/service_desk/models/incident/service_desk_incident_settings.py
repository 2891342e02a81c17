from odoo import api, fields, models


class ServiceDeskSettings(models.Model):
    _inherit = "service_desk.settings"

    wave_minutes = fields.Integer(
        "Look for Waves in the Last (minutes)",
        default=60,
        help="Tickets that are alike and more than usual within this time raise an alarm. 0: no alarm.",
    )
    wave_least = fields.Integer(
        "Alike Tickets of an Alarm",
        default=5,
        help="Fewer make no alarm. Several of one person count half.",
    )
    wave_mute_hours = fields.Integer(
        "Silence After “Not an Incident” (hours)",
        default=24,
        help="So long tickets like these raise no further alarm.",
    )

    @api.constrains("wave_minutes", "wave_least", "wave_mute_hours")
    def _check_incident_numbers(self):
        self._check_not_negative()
