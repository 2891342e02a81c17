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
        self._fill_own_service_desk_ids(
            ("service_desk_team_ids", "service_desk_led_team_ids"), self._service_desk_team_ids_sudo
        )

    def _fill_own_service_desk_ids(self, names, ids_of):
        """Fill what record rules ask of the user himself; of others it stays empty: it would tell who works where.

        :param names: of many2many fields
        :param ids_of: returns a sequence of ids for each of them, for the id of a user
        """
        for user in self:
            found = ids_of(user.id) if user.id == self.env.uid else ((),) * len(names)
            for name, ids in zip(names, found, strict=True):
                user[name] = self.env[self._fields[name].comodel_name].browse(ids)

    @api.model
    @tools.ormcache("user_id")
    def _service_desk_team_ids_sudo(self, user_id):
        """Return the ids of the teams a user may see, and of those he leads.

        Kept until a team changes: record rules of the shape ``team_id in (…)`` are what stays fast at
        millions of tickets. sudo: rules are evaluated for people who may not read teams.
        """
        teams_sudo = (
            self.env["service_desk.team"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch([], ["is_private", "member_ids", "lead_ids"])
        )
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

    def _sees_service_desk_team(self, team):
        """Tell whether the user may work on tickets of ``team``: he sees it, and belongs to its company."""
        self.ensure_one()
        if team.company_id not in self.company_ids:
            return False
        if self.has_group("service_desk.service_desk_group_manager"):
            return True
        return team.id in self._service_desk_team_ids_sudo(self.id)[0]
