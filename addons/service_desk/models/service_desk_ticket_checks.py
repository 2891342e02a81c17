"""What must hold for every ticket, whatever route wrote it."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import is_html_empty


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.constrains("name")
    def _check_name(self):
        for ticket in self:
            if not (ticket.name or "").strip():
                raise ValidationError(self.env._("A ticket needs a subject."))

    # On the stage, not on the state computed from it: Odoo checks a computed field before the other values
    # of the same write are in.
    @api.constrains("stage_id", "resolution", "close_reason_id")
    def _check_solution(self):
        """What the type demands before a ticket counts as solved (checked on every route)."""
        for ticket in self.filtered(lambda t: t.state in ("solved", "closed")):
            if ticket.type_id.require_resolution and is_html_empty(ticket.resolution):
                raise ValidationError(
                    self.env._(
                        "%(ticket)s cannot be solved yet: say how it was solved.",
                        ticket=ticket.display_name,
                    )
                )
            if ticket.type_id.require_close_reason and not ticket.close_reason_id:
                raise ValidationError(
                    self.env._(
                        "%(ticket)s cannot be solved yet: choose a close reason.",
                        ticket=ticket.display_name,
                    )
                )

    @api.constrains("stage_id", "type_id")
    def _check_stage_of_type(self):
        stages = self.env["service_desk.stage"]
        for ticket in self:
            if not stages._has_type(ticket.stage_id.id, ticket.type_id.id):
                raise ValidationError(
                    self.env._(
                        "The stage “%(stage)s” does not belong to tickets of the type “%(type)s”.",
                        stage=ticket.stage_id.name,
                        type=ticket.type_id.name,
                    )
                )

    @api.constrains("user_id", "team_id")
    def _check_assignee(self):
        for ticket in self.filtered("user_id"):
            user_sudo = ticket.user_id.sudo()  # sudo: groups and teams of others are not readable
            if not user_sudo._is_service_desk_staff():
                raise ValidationError(
                    self.env._(
                        "%(person)s is not an agent of the service desk.", person=user_sudo.name
                    )
                )
            if not user_sudo._sees_service_desk_team(ticket.sudo().team_id):
                raise ValidationError(
                    self.env._(
                        "%(person)s does not see the tickets of the team “%(team)s”. Choose another person.",
                        person=user_sudo.name,
                        team=ticket.team_id.name,
                    )
                )
