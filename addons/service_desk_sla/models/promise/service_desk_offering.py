from odoo import models

from odoo.addons.service_desk.models.approval.service_desk_ticket_approval import HOLD_OF


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    def _approval_facts(self):
        """Return the facts of a new ticket that an approval changes; a policy that holds nothing changes none."""
        self.ensure_one()
        policy = self.approval_policy_id
        hold = HOLD_OF[policy.work_before] if policy.active else False
        return {"approval_state": "pending", "approval_hold": hold} if hold else {}
