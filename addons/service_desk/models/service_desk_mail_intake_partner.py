from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Every incoming message asks for contacts by address; Odoo has no index for that.
    _service_desk_email_index = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )
