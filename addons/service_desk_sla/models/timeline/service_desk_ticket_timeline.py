"""The ticket writes down what happens to it."""

from odoo import models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"
