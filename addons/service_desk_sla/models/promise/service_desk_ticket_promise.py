from odoo import api, fields, models

from ..timeline.service_desk_ticket_facts import FIT_FACTS


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    promise_preview = fields.Char(
        "Promise",
        compute="_compute_promise_preview",
        help="Within what time the ticket will be answered and solved, were it opened now.",
    )

    @api.depends(*FIT_FACTS)
    @api.depends_context("lang", "tz", "uid")
    def _compute_promise_preview(self):
        """Tell the promise of tickets that are not there yet, in the time zone of who types them in."""
        promises = self.env["service_desk.promise"]
        now = fields.Datetime.now()
        for ticket in self:
            is_new = not ticket._origin and ticket.team_id
            request = {**ticket._promise_facts(), "at": now} if is_new else None
            ticket.promise_preview = promises._text_for(request) if is_new else ""

    def _promise_facts(self):
        """Return what is known of a ticket that is not there yet, as agreements are asked."""
        self.ensure_one()
        ticket_sudo = self.sudo()  # sudo: agreements are asked for people who may not read teams
        facts = {
            name: ticket_sudo[name]._origin.id or None
            for name in FIT_FACTS
            if ticket_sudo._fields[name].relational
        }
        return {**facts, "priority": ticket_sudo.priority or None}
