from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

DIRECTIONS = [("in", "Incoming"), ("out", "Outgoing")]
STATES = [
    ("new", "Connecting"),
    ("ringing", "Ringing"),
    ("answered", "Talking"),
    ("missed", "Missed"),
    ("ended", "Ended"),
]
#: A call in one of these is over.
OVER = ("missed", "ended")


class ServiceDeskCall(models.Model):
    """One telephone call: who, with whom, how long, about which ticket.

    Calls come from an exchange by their events, or from the phone screen of an operator without one.
    """

    _name = "service_desk.call"
    _description = "Phone Call"
    _order = "id desc"
    _check_company_auto = True

    direction = fields.Selection(DIRECTIONS, default="in", required=True, readonly=True)
    state = fields.Selection(STATES, default="new", required=True, readonly=True)
    number = fields.Char(readonly=True, help="Of the other side; empty when it was hidden.")
    caller_name = fields.Char("Name Sent by the Exchange", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Caller", readonly=True, index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one(
        "res.users", "Agent", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    offered_user_ids = fields.Many2many(
        "res.users",
        "service_desk_call_offered_rel",
        "call_id",
        "user_id",
        "Rang At",
        readonly=True,
        groups="service_desk.service_desk_group_manager",
    )
    pbx_id = fields.Many2one(
        "service_desk.pbx", "Exchange", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    team_id = fields.Many2one(
        "service_desk.team", readonly=True, index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    started_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    answered_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    duration_seconds = fields.Integer(
        readonly=True, aggregator="sum", help="How long was talked, in seconds."
    )
    duration = fields.Char("Talked", compute="_compute_duration", help="Minutes and seconds.")
    recording_url = fields.Char(
        "Recording",
        readonly=True,
        copy=False,
        groups="service_desk.service_desk_group_agent",
        help="Where the exchange keeps it; it decides once more who may listen.",
    )
    ticket_id = fields.Many2one(
        "service_desk.ticket", readonly=True, index="btree_not_null", ondelete="set null"
    )
    is_noted = fields.Boolean("Told on the Ticket", readonly=True, copy=False)
    call_ref = fields.Char("Name in the Exchange", readonly=True, copy=False)
    client_ref = fields.Char(
        readonly=True, copy=False, help="Names one press of Save: a second one makes nothing."
    )

    # Two events of a call, two presses of a key: one row, whoever comes first.
    _call_uniq = models.UniqueIndex(
        "(pbx_id, call_ref) WHERE call_ref IS NOT NULL", "This call is known already."
    )
    _client_uniq = models.UniqueIndex(
        "(client_ref) WHERE client_ref IS NOT NULL", "This was saved already."
    )
    _running_index = models.Index("(started_at) WHERE ended_at IS NULL")
    _team_index = models.Index("(team_id, id DESC) WHERE team_id IS NOT NULL")
    _own_index = models.Index("(user_id, id DESC) WHERE user_id IS NOT NULL")

    @api.depends("number", "partner_id", "caller_name")
    def _compute_display_name(self):
        for call in self:
            call.display_name = (
                call.partner_id.name
                or call.caller_name
                or call.number
                or self.env._("Hidden number")
            )

    @api.depends("duration_seconds")
    def _compute_duration(self):
        for call in self:
            minutes, seconds = divmod(call.duration_seconds, 60)
            call.duration = f"{minutes}:{seconds:02}" if call.duration_seconds else ""

    @api.autovacuum
    def _gc_unended(self, limit=1000):
        """End calls whose end was never told: the exchange was restarted, an event was lost."""
        before = fields.Datetime.now() - timedelta(days=1)
        # sudo: calls are the desk's own record
        lost = self.sudo().search(
            [("ended_at", "=", False), ("started_at", "<", before)], limit=limit
        )
        for call in lost:
            ended = call.answered_at or call.started_at
            call.write({"ended_at": ended, "state": "ended" if call.answered_at else "missed"})
        lost._tell_ticket()
        return len(lost), limit

    @api.model
    def _claim(self, vals):
        """Return the call (as superuser) with these values: a new row, or the one that is there already.

        ``vals`` holds what makes it one of a kind: ``pbx_id`` and ``call_ref``, or ``client_ref``. Of two at
        once one is told by the database to try again, which then finds the row.
        """
        names = [name for name in ("pbx_id", "call_ref", "client_ref") if name in vals]
        now = self.env.cr.now()
        vals = {
            "direction": "in",
            "state": "new",
            "started_at": fields.Datetime.now(),
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
            "create_date": now,
            "write_date": now,
            **vals,
        }
        rows = self.env.execute_query(
            SQL(
                "INSERT INTO service_desk_call (%s) VALUES (%s) ON CONFLICT DO NOTHING RETURNING id",
                SQL(", ").join(map(SQL.identifier, vals)),
                SQL(", ").join(SQL("%s", value) for value in vals.values()),
            )
        )
        # sudo: people see calls by rule; this one is just being made or continued
        calls_sudo = self.sudo()
        if rows:
            return calls_sudo.browse(rows[0][0])
        known = [(name, "=", vals[name]) for name in names]
        return calls_sudo.search(known, limit=1)

    def _is_mine(self, user):
        """Tell whether ``user`` takes or took part in the call: he answered it, or it rang at his place."""
        # sudo: where a call rang is no business of others
        call_sudo = self.sudo()
        return call_sudo.user_id == user or (
            not call_sudo.user_id and user in call_sudo.offered_user_ids
        )

    def action_open_ticket(self):
        """Open the ticket of the call."""
        self.ensure_one()
        self.check_access("read")
        return self.ticket_id._get_records_action(name=self.env._("Ticket"))

    def action_open_phone(self):
        """Open the phone screen with the caller's card."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "service_desk_phone",
            "params": {"call_id": self.id},
        }
