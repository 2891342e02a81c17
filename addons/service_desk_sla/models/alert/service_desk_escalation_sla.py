"""Ladders that react to deadlines."""

from odoo import api, fields, models

TRIGGERS = [
    ("before_sla_due", "Before the next deadline of the agreement"),
    ("sla_missed", "After a deadline of the agreement was missed"),
    ("sla_alert", "A warning of the agreement escalates it"),
]


class ServiceDeskEscalationRung(models.Model):
    _inherit = "service_desk.escalation.rung"

    trigger = fields.Selection(
        selection_add=TRIGGERS, ondelete={code: "cascade" for code, _label in TRIGGERS}
    )

    @api.model
    def _event_triggers(self):
        return (*super()._event_triggers(), "sla_alert")

    def _describe(self):
        if self.trigger == "sla_alert":
            label = dict(self._fields["trigger"]._description_selection(self.env))
            return label[self.trigger]
        return super()._describe()


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _show_clocks(self, *args):
        before = {ticket.id: (ticket.sla_due_at, ticket.sla_state) for ticket in self}
        result = super()._show_clocks(*args)
        changed = self.filtered(lambda t: (t.sla_due_at, t.sla_state) != before[t.id])
        changed._arm_later()
        return result

    def _escalation_since_before_sla_due(self):
        return self.is_open and self.sla_state != "missed" and self.sla_due_at

    def _escalation_since_sla_missed(self):
        """Return when the first deadline was missed of those that are still to be met."""
        # sudo: the desk's own record
        late = self.clock_ids.sudo().filtered(
            lambda clock: (
                clock.is_missed and not clock.is_excused and clock.state in ("running", "paused")
            )
        )
        return self.is_open and min(late.mapped("missed_at"), default=False)

    def _escalation_since_sla_alert(self):
        return False  # an event
