from odoo import models

from .service_desk_notice_preference import DEFAULT_MODES

NOTICE_FIELDS = [f"service_desk_notice_{event}" for event in DEFAULT_MODES]


class ResUsers(models.Model):
    _inherit = "res.users"

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, *NOTICE_FIELDS]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, *NOTICE_FIELDS]
