"""Ladders of escalation: what happens, rung by rung, when nobody reacts in time."""

from odoo import api, fields, models, tools

from ..service_desk_priority_rule import PRIORITIES

REARM_CRON = "service_desk.ir_cron_rearm_escalations"


class ServiceDeskEscalation(models.Model):
    """A ladder for the tickets that it fits. The first that fits a ticket is the ticket's ladder."""

    _name = "service_desk.escalation"
    _description = "Escalation Ladder"
    _inherit = "service_desk.kept.mixin"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    team_ids = fields.Many2many(
        "service_desk.team", string="Teams", check_company=True, help="None means all."
    )
    type_ids = fields.Many2many(
        "service_desk.ticket.type", string="Ticket Types", help="None means all."
    )
    service_ids = fields.Many2many(
        "service_desk.service",
        string="Services",
        check_company=True,
        help="With all that is part of them. None means all.",
    )
    min_priority = fields.Selection(
        PRIORITIES,
        "From Priority",
        default="0",
        required=True,
        help="This priority or a higher one.",
    )
    around_the_clock = fields.Boolean(
        "Around the Clock",
        help="Minutes are counted day and night. Else by the working hours of the ticket's team.",
    )
    rung_ids = fields.One2many("service_desk.escalation.rung", "escalation_id", "Steps", copy=True)

    # --------------------------------------------------------------- which fits
    @api.model
    @tools.ormcache()
    def _kept_ladders(self):
        """Return all ladders with steps as plain data, in their order; kept until one changes."""
        ladders = self.sudo().search([("rung_ids", "!=", False)])
        return tuple(ladder._as_kept() for ladder in ladders)

    def _as_kept(self):
        return {
            "id": self.id,
            "company_id": self.company_id.id,
            "team_ids": frozenset(self.team_ids.ids),
            "type_ids": frozenset(self.type_ids.ids),
            "service_ids": frozenset(self.service_ids.ids),
            "min_priority": self.min_priority,
            "around_the_clock": self.around_the_clock,
            "rung_ids": tuple(self.rung_ids.sorted().ids),
            "triggers": frozenset(self.rung_ids.mapped("trigger")),
        }

    @api.model
    def _ladder_of(self, ticket):
        """Return the ladder of a ticket as :meth:`_kept_ladders` has it, or None."""
        return next((one for one in self._kept_ladders() if self._fits(one, ticket)), None)

    @api.model
    def _fits(self, ladder, ticket):
        return (
            ladder["company_id"] == ticket.company_id.id
            and (not ladder["team_ids"] or ticket.team_id.id in ladder["team_ids"])
            and (not ladder["type_ids"] or ticket.type_id.id in ladder["type_ids"])
            and ticket.priority >= ladder["min_priority"]
            and (not ladder["service_ids"] or ticket._is_of_service(ladder["service_ids"]))
        )

    # --------------------------------------------------------- changes of it
    @api.model_create_multi
    def create(self, vals_list):
        ladders = super().create(vals_list)
        ladders._count_anew()
        return ladders

    def write(self, vals):
        result = super().write(vals)
        self._count_anew()
        return result

    def unlink(self):
        self._count_anew()
        return super().unlink()

    @api.model
    def _count_anew(self):
        """Let the open tickets be looked at again: in the background, in steps, from the beginning."""
        self.env["service_desk.escalation.timer"]._restart_rearming()
        self.env["ir.cron"]._service_desk_wake(REARM_CRON, fields.Datetime.now())
