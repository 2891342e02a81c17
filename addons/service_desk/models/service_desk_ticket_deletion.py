import logging

from odoo import models

_logger = logging.getLogger(__name__)


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def unlink(self):
        """Delete open tickets; the team keeps a line that says which, and who did it."""
        deleted = [
            (team, tickets.mapped("number")) for team, tickets in self.grouped("team_id").items()
        ]
        result = super().unlink()
        for team, numbers in deleted:
            _logger.info("User #%s deleted the tickets %s", self.env.uid, ", ".join(numbers))
            team._log_deletion(numbers)
        return result


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    def _log_deletion(self, numbers):
        """Note in the team's history that tickets were deleted: numbers only, subjects may be confidential."""
        # sudo: whoever may delete a ticket need not be allowed to change its team
        self.sudo().message_post(
            body=self.env._("Deleted for good: %(numbers)s", numbers=", ".join(numbers)),
            subtype_xmlid="mail.mt_note",
        )
