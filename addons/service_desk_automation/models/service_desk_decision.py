from odoo import models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_automation(self, payload):
        if payload.get("rounds"):
            return self.env._(
                "The automation rule “%(rule)s” was stopped after %(count)s rounds: it kept causing itself.",
                rule=payload["name"],
                count=payload["rounds"],
            )
        return self.env._("The automation rule “%(rule)s” ran.", rule=payload.get("name", ""))
