from datetime import timedelta

from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from .service_desk_notice_preference import EVENTS

#: Told to the members of the team who want it; the rest is told to one person.
TEAM_EVENTS = ("new_in_team", "requester_wrote", "moved")
#: Told to the requester's side; the rest is for agents.
REQUESTER_EVENTS = ("opened", "state", "stage", "promise", "merged")
#: Nobody chooses how he hears of these: who is on duty is called.
FORCED_EVENTS = [("called", "I am called on duty")]
#: Told without waiting whether more happens.
URGENT_EVENTS = ("opened", "called")
OUTCOMES = [
    ("sent", "Sent"),
    ("expanded", "Passed to the members"),
    ("omitted", "Nothing left to tell"),
    ("unwanted", "Not wanted"),
    ("failed", "Failed"),
]
KEEP_DAYS = 90
#: A wake-up that is at least so many seconds away serves whoever asks for one at most so much earlier.
SHARED_WAKE_AFTER = 20
SHARED_WAKE_LATER = 5


class ServiceDeskNotice(models.Model):
    """The queue of what people are to be told.

    A line is written in the transaction of the change, and done in the transaction that makes the mail:
    whatever is killed in between, a person hears of an event exactly once.
    """

    _name = "service_desk.notice"
    _description = "Notice"
    _order = "id"
    _rec_name = "event"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one("res.partner", "To", ondelete="cascade", index="btree_not_null")
    email = fields.Char(help="For a requester who is no contact.")
    event = fields.Selection(EVENTS + FORCED_EVENTS, required=True)
    payload = fields.Json(help="What was before, as far as the event needs it.")
    due_at = fields.Datetime(required=True)
    is_digest = fields.Boolean("In the Daily Digest")
    sent_at = fields.Datetime("Done", readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    attempts = fields.Integer(readonly=True)
    message_id = fields.Many2one(
        "mail.message", ondelete="set null", index="btree_not_null", readonly=True
    )

    _due_index = models.Index("(due_at, id) WHERE sent_at IS NULL")
    _pending_index = models.Index("(ticket_id) WHERE sent_at IS NULL")
    _done_index = models.Index("(sent_at) WHERE sent_at IS NOT NULL")

    # ------------------------------------------------ what add-ons can add to
    @api.model
    def _requester_events(self):
        """Return the events that are told to the requester's side."""
        return REQUESTER_EVENTS

    # ------------------------------------------------------------------- queue
    @api.model
    def _enqueue(self, rows):
        """Note what is to be told; all of a transaction is written by one INSERT when it commits.

        :param list rows: values of this model without ``due_at``
        """
        if (
            not rows
            or self.env.context.get("tracking_disable")
            or self.env.context.get("mail_notrack")
        ):
            return  # imports and migrations do not write to people
        pending = self.env.cr.precommit.data.setdefault(self._name, [])
        if not pending:
            # sudo: the queue belongs to the desk, not to whoever changed the ticket
            self.env.cr.precommit.add(self.sudo()._write_pending)
        pending += rows

    @api.model
    def _write_pending(self):
        """Write the lines noted in this transaction and ask the scheduler to come when they are due."""
        rows = self.env.cr.precommit.data.pop(self._name, [])
        if not rows:
            return
        now = fields.Datetime.now()
        settings, tickets = self.env["service_desk.settings"], self.env["service_desk.ticket"]
        for row in rows:
            company = tickets.browse(row["ticket_id"]).company_id
            quiet = 0 if row["event"] in URGENT_EVENTS else settings._quiet_seconds(company.id)
            row["due_at"] = now + timedelta(seconds=quiet)
        self._insert_lines(rows)
        self._wake_cron({row["due_at"] for row in rows})

    @api.model
    def _insert_lines(self, rows):
        """Write lines of the queue by one statement; nothing is computed from them."""
        uid, now = self.env.uid, self.env.cr.now()
        self.env.cr.execute(
            SQL(
                "INSERT INTO service_desk_notice (ticket_id, partner_id, email, event, payload, due_at,"
                " create_uid, create_date, write_uid, write_date) VALUES %s",
                SQL(", ").join(
                    (
                        row["ticket_id"],
                        row["partner_id"] or None,
                        row["email"] or None,
                        row["event"],
                        row["payload"] and Json(row["payload"]),
                        row["due_at"],
                        uid,
                        now,
                        uid,
                        now,
                    )
                    for row in rows
                ),
            )
        )
        # lists of lines that were read before
        self.env["service_desk.notice"].invalidate_model(flush=False)

    @api.model
    def _drop_pending(self, ticket_ids):
        """Forget what was noted for tickets that are deleted in the same transaction."""
        pending = self.env.cr.precommit.data.get(self._name)
        if pending:
            pending[:] = [row for row in pending if row["ticket_id"] not in ticket_ids]

    @api.model
    def _wake_cron(self, moments):
        """Let the cron run at ``moments``: one statement, and no row where one close behind stands already."""
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id("service_desk.ir_cron_send_notices")
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ir_cron_trigger (cron_id, call_at, create_uid, create_date)
                SELECT %(cron_id)s, moment, %(uid)s, %(now)s
                  FROM unnest(%(moments)s::timestamp[]) AS moment
                 WHERE moment < %(soon)s
                    OR NOT EXISTS (
                        SELECT FROM ir_cron_trigger pending
                         WHERE pending.cron_id = %(cron_id)s AND pending.call_at >= moment
                           AND pending.call_at < moment + %(latest)s * INTERVAL '1 second'
                    )
                """,
                cron_id=cron_id,
                moments=sorted(moments),
                # one that a run of the scheduler may just be using up is no promise
                soon=now + timedelta(seconds=SHARED_WAKE_AFTER),
                latest=SHARED_WAKE_LATER,
                uid=self.env.uid,
                now=now,
            )
        )
        if min(moments) <= now:
            self.env.cr.postcommit.add(self.env["ir.cron"]._notifydb)

    @api.autovacuum
    def _gc_done(self):
        """Forget notices that were done long ago; the messages themselves stay."""
        limit = fields.Datetime.now() - timedelta(days=KEEP_DAYS)
        self.search([("sent_at", "<", limit)], limit=10000).unlink()
