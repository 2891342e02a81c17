from odoo import api, fields, models


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    on_duty_id = fields.Many2one("res.users", compute="_compute_on_duty_id")
    escalated_count = fields.Integer("Escalated", compute="_compute_escalated_count")

    def _compute_on_duty_id(self):
        """Tell who is called first now: one query for all teams, none where nobody keeps a rota."""
        rotas = self.env["service_desk.oncall"]
        kept = rotas._kept_rotas()
        by_team = {team.id: kept[team.id][0] for team in self if team.id in kept}
        duty = rotas.browse(by_team.values())._on_duty(fields.Datetime.now()) if by_team else {}
        for team in self:
            people = duty.get(by_team.get(team.id), self.env["res.users"])
            team.on_duty_id = people[:1]

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_escalated_count(self):
        """Count what the filter "Escalated" shows: one grouped query for all teams."""
        rows = self.env["service_desk.ticket"]._read_group(
            [("is_open", "=", True), ("escalation_step", ">", 0), ("team_id", "in", self.ids)],
            ["team_id"],
            ["__count"],
        )
        counts = {team.id: count for team, count in rows}
        for team in self:
            team.escalated_count = counts.get(team.id, 0)

    def action_open_escalated(self):
        """Open the team's escalated tickets."""
        return self._action_tickets(
            self.name, {"search_default_open": 1, "search_default_escalated": 1}
        )
