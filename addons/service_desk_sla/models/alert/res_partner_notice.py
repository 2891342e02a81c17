from odoo import fields, models

from odoo.addons.service_desk.models.service_desk_notice_preference import MODES

from .service_desk_alert_notice import EVENTS

NOTICE_FIELDS = [f"service_desk_notice_{event}" for event, _label in EVENTS]
HELP = "Empty: as the company decides."
CHOICE = {
    "compute": "_compute_notice_modes",
    "inverse": "_inverse_notice_modes",
    "help": HELP,
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    service_desk_notice_sla_warning = fields.Selection(MODES, "A deadline comes near", **CHOICE)
    service_desk_notice_sla_missed = fields.Selection(MODES, "A deadline was missed", **CHOICE)
    service_desk_notice_sla_delay = fields.Selection(
        MODES, "My request takes longer than promised", **CHOICE
    )


class ResUsers(models.Model):
    _inherit = "res.users"

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, *NOTICE_FIELDS]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, *NOTICE_FIELDS]
