from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import clocks

KINDS = [
    ("start", "Start moved"),
    ("pause", "Pause added"),
    ("run", "Pause removed"),
    ("excuse", "Breach excused"),
    ("revoke", "Taken back"),
]


class ServiceDeskClockCorrection(models.Model):
    """What a person says about a clock besides what the timeline says: since when, why, who.

    It is made by :meth:`_apply` only, and never changed or deleted: one that was wrong is taken back by
    another one. The clocks are derived anew from the timeline and from the corrections that hold.
    """

    _name = "service_desk.clock.correction"
    _description = "Correction of Clocks"
    _order = "id desc"
    _rec_name = "kind"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    from_at = fields.Datetime("From", readonly=True)
    to_at = fields.Datetime("To", readonly=True)
    metric_ids = fields.Many2many(
        "service_desk.metric", string="Metrics", readonly=True, help="None means all."
    )
    slot = fields.Char(readonly=True, help="Of one clock only: its agreement's place.")
    cycle = fields.Integer(readonly=True, help="Of one clock only: its cycle.")
    reason_id = fields.Many2one(
        "service_desk.correction.reason", readonly=True, required=True, ondelete="restrict"
    )
    note = fields.Char("Explanation", readonly=True)
    user_id = fields.Many2one(
        "res.users", "By", required=True, readonly=True, default=lambda self: self.env.user
    )
    at = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)
    changes = fields.Json(
        readonly=True, help="Of each clock that it changed: what it said before and after."
    )
    changes_text = fields.Char("Result", compute="_compute_changes_text")
    revoked_id = fields.Many2one(
        "service_desk.clock.correction",
        "Takes Back",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    is_revoked = fields.Boolean("Taken Back", readonly=True)
    team_id = fields.Many2one(related="ticket_id.team_id")
    agreement_id = fields.Many2one(related="ticket_id.sla_agreement_id")
    partner_id = fields.Many2one(related="ticket_id.partner_id", string="Requester")

    _revoked_uniq = models.UniqueIndex(
        "(revoked_id) WHERE revoked_id IS NOT NULL", "This correction is taken back already."
    )
    _span_in_order = models.Constraint(
        "CHECK (to_at IS NULL OR from_at < to_at)", "The end must be later than the beginning."
    )

    @api.depends("kind", "ticket_id.number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for correction in self:
            kind = kinds.get(correction.kind, "")
            correction.display_name = " · ".join(filter(None, [correction.ticket_id.number, kind]))

    @api.depends("changes")
    @api.depends_context("lang", "tz")
    def _compute_changes_text(self):
        clock = self.env["service_desk.clock"]
        for correction in self:
            correction.changes_text = "; ".join(
                clock._change_text(change) for change in correction.changes or ()
            )

    def write(self, vals):
        self.check_access("write")
        if not self._is_own_mark(vals):
            raise UserError(
                self.env._("A correction stays as it is. Take it back, and make another one.")
            )
        return super().write(vals)

    def _is_own_mark(self, vals):
        """Tell whether the desk itself writes what only it may write; no remote call is superuser."""
        return self.env.su and vals.keys() <= {"is_revoked", "changes"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Corrections are evidence: they are never deleted."))

    def action_revoke(self):
        """Ask why the correction is taken back."""
        self.ensure_one()
        self._check_may_correct(self.ticket_id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take back a correction"),
            "res_model": "service_desk.clock.revoke",
            "view_mode": "form",
            "target": "new",
            "context": {"default_correction_id": self.id},
        }

    # ------------------------------------------------------------- for the fold
    @api.model
    def _of_tickets(self, tickets):
        """Return ``{ticket id: [clocks.Correction]}`` of those that hold, in the order they were made.

        Two queries for any number of tickets, one where none was ever corrected.
        """
        # sudo: clocks are derived whoever causes it
        rows_sudo = self.sudo().search_fetch(
            [
                ("ticket_id", "in", tickets.ids),
                ("kind", "!=", "revoke"),
                ("is_revoked", "=", False),
            ],
            ["ticket_id", "kind", "from_at", "to_at", "at", "metric_ids", "slot", "cycle"],
            order="id",
        )
        return {
            ticket.id: [correction for row in rows for correction in row._for_fold()]
            for ticket, rows in rows_sudo.grouped("ticket_id").items()
        }

    def _for_fold(self):
        """Return the correction as the pure engine takes it: one for each metric, or one for all."""
        self.ensure_one()
        return [
            clocks.Correction(
                kind=self.kind,
                slot=self.slot or None,
                metric=code,
                number=self.cycle or None,
                start=self.from_at or None,
                end=self.to_at or None,
                made_at=self.at,
            )
            for code in self.metric_ids.mapped("code") or [None]
        ]
