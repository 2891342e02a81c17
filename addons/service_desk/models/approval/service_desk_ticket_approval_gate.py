"""What nobody does before it is approved."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

DONE = ("solved", "closed")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    approval_waits_for = fields.Char("Waits for Approval", compute="_compute_approval_waits_for")

    @api.depends("approval_hold", "approval_state")
    def _compute_approval_waits_for(self):
        for ticket in self:
            ticket.approval_waits_for = ticket._names_deciding() if ticket.approval_hold else ""

    @api.depends("approval_hold")
    def _compute_available_moves(self):
        return super()._compute_available_moves()

    def _offered_moves(self):
        """A move that would be refused is not offered."""
        offered = super()._offered_moves()
        return [move for move in offered if not self._is_held_from(move["state"])]

    @api.depends("approval_hold")
    def _compute_assign_text(self):
        return super()._compute_assign_text()

    def _tell_queue(self):
        if self.approval_hold == "all":
            people = self._names_deciding()
            return self.env._("It waits for approval: %(people)s.", people=people)
        return super()._tell_queue()

    def _is_held_from(self, state):
        """Tell whether the ticket must not go to ``state`` before it is approved."""
        if not self.approval_hold:
            return False
        return state in DONE or (state == "open" and self.approval_hold == "all")

    def _pass_gate(self, vals):
        """People are refused; the desk's own steps ask :meth:`_stage_id_towards` before."""
        if vals.get("stage_id") and not self.env.su:
            state = self.env["service_desk.stage"]._state_of(vals["stage_id"])
            for ticket in self:
                if ticket._is_held_from(state) and ticket.stage_id.id != vals["stage_id"]:
                    raise UserError(ticket._text_held())
        return super()._pass_gate(vals)

    def _stage_id_towards(self, state):
        return False if self._is_held_from(state) else super()._stage_id_towards(state)

    def _text_held(self):
        return self.env._(
            "%(ticket)s waits for approval: %(people)s. It can be cancelled, but not worked on yet.",
            ticket=self.display_name,
            people=self._names_deciding(),
        )

    def _names_deciding(self):
        """Return who is asked now, as text."""
        # sudo: who decides is told to whoever sees the ticket
        pending = self.sudo().approval_ids.request_ids.filtered(
            lambda request: request.state in ("pending", "asked_back")
        )
        return ", ".join(pending.partner_id.mapped("name")) or "–"


class ServiceDeskAssignment(models.AbstractModel):
    _inherit = "service_desk.assignment"

    def _queue_domain(self):
        """What must not start yet is given to nobody, whatever stage it stands in."""
        return super()._queue_domain() & ~Domain("approval_hold", "=", "all")
