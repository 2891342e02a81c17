from odoo import api, fields, models

HANDS = [
    ("requester", "The requester"),
    ("supplier", "A supplier"),
    ("approver", "An approver"),
    ("other", "Somebody else"),
]
#: What the ready reasons mean; the rest is "somebody else" until a manager says otherwise.
READY = {
    "service_desk.waiting_reason_requester": "requester",
    "service_desk.waiting_reason_supplier": "supplier",
    "service_desk.waiting_reason_parts": "supplier",
    "service_desk.waiting_reason_approval": "approver",
    "service_desk.waiting_reason_approval_running": "approver",
}


class ServiceDeskWaitingReason(models.Model):
    _inherit = "service_desk.waiting.reason"

    hand = fields.Selection(
        HANDS,
        "In Whose Hands",
        default="other",
        required=True,
        help="Who has the ticket while it waits for this: reports count the time as theirs.",
    )

    @api.model
    def _set_ready_hands(self):
        """Say of the ready reasons in whose hands a ticket is; one that was deleted is left out."""
        for xmlid, hand in READY.items():
            if reason := self.env.ref(xmlid, raise_if_not_found=False):
                reason.hand = hand
