"""What must hold between a mass incident and its members.

A member names its mass incident to whoever reads the member. So no mass incident is hidden from people who
may see one of its members: it is not confidential, and one of a private team has members of that team only.
"""

from odoo import api, models
from odoo.exceptions import ValidationError


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.constrains("master_id", "is_master", "team_id", "is_confidential")
    def _check_master(self):
        for ticket in self.filtered("master_id"):
            ticket._check_my_master(ticket.master_id.sudo())  # sudo: a hidden one is refused, too
        for master in self.filtered("is_master"):
            master._check_as_master()

    def _check_my_master(self, master_sudo):
        if not master_sudo.is_master or master_sudo == self:
            raise ValidationError(
                self.env._("Tickets can only be added to a ticket that is a mass incident.")
            )
        if master_sudo.company_id != self.company_id:
            raise ValidationError(
                self.env._("A mass incident has tickets of its own company only.")
            )
        if master_sudo.team_id.is_private and master_sudo.team_id != self.team_id:
            raise ValidationError(
                self.env._("The mass incident of a private team has tickets of that team only.")
            )

    def _check_as_master(self):
        if self.is_confidential:
            raise ValidationError(
                self.env._("A confidential ticket cannot be a mass incident: its members name it.")
            )
        if self.sudo().team_id.is_private:
            self._check_private_master()

    def _check_private_master(self):
        others = [("master_id", "=", self.id), ("team_id", "!=", self.team_id.id)]
        # sudo: whether there are any is asked, not which
        if self.sudo().with_context(active_test=False).search_count(others, limit=1):
            raise ValidationError(
                self.env._("The mass incident of a private team has tickets of that team only.")
            )


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    @api.constrains("is_private")
    def _check_private_masters(self):
        private = self.filtered("is_private")
        if not private:
            return
        # sudo: every mass incident of the team counts
        for master in (
            self.env["service_desk.ticket"]
            .sudo()
            .search([("is_master", "=", True), ("team_id", "in", private.ids)])
        ):
            master._check_private_master()
