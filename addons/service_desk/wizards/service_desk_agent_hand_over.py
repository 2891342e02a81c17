from odoo import api, fields, models
from odoo.exceptions import UserError


class ServiceDeskAgentHandOver(models.TransientModel):
    """Gives all open work of one person to others: when he leaves, falls ill, changes his job."""

    _name = "service_desk.agent.hand.over"
    _description = "Hand Over All Work of a Person"

    agent_id = fields.Many2one(
        "service_desk.agent", "From", required=True, ondelete="cascade", readonly=True
    )
    mode = fields.Selection(
        [("method", "To whom the team's method chooses"), ("person", "To one person")],
        "How",
        required=True,
        default="method",
    )
    user_id = fields.Many2one("res.users", "To", domain="[('share', '=', False)]")
    skip_waiting = fields.Boolean(
        "Leave Waiting Tickets", help="They stay with the person until they wake."
    )
    ticket_ids = fields.Many2many(
        "service_desk.ticket",
        "service_desk_agent_hand_over_rel",
        "wizard_id",
        "ticket_id",
        string="Tickets",
        compute="_compute_ticket_ids",
    )
    ticket_count = fields.Integer(compute="_compute_ticket_ids")

    @api.depends("agent_id", "skip_waiting")
    def _compute_ticket_ids(self):
        for wizard in self:
            wizard.ticket_ids = wizard._tickets()
            wizard.ticket_count = len(wizard.ticket_ids)

    def _tickets(self):
        """Return the open tickets of the person that the user sees."""
        states = ("new", "open") if self.skip_waiting else ("new", "open", "waiting")
        return self.env["service_desk.ticket"].search(
            [
                ("user_id", "=", self.agent_id.user_id.id),
                ("is_open", "=", True),
                ("state", "in", states),
            ]
        )

    def action_confirm(self):
        """Give the tickets to the others.

        :raises UserError: when there is nobody to give them to, or nothing to give
        """
        self.ensure_one()
        self.agent_id.check_access("write")
        tickets = self._tickets()
        tickets.check_access("write")
        if not tickets:
            raise UserError(self.env._("%(name)s has no open tickets.", name=self.agent_id.name))
        if self.mode == "person":
            if not self.user_id or self.user_id == self.agent_id.user_id:
                raise UserError(self.env._("Choose who gets the tickets."))
            tickets.write({"user_id": self.user_id.id})
            grounds = {"event": "release", "reason_code": "handed_over", "user": self.agent_id.name}
            tickets._explain("assignment", grounds)
        else:
            tickets._release("handed_over")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("Tickets handed over: %(count)s.", count=len(tickets)),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
