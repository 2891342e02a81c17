"""Choices of Odoo's activity fields in every language.

Odoo exports the choices of a mixin's field for the mixin only, so that on the models that use it they
stay English. Listed again they are ours, and our translations hold them.
"""

from odoo import fields, models

ACTIVITY_STATES = [("overdue", "Overdue"), ("today", "Today"), ("planned", "Planned")]
DECORATIONS = [("warning", "Alert"), ("danger", "Error")]


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    activity_state = fields.Selection(ACTIVITY_STATES)
    activity_exception_decoration = fields.Selection(DECORATIONS)


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    activity_state = fields.Selection(ACTIVITY_STATES)
    activity_exception_decoration = fields.Selection(DECORATIONS)
