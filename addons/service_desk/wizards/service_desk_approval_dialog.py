from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.fulfilment.seen_ticket import SeenTicket

VERDICTS = [
    ("refuse", "Refuse"),
    ("ask", "Ask the requester"),
    ("delegate", "Hand on"),
]


class ServiceDeskApprovalDialog(models.TransientModel):
    """Asks for the word that a decision needs; the decision itself is checked where it is made."""

    _name = "service_desk.approval.dialog"
    _description = "Decide"

    request_id = SeenTicket(
        "service_desk.approval.request", required=True, readonly=True, ondelete="cascade"
    )
    verdict = fields.Selection(VERDICTS, required=True, readonly=True, default="refuse")
    reason = fields.Text()
    user_id = fields.Many2one(
        "res.users", "Colleague", domain="[('share', '=', False), ('id', '!=', uid)]"
    )

    @api.constrains("request_id")
    def _check_request_seen(self):
        """Refuse requests that the user may not see: the dialog would tell him their tickets' names."""
        # constraints run as superuser, and see what the field hides from the user
        self.request_id.sudo(False)._check_seen()

    def action_confirm(self):
        """Decide as the user said.

        :raises AccessError: when the request is not his to see or decide
        :raises UserError: when something is missing, or it is decided already
        """
        self.ensure_one()
        if not self.search([("id", "=", self.id)]):
            raise AccessError(self.env._("This is for somebody else to decide."))
        request = self.request_id
        request._check_seen()
        if self.verdict != "delegate":
            request._decide(self.env.user, self.verdict, self.reason)
        elif self.user_id:
            partner = self.user_id.sudo().partner_id  # sudo: contacts of colleagues
            request._delegate(self.env.user, partner, self.reason or "")
        else:
            raise UserError(self.env._("Choose the colleague who decides instead of you."))
        return {"type": "ir.actions.act_window_close"}
