"""What an exchange has told: each event once, for a while."""

import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEEP_DAYS = 30
LONGEST_RAW = 4000


class ServiceDeskCallEvent(models.Model):
    """One event as the exchange has sent it; kept for a month, to find out why a card did not show."""

    _name = "service_desk.call.event"
    _description = "Call Event"
    _order = "id desc"
    _rec_name = "kind"

    pbx_id = fields.Many2one(
        "service_desk.pbx", "Exchange", required=True, readonly=True, ondelete="cascade"
    )
    call_id = fields.Many2one(
        "service_desk.call", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    kind = fields.Char(required=True, readonly=True)
    event_ref = fields.Char("Name in the Exchange", required=True, readonly=True)
    nonce = fields.Char(readonly=True, help="The proof it came with: the same is not taken twice.")
    raw = fields.Text("As Received", readonly=True)

    _event_uniq = models.UniqueIndex("(pbx_id, event_ref)", "This event is known already.")
    _nonce_uniq = models.UniqueIndex(
        "(pbx_id, nonce) WHERE nonce IS NOT NULL", "This event was sent before."
    )
    _recent_index = models.Index("(pbx_id, create_date)")

    @api.model
    def _is_replay(self, pbx, nonce):
        """Tell whether a proof was used before."""
        domain = [("pbx_id", "=", pbx.id), ("nonce", "=", nonce)]
        return bool(nonce) and bool(self.sudo().search_count(domain, limit=1))

    @api.model
    def _is_too_many(self, pbx):
        """Tell whether the exchange has said enough within the last minute."""
        limit = pbx.events_per_minute
        since = self.env.cr.now() - timedelta(minutes=1)
        domain = [("pbx_id", "=", pbx.id), ("create_date", ">", since)]
        return self.sudo().search_count(domain, limit=limit) >= limit

    @api.model
    def _take(self, pbx, event, data, nonce):
        """Write the event down and return its id; None when it was told before."""
        now = self.env.cr.now()
        vals = {
            "pbx_id": pbx.id,
            "kind": event.kind,
            "event_ref": f"{event.call_ref}|{event.kind}|{event.event_ref}",
            "nonce": nonce or None,
            "raw": json.dumps(data, ensure_ascii=False)[:LONGEST_RAW].replace("\x00", ""),
            "create_uid": self.env.uid,
            "create_date": now,
            "write_uid": self.env.uid,
            "write_date": now,
        }
        rows = self.env.execute_query(
            SQL(
                "INSERT INTO service_desk_call_event (%s) VALUES (%s)"
                " ON CONFLICT DO NOTHING RETURNING id",
                SQL(", ").join(map(SQL.identifier, vals)),
                SQL(", ").join(SQL("%s", value) for value in vals.values()),
            )
        )
        return rows[0][0] if rows else None

    @api.autovacuum
    def _gc_events(self, limit=10_000):
        """Forget events that nobody will ask about any more."""
        before = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        old = self.sudo().search([("create_date", "<", before)], limit=limit)
        old.unlink()
        return len(old), limit
