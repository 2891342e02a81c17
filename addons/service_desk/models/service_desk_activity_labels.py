"""Choices of Odoo's fields of activities and ratings in every language.

Odoo exports the choices of a mixin's field for the mixin only, so that on the models that use it they
stay English. Listed again they are ours, and our translations hold them.
"""

from odoo import fields, models

ACTIVITY_STATES = [("overdue", "Overdue"), ("today", "Today"), ("planned", "Planned")]
DECORATIONS = [("warning", "Alert"), ("danger", "Error")]
RATINGS = [("top", "Happy"), ("ok", "Neutral"), ("ko", "Unhappy"), ("none", "Not Rated yet")]


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    activity_state = fields.Selection(ACTIVITY_STATES)
    activity_exception_decoration = fields.Selection(DECORATIONS)
    rating_avg_text = fields.Selection(RATINGS)


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    activity_state = fields.Selection(ACTIVITY_STATES)
    activity_exception_decoration = fields.Selection(DECORATIONS)


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    activity_state = fields.Selection(ACTIVITY_STATES)
    activity_exception_decoration = fields.Selection(DECORATIONS)


class ServiceDeskApprovalRequest(models.Model):
    _inherit = "service_desk.approval.request"

    activity_state = fields.Selection(ACTIVITY_STATES)
    activity_exception_decoration = fields.Selection(DECORATIONS)


class ServiceDeskReview(models.Model):
    _inherit = "service_desk.review"

    activity_state = fields.Selection(ACTIVITY_STATES)
    activity_exception_decoration = fields.Selection(DECORATIONS)


class ServiceDeskWave(models.Model):
    _inherit = "service_desk.wave"

    activity_state = fields.Selection(ACTIVITY_STATES)
    activity_exception_decoration = fields.Selection(DECORATIONS)
