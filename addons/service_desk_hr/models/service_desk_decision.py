from odoo import models
from odoo.tools import format_datetime


class ServiceDeskDecision(models.Model):
    """An absence of which the end is known is told with it; why somebody is away is not even kept."""

    _inherit = "service_desk.decision"

    def _text_assignment_release(self, payload):
        if payload.get("reason_code") != "absence" or not payload.get("until"):
            return super()._text_assignment_release(payload)
        return self.env._(
            "%(user)s is absent until %(until)s: the ticket goes to somebody else.",
            user=payload.get("user"),
            until=format_datetime(self.env, payload["until"], dt_format="d MMMM, HH:mm"),
        )
