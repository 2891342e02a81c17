from odoo import api, fields, models, tools

PRIORITIES = [("0", "Low"), ("1", "Normal"), ("2", "High"), ("3", "Critical")]
IMPACTS = [("1", "One person"), ("2", "A group or a site"), ("3", "The whole company")]
URGENCIES = [("1", "Can wait"), ("2", "Work is hindered"), ("3", "Work has stopped")]


class ServiceDeskPriorityRule(models.Model):
    """One cell of the priority matrix: impact × urgency → priority (ITIL 4, incident management)."""

    _name = "service_desk.priority.rule"
    _description = "Priority Matrix"
    _inherit = "service_desk.kept.mixin"
    _order = "impact desc, urgency desc"

    impact = fields.Selection(IMPACTS, required=True)
    urgency = fields.Selection(URGENCIES, required=True)
    priority = fields.Selection(PRIORITIES, required=True)

    _cell_uniq = models.UniqueIndex(
        "(impact, urgency)", "The matrix has this combination of impact and urgency already."
    )

    @api.depends("impact", "urgency", "priority")
    def _compute_display_name(self):
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("impact", "urgency", "priority")
        }
        for rule in self:
            rule.display_name = " → ".join(
                labels[name].get(rule[name], "") for name in ("impact", "urgency", "priority")
            )

    @api.model
    @tools.ormcache()
    def _matrix(self):
        """Return the matrix as ``{(impact, urgency): priority}``; kept until somebody edits it."""
        return {(rule.impact, rule.urgency): rule.priority for rule in self.sudo().search([])}

    @api.model
    def _lookup(self, impact, urgency):
        """Return the priority for ``impact`` and ``urgency``; normal where the matrix is silent."""
        return self._matrix().get((impact, urgency), "1")
