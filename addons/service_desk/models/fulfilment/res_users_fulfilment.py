from odoo import api, fields, models, tools


class ResUsers(models.Model):
    _inherit = "res.users"

    service_desk_own_team_ids = fields.Many2many(
        "service_desk.team",
        string="Own Service Desk Teams",
        compute="_compute_service_desk_own_teams",
        compute_sudo=True,
        help="Teams in which the user works, or which he leads.",
    )

    @api.depends_context("uid")
    def _compute_service_desk_own_teams(self):
        self._fill_own_service_desk_ids(
            ("service_desk_own_team_ids",),
            lambda user_id: (self._service_desk_own_team_ids_sudo(user_id),),
        )

    @api.model
    @tools.ormcache("user_id")
    def _service_desk_own_team_ids_sudo(self, user_id):
        """Return the ids of the teams a user works in or leads; kept until a team changes.

        sudo: record rules are evaluated for people who may not read teams.
        """
        teams_sudo = self.env["service_desk.team"].sudo().with_context(active_test=False)
        domain = ["|", ("member_ids", "=", user_id), ("lead_ids", "=", user_id)]
        return tuple(teams_sudo.search(domain).ids)

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            self._service_desk_end_grants("left")
            self._service_desk_release_tasks()
        return result

    def _service_desk_release_tasks(self):
        """Open tasks of people who have left belong to their teams again."""
        # sudo: whoever archives a person need not see the tasks
        tasks_sudo = self.env["service_desk.task"].sudo()
        held = tasks_sudo.search([("user_id", "in", self.ids), ("is_open", "=", True)])
        held.write({"user_id": False})
        held.filtered(lambda task: task.state == "ready")._tell_ready()
