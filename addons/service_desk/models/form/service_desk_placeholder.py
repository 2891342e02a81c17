from odoo import api, models


class ServiceDeskPlaceholder(models.AbstractModel):
    _inherit = "service_desk.placeholder"

    @api.model
    def _placeholders(self):
        return {
            **super()._placeholders(),
            # of one's own request, as it was filled: each text in it is escaped
            "ticket.answers": (
                self.env._("What was asked for"),
                lambda ticket, reader: ticket._answers_html(),
            ),
        }
