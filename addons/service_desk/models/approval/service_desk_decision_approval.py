from odoo import models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_approval(self, payload):
        """Tell why approvals began, ended, or were not needed."""
        event = payload.get("event")
        if event == "not_needed":
            return self.env._(
                "“%(policy)s”: nobody has to agree to this request (%(steps)s).",
                policy=payload["policy"],
                steps=", ".join(payload["steps"]),
            )
        if event == "begun":
            return self.env._(
                "“%(policy)s”: approvals began, round %(number)s.",
                policy=payload["policy"],
                number=payload["number"],
            )
        people = ", ".join(payload.get("people", ()))
        if event == "approved":
            return self.env._("Approved: %(people)s.", people=people)
        return self.env._(
            "Refused: %(people)s. %(reason)s", people=people, reason=payload.get("reason", "")
        )
