"""Whose profiles a person may see, and whose he may edit: those of his teams."""

from odoo import api, fields, models, tools


class ResUsers(models.Model):
    _inherit = "res.users"

    service_desk_colleague_ids = fields.Many2many(
        "res.users",
        string="Colleagues of the Service Desk",
        compute="_compute_service_desk_colleagues",
        compute_sudo=True,
        help="People of the teams that the user sees, and himself.",
    )
    service_desk_led_user_ids = fields.Many2many(
        "res.users",
        string="Led People of the Service Desk",
        compute="_compute_service_desk_colleagues",
        compute_sudo=True,
    )

    @api.depends_context("uid")
    def _compute_service_desk_colleagues(self):
        self._fill_own_service_desk_ids(
            ("service_desk_colleague_ids", "service_desk_led_user_ids"),
            self._service_desk_colleague_ids_sudo,
        )

    @api.model
    @tools.ormcache("user_id")
    def _service_desk_colleague_ids_sudo(self, user_id):
        """Return the ids of the people whose profiles a user may see, and of the members of the teams he leads.

        Kept until a team changes. sudo: rules are evaluated for people who may not read teams.
        """
        teams_sudo = self.env["service_desk.team"].sudo()
        visible, led = map(teams_sudo.browse, self._service_desk_team_ids_sudo(user_id))
        seen = visible.member_ids | visible.lead_ids
        return tuple({user_id, *seen.ids}), tuple(set(led.member_ids.ids) - {user_id})
