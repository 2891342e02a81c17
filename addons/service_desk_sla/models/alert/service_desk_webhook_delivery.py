"""The outbox of webhooks: written in the transaction of what it tells, delivered afterwards, at least once."""

import http.client
import json
import logging
import time
import uuid
from datetime import timedelta

from odoo import api, fields, models

from ...webhooks import Refused, post, sign

_logger = logging.getLogger(__name__)

DELIVERY_STATES = [("pending", "Waiting"), ("sent", "Delivered"), ("failed", "Given up")]
DELIVER_CRON = "service_desk_sla.ir_cron_deliver_webhooks"
#: Between the first and the second try; doubled with each failure of the address.
RETRY_MINUTES = 1
MOST_RETRY_MINUTES = 360
GIVE_UP_DAYS = 3
KEEP_DAYS = 90


class ServiceDeskWebhookDelivery(models.Model):
    """One call of one address. Its key is the same in all tries: the receiver takes it once."""

    _name = "service_desk.webhook.delivery"
    _description = "Call of a Webhook"
    _order = "id desc"
    _rec_name = "key"

    webhook_id = fields.Many2one(
        "service_desk.webhook", required=True, readonly=True, ondelete="cascade", index=True
    )
    ticket_id = fields.Many2one(
        "service_desk.ticket", readonly=True, ondelete="set null", index="btree_not_null"
    )
    key = fields.Char(
        required=True, readonly=True, help="Header Idempotency-Key; the same in all tries."
    )
    body = fields.Text(required=True, readonly=True)
    state = fields.Selection(DELIVERY_STATES, required=True, readonly=True, default="pending")
    attempts = fields.Integer(readonly=True)
    next_try_at = fields.Datetime(readonly=True)
    status = fields.Integer("Answer", readonly=True, help="HTTP status of the last try.")
    error = fields.Char(readonly=True)
    sent_at = fields.Datetime("Delivered At", readonly=True)

    _due_index = models.Index("(next_try_at, id) WHERE state = 'pending'")
    _key_uniq = models.Constraint("UNIQUE (key)", "This call is in the outbox already.")

    # ------------------------------------------------------------------- outbox
    @api.model
    def _queue(self, webhooks, payloads, ticket=None):
        now, vals_list = fields.Datetime.now(), []
        for webhook in webhooks:
            for payload in payloads:
                key = str(uuid.uuid4())
                payload = dict(payload, key=key, noted_at=_iso(now))
                vals_list.append(
                    {
                        "webhook_id": webhook.id,
                        "ticket_id": ticket.id if ticket else False,
                        "key": key,
                        "body": json.dumps(payload, ensure_ascii=False, sort_keys=True),
                        "next_try_at": max(now, webhook.retry_at or now),
                    }
                )
        if vals_list:
            self.create(vals_list)._wake()

    def _wake(self):
        if self:
            moment = min(self.mapped("next_try_at"))
            self.env["ir.cron"]._service_desk_wake(DELIVER_CRON, moment)

    # ----------------------------------------------------------------- delivery
    @api.model
    def _cron_deliver(self, limit=50):
        """Make the calls that are due. Each is marked in a transaction of its own: a kill repeats one at most."""
        domain = [("state", "=", "pending"), ("next_try_at", "<=", fields.Datetime.now())]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        while due := self.search(domain, order="next_try_at, id", limit=limit):
            delivery = due.try_lock_for_update(limit=1)
            if not delivery:
                # another process makes them
                self.env["ir.cron"]._commit_progress(remaining=0)
                break
            delivery._deliver()
            if not self.env["ir.cron"]._commit_progress(1):
                break
        self.search([("state", "=", "pending")], order="next_try_at, id", limit=1)._wake()

    def _deliver(self):
        """Make one call and note how it went; what an address does not take waits, with all else for it."""
        self.ensure_one()
        now, status, error = fields.Datetime.now(), 0, ""
        if not self.webhook_id.active:
            self.write({"state": "failed", "error": self.env._("The webhook is archived.")})
            return
        try:
            answer = self._call()
            status, error = answer.status, "" if answer.is_taken else f"HTTP {answer.status}"
        except Refused as refusal:
            error = self._refusal_text(refusal)
        except (OSError, http.client.HTTPException, ValueError) as failure:
            _logger.info("Webhook %s was not delivered: %s", self.webhook_id.id, failure)
            error = str(failure)[:200] or type(failure).__name__
        self.write({"attempts": self.attempts + 1, "status": status, "error": error})
        if error:
            self._put_off(now, error)
        else:
            self.write({"state": "sent", "sent_at": now})
            self.webhook_id.write(
                {"failures": 0, "retry_at": False, "last_error": False, "last_sent_at": now}
            )

    def _call(self):
        body = self.body.encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Odoo-Service-Desk",
            "Idempotency-Key": self.key,
            "X-Service-Desk-Signature": sign(self.webhook_id.secret, int(time.time()), body),
        }
        webhook = self.webhook_id
        return post(webhook.url, body, headers, own_network=webhook.in_own_network)

    def _put_off(self, now, error):
        """Let the address rest, longer with each failure; after some days what it did not take is given up."""
        webhook = self.webhook_id
        minutes = min(RETRY_MINUTES * 2 ** min(webhook.failures, 20), MOST_RETRY_MINUTES)
        later = now + timedelta(minutes=minutes)
        webhook.write({"failures": webhook.failures + 1, "retry_at": later, "last_error": error})
        pending = self.search([("webhook_id", "=", webhook.id), ("state", "=", "pending")])
        old = pending.filtered(lambda one: one.create_date < now - timedelta(days=GIVE_UP_DAYS))
        old.state = "failed"
        (pending - old).next_try_at = later

    def _refusal_text(self, refusal):
        texts = {
            "url": self.env._("This is no address of a web server."),
            "unknown": self.env._("There is no such host."),
            "own_machine": self.env._("This machine itself is never called."),
            "own_network": self.env._(
                "The address is in a private network, which the webhook is not allowed to call."
            ),
        }
        return texts[refusal.reason]

    @api.autovacuum
    def _gc_done(self):
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        done = [("state", "!=", "pending"), ("create_date", "<", limit)]
        self.search(done, limit=10000).unlink()


def _iso(moment):
    return moment.isoformat(timespec="seconds") + "Z" if moment else None
