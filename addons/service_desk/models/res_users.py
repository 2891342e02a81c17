from odoo import api, fields, models, tools


class ResUsers(models.Model):
    _inherit = "res.users"

    service_desk_team_ids = fields.Many2many(
        "service_desk.team",
        string="Visible Service Desk Teams",
        compute="_compute_service_desk_teams",
        compute_sudo=True,
        help="Teams whose tickets the user may see: all that are not private, and his own.",
    )
    service_desk_led_team_ids = fields.Many2many(
        "service_desk.team",
        string="Led Service Desk Teams",
        compute="_compute_service_desk_teams",
        compute_sudo=True,
    )

    @api.depends_context("uid")
    def _compute_service_desk_teams(self):
        teams = self.env["service_desk.team"]
        for user in self:
            visible, led = user._service_desk_team_ids_sudo(user.id)
            user.service_desk_team_ids = teams.browse(visible)
            user.service_desk_led_team_ids = teams.browse(led)

    @api.model
    @tools.ormcache("user_id")
    def _service_desk_team_ids_sudo(self, user_id):
        """Return the ids of the teams a user may see, and of those he leads.

        Kept until a team changes: record rules of the shape ``team_id in (…)`` are what stays fast at
        millions of tickets. sudo: rules are evaluated for people who may not read teams.
        """
        teams_sudo = self.env["service_desk.team"].sudo().with_context(active_test=False).search([])
        user = self.browse(user_id)
        visible = teams_sudo.filtered(
            lambda team: not team.is_private or user in team.member_ids or user in team.lead_ids
        )
        led = teams_sudo.filtered(lambda team: user in team.lead_ids)
        return tuple(visible.ids), tuple(led.ids)

    def _is_service_desk_staff(self):
        """Tell whether the user answers requesters (an agent, lead or manager)."""
        self.ensure_one()
        return self.has_group("service_desk.service_desk_group_agent")
