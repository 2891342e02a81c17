"""Lines of support: which team passes its tickets on to which."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

LINES = [("1", "Line 1"), ("2", "Line 2"), ("3", "Line 3")]


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    line = fields.Selection(
        LINES,
        help="The line of support that the team is. Agents pass tickets of a line on with a reason only.",
    )
    next_team_id = fields.Many2one(
        "service_desk.team",
        "Next Line",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('id', '!=', id), ('company_id', '=', company_id), ('is_private', '=', False)]",
        help="The team that takes what this one cannot solve.",
    )
    previous_team_ids = fields.One2many("service_desk.team", "next_team_id", "Previous Lines")
    line_chain = fields.Char("Way Up", compute="_compute_line_chain")

    @api.depends("name", "line", "next_team_id")
    def _compute_line_chain(self):
        for team in self:
            names = [step._line_label() for step in team._next_lines()]
            team.line_chain = " → ".join(names) if len(names) > 1 else False

    def _line_label(self):
        """Return the team's name with the short name of its line: ``L1 Service Desk``."""
        self.ensure_one()
        return f"L{self.line} {self.name}" if self.line else self.name or ""

    def _next_lines(self):
        """Return the team and the lines after it, in order."""
        self.ensure_one()
        chain, team = self.browse(), self
        while team and team not in chain:
            chain |= team
            team = team.next_team_id
        return chain

    @api.constrains("next_team_id", "company_id", "is_private")
    def _check_next_team(self):
        if self._has_cycle("next_team_id"):
            raise ValidationError(
                self.env._("The lines would go round in a circle: no team can be after itself.")
            )
        for team in self.next_team_id | self:
            # Who hands over must see where to; and the name of a private team is nobody else's.
            if team.is_private and team.previous_team_ids:
                raise ValidationError(
                    self.env._(
                        "A private team cannot be the next line of another: its agents would hand over to a"
                        " team that they do not see."
                    )
                )
