from odoo import models


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    def _text_entitlement(self, payload):
        """Tell why a ticket has an offering that is not for its requester."""
        told = {
            "exception": self.env._(
                "%(by)s registered “%(offering)s” although it is not for %(person)s: %(reason)s"
            ),
            "kept": self.env._(
                "“%(offering)s” was kept when the requester became %(person)s, for whom it is not."
            ),
        }.get(payload.get("code"))
        return (
            told
            % {
                name: payload.get(name) or self.env._("nobody")
                for name in ("by", "offering", "person", "reason")
            }
            if told
            else ""
        )
