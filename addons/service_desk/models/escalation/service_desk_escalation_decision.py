from odoo import models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_escalation(self, payload):
        """Tell which step fired and what it did, by the kind of the event."""
        tell = getattr(self, f"_text_escalation_{payload.get('event', 'step')}")
        return tell(payload)

    def _text_escalation_step(self, payload):
        rung = self.env["service_desk.escalation.rung"].new(
            {name: payload[name] for name in ("trigger", "minutes", "times", "max_rating")}
        )
        parts = [
            self.env._(
                "Step %(step)s of “%(ladder)s”: %(when)s.",
                step=payload["step"],
                ladder=payload["ladder"]["name"],
                when=rung._describe(),
            )
        ]
        if payload["told"]:
            parts.append(self.env._("Told: %(people)s.", people=", ".join(payload["told"])))
        done = {
            "raise_priority": self.env._("The priority was raised."),
            "owner_follows": self.env._("The service owner follows it."),
            "reassign": self.env._("It was given on."),
            "call_oncall": self.env._("Who is on duty was called."),
        }
        return " ".join(parts + [done[code] for code in payload["did"] if code in done])
