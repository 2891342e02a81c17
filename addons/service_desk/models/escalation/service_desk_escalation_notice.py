"""What of an escalation is still true when the notice is made, and the words for it."""

from markupsafe import Markup

from odoo import api, models


class ServiceDeskNotice(models.Model):
    _inherit = "service_desk.notice"

    def _key_escalated(self, ticket):
        """Tell of the escalation; a norm of classification that was kept meanwhile is nothing to tell."""
        if any("step" in (line.payload or {}) for line in self):
            return "escalated"
        return "unclassified" if ticket.is_open and not ticket.classified_at else False

    def _key_called(self, ticket):
        """Tell whoever is called, as long as nobody has acknowledged."""
        users = self[0].partner_id.user_ids
        ringing = ticket.oncall_call_ids.filtered(lambda call: call.state == "ringing")
        return "called" if ringing.user_id & users else False


class ServiceDeskPlaceholder(models.AbstractModel):
    _inherit = "service_desk.placeholder"

    @api.model
    def _placeholders(self):
        """Add why a ticket was escalated: for colleagues only, whatever text it is written into."""
        return super()._placeholders() | {
            "ticket.escalation": (
                self.env._("Why it was escalated (colleagues only)"),
                self._escalation_text,
            ),
        }

    def _escalation_text(self, ticket, reader):
        if not any(not user.share for user in reader.user_ids):
            return Markup()
        told = ticket.decision_ids.filtered(lambda decision: decision.kind == "escalation")
        return told.sorted("id")[-1:].text or ""
