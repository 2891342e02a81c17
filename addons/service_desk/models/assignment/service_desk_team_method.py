from odoo import api, fields, models, tools

#: Teams with one of these have no queue that empties itself.
BY_HAND = ("manual", "pull")


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    assign_method = fields.Selection(
        [
            ("manual", "By hand"),
            ("pull", "Next ticket: everybody takes the best one"),
            ("round_robin", "In turn"),
            ("balanced", "Who has the least open work"),
            ("skill", "Who knows best, then who has least"),
        ],
        "Assignment",
        required=True,
        default="manual",
        tracking=True,
    )

    @api.model
    @tools.ormcache()
    def _ids_assigning_by_themselves(self):
        """Return the ids of the teams whose method gives tickets out; kept until one changes."""
        # sudo: asked for by every channel that makes tickets
        return frozenset(self.sudo().search([("assign_method", "not in", BY_HAND)]).ids)

    def _assigns_by_itself(self):
        """Tell whether the team's method gives its tickets to people."""
        self.ensure_one()
        return self.id in self._ids_assigning_by_themselves()

    def write(self, vals):
        if "assign_method" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)
