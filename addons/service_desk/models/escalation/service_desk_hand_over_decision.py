from odoo import models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_hand_over(self, payload):
        """Tell who handed the ticket over, from where to where, and why."""
        return self.env._(
            "%(person)s handed it over from “%(from_team)s” to “%(to_team)s”: %(reason)s",
            person=payload["by"],
            from_team=payload["from"]["name"],
            to_team=payload["to"]["name"],
            reason=payload["reason"]["name"],
        )
