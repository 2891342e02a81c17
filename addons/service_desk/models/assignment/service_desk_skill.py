from odoo import fields, models

LEVELS = [("1", "1 Beginner"), ("2", "2 Basic"), ("3", "3 Solid"), ("4", "4 Strong"), ("5", "5 Expert")]  # fmt: skip


class ServiceDeskSkill(models.Model):
    """What somebody must know to work on certain tickets: a programme, a device, a language."""

    _name = "service_desk.skill"
    _description = "Skill"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    description = fields.Text(translate=True)
    agent_skill_ids = fields.One2many("service_desk.agent.skill", "skill_id", "Who Has It")
    demand_ids = fields.One2many("service_desk.skill.demand", "skill_id", "Which Tickets Need It")


class ServiceDeskAgentSkill(models.Model):
    """How well one person knows one thing."""

    _name = "service_desk.agent.skill"
    _description = "Skill of an Agent"
    _inherit = "service_desk.anchored.mixin"
    _order = "agent_id, skill_id, id"
    _anchors = frozenset({"agent_id"})
    _rec_name = "skill_id"

    agent_id = fields.Many2one("service_desk.agent", required=True, ondelete="cascade", index=True)
    user_id = fields.Many2one(related="agent_id.user_id", store=True, precompute=True, index=True)
    skill_id = fields.Many2one("service_desk.skill", required=True, ondelete="cascade", index=True)
    level = fields.Selection(LEVELS, required=True, default="3")

    _skill_uniq = models.UniqueIndex(
        "(agent_id, skill_id)", "This person has a level for this skill already."
    )
