from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError


class ServiceDeskSettings(models.Model):
    _inherit = "service_desk.settings"

    digest_hour = fields.Integer(
        "Daily Digest at (hour)",
        default=8,
        help="When those who want a daily digest get it, in their own time zone.",
    )
    mail_alarm_minutes = fields.Integer(
        "Tell of Stuck Mail After (minutes)",
        default=15,
        help="An answer that could not leave for so long is shown on its ticket, and the managers get an activity.",
    )

    @api.constrains("digest_hour")
    def _check_digest_hour(self):
        if any(not 0 <= settings.digest_hour <= 23 for settings in self):
            raise ValidationError(
                self.env._("The hour of the daily digest must be between 0 and 23.")
            )

    @api.model
    @tools.ormcache("company_id")
    def _quiet_seconds(self, company_id):
        """Return for how long (seconds) changes are gathered; kept, for every change of a ticket asks it."""
        return self._of(self.env["res.company"].browse(company_id)).notice_quiet_seconds

    @api.model
    @tools.ormcache("company_id")
    def _undo_seconds(self, company_id):
        """Return for how long (seconds) an answer can be undone; kept, for every answer asks it."""
        return self._of(self.env["res.company"].browse(company_id)).undo_send_seconds
