from odoo import fields, models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    kind = fields.Selection(
        selection_add=[("sla_alert", "Service level warning")], ondelete={"sla_alert": "cascade"}
    )

    def _text_sla_alert(self, payload):
        """Tell which warning fired for which clock, and what it did."""
        alert = self.env["service_desk.agreement.alert"].new(
            {name: payload[name] for name in ("moment", "percent", "minutes")}
        )
        parts = [
            self.env._(
                "%(metric)s by “%(agreement)s”: %(when)s.",
                metric=payload["metric"]["name"],
                agreement=payload["agreement"]["name"],
                when=alert._describe(),
            )
        ]
        if payload["outcome"] == "overtaken":
            parts.append(
                self.env._("The breach had overtaken it: only told, together with the breach.")
            )
        if payload["told"]:
            parts.append(self.env._("Told: %(people)s.", people=", ".join(payload["told"])))
        done = {
            "raise_priority": self.env._("The priority was raised."),
            "owner_follows": self.env._("The service owner follows it."),
            "reassign": self.env._("It was given on."),
            "call_oncall": self.env._("Who is on duty was called."),
            "post_note": self.env._("A note was written."),
            "tell_requester": self.env._("The requester was told."),
            "escalate": self.env._("The escalation ladder was started."),
            "call_webhooks": self.env._("Webhooks were called."),
        }
        return " ".join(parts + [done[code] for code in payload["did"] if code in done])
