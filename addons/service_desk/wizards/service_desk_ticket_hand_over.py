from odoo import api, fields, models
from odoo.tools import is_html_empty


class ServiceDeskTicketHandOver(models.TransientModel):
    """Asks where the tickets go, why, and what the next line must know."""

    _name = "service_desk.ticket.hand.over"
    _description = "Hand Tickets Over"

    ticket_ids = fields.Many2many("service_desk.ticket", required=True)
    source_ids = fields.Many2many("service_desk.team", compute="_compute_source")
    company_ids = fields.Many2many("res.company", compute="_compute_source")
    team_id = fields.Many2one(
        "service_desk.team",
        "To",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        domain="[('id', 'not in', source_ids), ('company_id', 'in', company_ids)]",
    )
    reason_id = fields.Many2one("service_desk.hand_over.reason")
    require_note = fields.Boolean(related="reason_id.require_note")
    note = fields.Html("What the next line must know")

    @api.depends("ticket_ids")
    def _compute_source(self):
        for wizard in self:
            wizard.source_ids = wizard.ticket_ids.team_id
            wizard.company_ids = wizard.ticket_ids.company_id

    @api.depends("ticket_ids")
    def _compute_team_id(self):
        """Propose the next line where all tickets have the same."""
        for wizard in self:
            following = wizard.ticket_ids.team_id.next_team_id
            wizard.team_id = following if len(following) == 1 else False

    def action_confirm(self):
        """Hand the tickets over.

        :raises UserError: without a reason, or a note where the reason demands one
        """
        self.ensure_one()
        note = "" if is_html_empty(self.note) else self.note
        self.ticket_ids._hand_over(self.team_id, self.reason_id, note)
        return {"type": "ir.actions.act_window_close"}
