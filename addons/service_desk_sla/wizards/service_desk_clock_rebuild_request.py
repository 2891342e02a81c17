from odoo import api, fields, models

from ..models.audit.service_desk_clock_rebuild import KINDS, SINCE


class ServiceDeskClockRebuildRequest(models.TransientModel):
    """Asks which clocks are to be counted anew, and why."""

    _name = "service_desk.clock.rebuild.request"
    _description = "Count Clocks Anew"

    kind = fields.Selection(KINDS, "Because Of", required=True, default="agreement")
    agreement_ids = fields.Many2many(
        "service_desk.agreement", string="Agreements", domain="[('version_id', '!=', False)]"
    )
    calendar_ids = fields.Many2many("resource.calendar", string="Working Hours")
    ticket_ids = fields.Many2many("service_desk.ticket", string="Tickets")
    since = fields.Selection(SINCE, "Applies", required=True, default="now")
    with_stopped = fields.Boolean("Stopped Clocks as Well")
    reason = fields.Char()
    ticket_count = fields.Integer("Tickets Concerned", compute="_compute_ticket_count")

    @api.depends("kind", "agreement_ids", "calendar_ids", "ticket_ids", "with_stopped")
    def _compute_ticket_count(self):
        rebuilds = self.env["service_desk.clock.rebuild"]
        for request in self:
            request.ticket_count = rebuilds._count_reach_sudo(
                request.kind,
                request[f"{request._reach_field()}"]._origin,
                request.with_stopped,
            )

    def _reach_field(self):
        return {"agreement": "agreement_ids", "hours": "calendar_ids", "tickets": "ticket_ids"}[
            self.kind or "agreement"
        ]

    def action_confirm(self):
        """Order the rebuild and show it.

        :raises UserError: without a reason, or without anything to count
        """
        self.ensure_one()
        names = {"agreement": "agreements", "hours": "calendars", "tickets": "tickets"}
        rebuild = self.env["service_desk.clock.rebuild"]._request(
            **{names[self.kind]: self[self._reach_field()]},
            reason=self.reason,
            scope="all" if self.with_stopped else "running",
            since=self.since,
        )
        return rebuild._get_records_action(name=self.env._("Rebuild of Clocks"))
