"""What the page "Why" says of mass incidents."""

from odoo import models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_incident(self, payload):
        """Return what happened to the ticket in a mass incident, in the reader's language."""
        texts = {
            "made_master": self.env._("%(person)s made it a mass incident."),
            "dropped_master": self.env._("%(person)s: it is no mass incident."),
            "joined": self.env._("%(person)s added it to the mass incident %(master)s."),
            "left": self.env._("%(person)s took it out of the mass incident %(master)s."),
            "review": self.env._("A review was asked for: %(person)s writes it until %(until)s."),
            "review_waived": self.env._("%(person)s waived the review: %(reason)s"),
        }
        text = texts.get(payload.get("event"), "")
        return text % {
            "person": payload.get("person", ""),
            "master": payload.get("master", ""),
            "until": payload.get("until", ""),
            "reason": payload.get("reason", ""),
        }
