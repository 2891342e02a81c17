"""Choices of Odoo's activity fields in every language.

Odoo exports the choices of a mixin's field for the mixin only, so that on the models that use it they
stay English. Declared again they are ours, and our translations hold them.
"""

from odoo import fields, models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    activity_state = fields.Selection()
    activity_exception_decoration = fields.Selection()


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    activity_state = fields.Selection()
    activity_exception_decoration = fields.Selection()
