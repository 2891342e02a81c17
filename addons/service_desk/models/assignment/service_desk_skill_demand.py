from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from .service_desk_skill import LEVELS


class ServiceDeskSkillDemand(models.Model):
    """Which tickets need a skill: those of a service (and of its parts), of a type, with a tag, or all of these."""

    _name = "service_desk.skill.demand"
    _description = "Need of a Skill"
    _inherit = "service_desk.kept.mixin"
    _order = "skill_id, id"
    _rec_name = "skill_id"

    skill_id = fields.Many2one("service_desk.skill", required=True, ondelete="cascade", index=True)
    level = fields.Selection(
        LEVELS,
        "At Least",
        required=True,
        default="1",
        help="Who has less never gets it by himself.",
    )
    service_id = fields.Many2one(
        "service_desk.service",
        ondelete="cascade",
        index="btree_not_null",
        help="Tickets of this service and of its parts.",
    )
    type_id = fields.Many2one("service_desk.ticket.type", ondelete="cascade")
    tag_id = fields.Many2one("service_desk.tag", ondelete="cascade")

    @api.constrains("skill_id", "service_id", "type_id", "tag_id")
    def _check_has_condition(self):
        for demand in self:
            if not (demand.service_id or demand.type_id or demand.tag_id):
                raise ValidationError(
                    self.env._("Say which tickets need it: choose a service, a type or a tag.")
                )

    @api.model
    @tools.ormcache()
    def _kept_demands(self):
        """Return ``(services, types, tags, skill id, level)`` of all demands; kept until one changes.

        The first three are what a ticket must have: tuples of one id, or empty.
        """
        demands_sudo = self.sudo().search(
            [("skill_id.active", "=", True)]
        )  # sudo: for every channel
        return tuple(
            (
                tuple(row.service_id.ids),
                tuple(row.type_id.ids),
                tuple(row.tag_id.ids),
                row.skill_id.id,
                int(row.level),
            )
            for row in demands_sudo
        )
