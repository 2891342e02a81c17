from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.audit.service_desk_clock_correction import KINDS


class ServiceDeskClockCorrect(models.TransientModel):
    """Asks what is to be corrected, and shows what would come of it before it is done."""

    _name = "service_desk.clock.correct"
    _description = "Correct Clocks"

    ticket_ids = fields.Many2many("service_desk.ticket", required=True)
    kind = fields.Selection(
        [kind for kind in KINDS if kind[0] != "revoke"], "What", required=True, default="excuse"
    )
    metric_ids = fields.Many2many(
        "service_desk.metric", string="Only", help="None means all clocks of the tickets."
    )
    clock_id = fields.Many2one("service_desk.clock", help="This clock alone.")
    from_at = fields.Datetime("From")
    to_at = fields.Datetime("Until")
    reason_id = fields.Many2one("service_desk.correction.reason")
    requires_note = fields.Boolean(related="reason_id.requires_note")
    note = fields.Char("Explanation")
    preview = fields.Html(compute="_compute_preview")
    hint = fields.Char(compute="_compute_preview")

    @api.depends("ticket_ids", "kind", "metric_ids", "clock_id", "from_at", "to_at")
    def _compute_preview(self):
        for wizard in self:
            try:
                changes = self.env["service_desk.clock.correction"]._preview(
                    wizard.ticket_ids._origin, wizard._prepare_vals()
                )
            except UserError as error:
                wizard.preview, wizard.hint = False, str(error)
            else:
                wizard.preview = wizard._comparison(changes)
                wizard.hint = False if changes else self.env._("That would change no clock.")

    def _prepare_vals(self):
        self.ensure_one()
        clock = self.clock_id._origin
        is_span = self.kind in ("pause", "run")
        return {
            "kind": self.kind,
            "from_at": self.kind != "excuse" and self.from_at,
            "to_at": is_span and self.to_at,
            "metric_ids": clock.metric_id.ids or self.metric_ids._origin.ids,
            "slot": clock.slot,
            "cycle": clock.cycle,
            "reason_id": self.reason_id._origin.id,
            "note": self.note,
        }

    def _comparison(self, changes):
        """Return before and after of each clock that would change."""
        clock = self.env["service_desk.clock"]
        tickets = self.env["service_desk.ticket"].browse(changes)
        head = Markup("<tr>%s</tr>") % Markup().join(
            Markup("<th>%s</th>") % title
            for title in (
                self.env._("Ticket"),
                self.env._("Clock"),
                "",
                self.env._("Due"),
                self.env._("Used"),
                self.env._("Result"),
            )  # fmt: skip
        )
        rows = Markup().join(
            self._rows(ticket.number, change, clock)
            for ticket in tickets
            for change in changes[ticket.id]
        )
        return Markup('<table class="table table-sm mb-0">%s%s</table>') % (head, rows)

    def _rows(self, number, change, clock):
        before, after = change["before"] or {}, change["after"] or {}
        metric = self.env["service_desk.metric"].browse(change["metric_id"])
        return Markup("").join(
            Markup("<tr%s><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>")
            % (style, ticket, metric, label, clock._moment_text(row.get("due_at")),
               clock._duration_text(row.get("used_seconds")) if row.get("stopped_at") else "–", clock._verdict_text(row))
            for style, ticket, metric, label, row in (
                (Markup(' class="text-muted"'), number, clock._change_name(change, metric), self.env._("now"), before),
                (Markup(' class="fw-bold"'), "", "", self.env._("then"), after),
            )
        )  # fmt: skip

    def action_confirm(self):
        """Correct the clocks.

        :raises UserError: says what is missing, or that nothing would change
        """
        self.ensure_one()
        self.env["service_desk.clock.correction"]._apply(self.ticket_ids, self._prepare_vals())
        return {"type": "ir.actions.act_window_close"}
