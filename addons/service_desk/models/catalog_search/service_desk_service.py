from odoo import models

from ..catalog.service_desk_service import TREE_FIELDS


class ServiceDeskService(models.Model):
    _inherit = "service_desk.service"
    #: The name is among the words of the catalog.
    _kept_fields = TREE_FIELDS | {"name"}
