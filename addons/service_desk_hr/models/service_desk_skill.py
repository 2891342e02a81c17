"""Skills that HR keeps count at the desk like its own."""

from odoo import api, fields, models
from odoo.fields import Domain


class ServiceDeskSkill(models.Model):
    _inherit = "service_desk.skill"

    hr_skill_id = fields.Many2one(
        "hr.skill",
        "Skill of Employees",
        ondelete="set null",
        index="btree_not_null",
        help="Employees who have it in their résumé have it here too: 1–20 % is level 1, 81–100 % is level 5.",
    )

    @api.onchange("hr_skill_id")
    def _onchange_hr_skill_id(self):
        if self.hr_skill_id and not self.name:
            self.name = self.hr_skill_id.name


class ServiceDeskAgent(models.Model):
    _inherit = "service_desk.agent"

    hr_skill_names = fields.Char(
        "Skills Kept by HR",
        compute="_compute_hr_skill_names",
        compute_sudo=True,
        help="Skills of the desk that follow from what HR keeps of the person.",
    )

    @api.depends("user_id")
    def _compute_hr_skill_names(self):
        levels = self._hr_skill_levels(self.user_id)
        names = {
            skill.id: skill.name
            for skill in self.env["service_desk.skill"].browse(
                {skill_id for of_user in levels.values() for skill_id in of_user}
            )
        }
        for agent in self:
            own = levels.get(agent.user_id.id, {})
            agent.hr_skill_names = ", ".join(
                f"{names[skill_id]} {level}" for skill_id, level in own.items()
            )

    @api.model
    def _skill_levels(self, users):
        levels = super()._skill_levels(users)
        for user_id, of_user in self._hr_skill_levels(users).items():
            own = levels.setdefault(user_id, {})
            for skill_id, level in of_user.items():
                own[skill_id] = max(level, own.get(skill_id, 0))
        return levels

    @api.model
    def _hr_skill_levels(self, users):
        """Return ``{user id: {skill id: level 1-5}}`` of what HR keeps and the desk knows as a skill."""
        # sudo: the choice of a person is the desk's, whoever asked for it
        skills_sudo = self.env["service_desk.skill"].sudo().search([("hr_skill_id", "!=", False)])
        if not skills_sudo or not users:
            return {}
        today = fields.Date.today()
        rows = (
            self.env["hr.employee.skill"]
            .sudo()
            ._read_group(
                Domain("employee_id.user_id", "in", users.ids)
                & Domain("skill_id", "in", skills_sudo.hr_skill_id.ids)
                & (Domain("valid_from", "=", False) | Domain("valid_from", "<=", today))
                & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", today)),
                ["employee_id", "skill_id", "skill_level_id"],
            )
        )
        by_hr_skill = skills_sudo.grouped("hr_skill_id")
        levels = {}
        for employee, hr_skill, hr_level in rows:
            own = levels.setdefault(employee.user_id.id, {})
            for skill in by_hr_skill[hr_skill]:
                own[skill.id] = max(own.get(skill.id, 0), level_of(hr_level.level_progress))
        return {
            user_id: {skill_id: level for skill_id, level in own.items() if level}
            for user_id, own in levels.items()
        }


def level_of(progress):
    """Return the level 1-5 that a progress of 1-100 % is; 0 for nothing at all."""
    return -(-max(0, min(progress, 100)) // 20)
