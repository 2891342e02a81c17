from odoo import fields, models

from ..agreement.service_desk_agreement import KINDS

STATES = [
    ("running", "Running"),
    ("paused", "Standing still"),
    ("stopped", "Stopped"),
    ("cancelled", "Cancelled"),
]


class ServiceDeskClock(models.Model):
    """One metric of one agreement on one ticket, one cycle of it.

    ``spans`` and ``targets`` are its history; all other columns are derived from them and kept for lists, reports
    and the sweep. Nobody writes them by hand: :meth:`_settle` derives them anew.
    """

    _name = "service_desk.clock"
    _description = "Clock"
    _order = "ticket_id, id"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    slot = fields.Char(
        required=True, readonly=True, help="sla, ola:team, uc:supplier, beside:agreement"
    )
    metric_id = fields.Many2one(
        "service_desk.metric", required=True, readonly=True, ondelete="restrict"
    )
    cycle = fields.Integer(required=True, readonly=True, default=1)
    agreement_id = fields.Many2one(
        "service_desk.agreement", required=True, readonly=True, ondelete="restrict", index=True
    )
    version_id = fields.Many2one(
        "service_desk.agreement.version", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True)
    reason = fields.Char(
        readonly=True, help="Why it stands still, or was cancelled (clocks.REASONS)."
    )
    # ---------------------------------------------------------------- history
    spans = fields.Json(
        readonly=True,
        help="[{from, to (null: goes on), kind: run|pause, reason, hand: team|requester|supplier|approver|other, hand_id}]",
    )
    targets = fields.Json(
        readonly=True,
        help="[{at, seconds, amount, unit, version_id, line_id, calendar_id, company_id}]: what was promised since when",
    )
    excuses = fields.Json(
        readonly=True,
        help="[[from, to, made at]]: what of it was excused; without from and to all of it",
    )
    # ---------------------------------------------------------------- derived
    started_at = fields.Datetime(readonly=True)
    stopped_at = fields.Datetime(readonly=True)
    target_seconds = fields.Integer(readonly=True, help="Of working time.")
    used_seconds = fields.Integer(
        readonly=True,
        help="Of working time, up to the last event; while it runs more is added by the moment.",
    )
    paused_seconds = fields.Integer(readonly=True, help="Of working time.")
    due_at = fields.Datetime(readonly=True, help="Empty while it stands still.")
    missed_at = fields.Datetime(readonly=True, help="The instant at which the target was missed.")
    late_seconds = fields.Integer(readonly=True, help="Of working time, once it has stopped.")
    legs = fields.Json(
        readonly=True,
        help="[{kind: run|pause, reason, reason_id, hand, hand_id, seconds}]: who used how much working time, for reports",
    )
    is_missed = fields.Boolean(readonly=True)
    is_excused = fields.Boolean(readonly=True)
    next_event_at = fields.Datetime(
        readonly=True, help="The next warning or breach that is to be told; found by the sweep."
    )
    warn_at = fields.Datetime(readonly=True, help="From when on its countdown is amber.")
    quiet_until = fields.Datetime(
        readonly=True,
        help="Set for a ticket that came in with a past: what should have been told before is not told.",
    )

    _slot_uniq = models.UniqueIndex(
        "(ticket_id, slot, metric_id, cycle)", "This clock exists already."
    )
    _next_event_index = models.Index("(next_event_at, id) WHERE next_event_at IS NOT NULL")
    _due_index = models.Index("(due_at) WHERE state = 'running'")
    _agreement_index = models.Index("(agreement_id, LEAST(stopped_at, missed_at))")
    _decided_index = models.Index("(LEAST(stopped_at, missed_at), id)")
