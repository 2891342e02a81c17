"""Choices of fields that come from mixins, listed again: so they are ours, and our translations hold them."""

from odoo import fields, models

from odoo.addons.service_desk.models.escalation.service_desk_reaction_mixin import REASSIGN
from odoo.addons.service_desk.models.service_desk_activity_labels import (
    ACTIVITY_STATES,
    DECORATIONS,
)


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    activity_state = fields.Selection(ACTIVITY_STATES)
    activity_exception_decoration = fields.Selection(DECORATIONS)


class ServiceDeskAgreementAlert(models.Model):
    _inherit = "service_desk.agreement.alert"

    reassign = fields.Selection(REASSIGN)
