"""The ledger of incoming mail: every message as it came, and what became of it."""

import base64
import hashlib
import json
import logging
from contextlib import contextmanager
from datetime import timedelta

import psycopg2

from odoo import SUPERUSER_ID, api, fields, models, modules
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

STATES = [
    ("received", "Received"),
    ("held", "Held"),
    ("processed", "Processed"),
    ("filed", "Filed"),
]
REASONS = [
    ("error", "Processing error"),
    ("killed", "Ended its worker twice"),
    ("too_large", "Too large"),
    ("no_route", "Goes to nobody"),
    ("no_sender", "No sender"),
    ("several_senders", "Several senders"),
    ("unverified_sender", "Unverified sender"),
    ("stranger_reply", "Reply of a stranger"),
    ("note_reply", "Reply to an internal note"),
    ("refused_sender", "Sender may not write here"),
    ("flood", "Flood"),
    ("machine", "Automatic mail"),
    ("loop", "Our own mail"),
    ("copy", "Copy"),
    ("passed_on", "Belongs to another application"),
    ("discarded", "Discarded"),
]
RESULTS = [("ticket", "New ticket"), ("reply", "Reply"), ("note", "Internal note")]
DECISIONS = [
    ("accept", "Accept on the ticket"),
    ("join", "Accept and take part"),
    ("ticket", "Make a ticket"),
]
PREVIEW_LENGTH = 2000
PURGE_STEP = 500


class ServiceDeskMailIntake(models.Model):
    """One incoming message: kept raw before anything is decided, so that none is ever lost or doubled.

    The raw bytes live in the table itself, not in the filestore: a full disk there loses no mail.
    """

    _name = "service_desk.mail.intake"
    _description = "Incoming Mail"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "subject"

    # ----------------------------------------------------------- the message
    raw = fields.Binary(
        "Original Message",
        attachment=False,
        readonly=True,
        groups="service_desk.service_desk_group_lead,base.group_system",
    )
    raw_hash = fields.Char(readonly=True, required=True)
    raw_name = fields.Char(compute="_compute_raw_name")
    content_hash = fields.Char(readonly=True, index="btree_not_null")
    message_id = fields.Char("Message-ID", readonly=True, index="btree_not_null")
    in_reply_to = fields.Char(readonly=True)
    subject = fields.Char(readonly=True)
    email_from = fields.Char("From", readonly=True)
    email_domain = fields.Char(readonly=True)
    sender_name = fields.Char(
        "Name", readonly=True, help="What the sender calls himself; it proves nothing."
    )
    is_known_sender = fields.Boolean(readonly=True)
    verdict = fields.Char(
        "Authentication", readonly=True, help="What our own mail server found out about the sender."
    )
    recipients = fields.Char("To", readonly=True)
    date_claimed = fields.Datetime("Date in the Message", readonly=True)
    size = fields.Integer("Size (bytes)", readonly=True)
    preview = fields.Text("Text", readonly=True)

    # ---------------------------------------------------- where it came from
    received_at = fields.Datetime("Received", readonly=True, default=fields.Datetime.now)
    server_id = fields.Many2one(
        "fetchmail.server", "Mailbox", readonly=True, ondelete="set null", index="btree_not_null"
    )
    hints = fields.Json(readonly=True, help="What the caller of the mail gateway asked for.")

    # -------------------------------------------------------- what became of it
    state = fields.Selection(STATES, default="received", required=True, readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    reason_text = fields.Text("Details", readonly=True)
    result = fields.Selection(RESULTS, readonly=True)
    decision = fields.Selection(
        DECISIONS, readonly=True, help="What a person decided about the held message."
    )
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True, ondelete="set null")
    ticket_id = fields.Many2one(
        "service_desk.ticket", readonly=True, ondelete="set null", index="btree_not_null"
    )
    message_ref_id = fields.Many2one(
        "mail.message", readonly=True, ondelete="set null", index="btree_not_null"
    )
    copy_of_id = fields.Many2one(
        "service_desk.mail.intake", readonly=True, ondelete="set null", index="btree_not_null"
    )
    team_id = fields.Many2one(
        "service_desk.team", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", readonly=True, index="btree_not_null", ondelete="set null"
    )
    is_foreign = fields.Boolean(
        "Of Another Application",
        readonly=True,
        help="Passed on; only system administrators may read it here.",
    )
    attempts = fields.Integer(readonly=True)
    claimed_at = fields.Datetime(readonly=True)
    claimed_by = fields.Char("Worker", readonly=True)
    retry_at = fields.Datetime("Next Try", readonly=True)
    notice_sent = fields.Boolean("Sender Was Told", readonly=True)
    processed_at = fields.Datetime("Done", readonly=True)

    _raw_hash_uniq = models.UniqueIndex("(raw_hash)", "This message is in the ledger already.")
    _waiting_index = models.Index("(retry_at NULLS FIRST, id) WHERE state = 'received'")
    _held_index = models.Index("(team_id, id DESC) WHERE state = 'held'")
    _new_index = models.Index(
        "(received_at DESC) INCLUDE (email_from, email_domain, team_id) WHERE result = 'ticket'"
    )
    _raw_index = models.Index(
        "(processed_at) WHERE raw IS NOT NULL AND state IN ('processed', 'filed')"
    )

    def _compute_raw_name(self):
        for row in self:
            row.raw_name = f"message-{row.id}.eml"

    @api.depends("subject", "email_from")
    def _compute_display_name(self):
        for row in self:
            row.display_name = (
                row.subject or row.email_from or self.env._("Message %(number)s", number=row.id)
            )

    # ------------------------------------------------------------- receiving
    @api.model
    def _receive(self, raw, server=None, hints=None, worker=None):
        """Write ``raw`` bytes into the ledger, committed before anything else happens.

        :param worker: name of the worker that begins with it at once, None when it waits
        :return: id of the new row, or False when the ledger has this message already
        :raises psycopg2.Error: when the database cannot take it; the caller must keep the message then
        """
        server_id = server.id if server else None
        while True:
            try:
                with self._own_transaction() as ledger:
                    return ledger._insert(raw, server_id, hints, worker)
            except psycopg2.errors.SerializationFailure:
                _logger.debug("Another worker writes the same message into the ledger.")

    def _insert(self, raw, server_id, hints, worker):
        self.env.cr.execute(
            SQL(
                """INSERT INTO service_desk_mail_intake
                          (raw, raw_hash, size, state, server_id, hints, received_at, attempts,
                           claimed_by, claimed_at, create_uid, create_date, write_uid, write_date)
                   VALUES (%(raw)s, %(hash)s, %(size)s, 'received', %(server)s, %(hints)s, %(now)s,
                           %(attempts)s, %(worker)s, %(claimed)s, %(uid)s, %(now)s, %(uid)s, %(now)s)
                   ON CONFLICT DO NOTHING RETURNING id""",
                raw=psycopg2.Binary(base64.b64encode(raw)),  # the ORM keeps binary columns so
                hash=hashlib.sha256(raw).hexdigest(),
                size=len(raw),
                server=server_id,
                hints=json.dumps(hints) if hints else None,
                now=fields.Datetime.now(),  # the server's clock, never the one in the message
                attempts=1 if worker else 0,
                worker=worker,
                claimed=fields.Datetime.now() if worker else None,
                uid=SUPERUSER_ID,
            ),
            log_exceptions=False,  # who meets another worker tries again
        )
        row = self.env.cr.fetchone()
        return row[0] if row else False

    @api.model
    @contextmanager
    def _own_transaction(self):
        """Yield the model as superuser in a transaction of its own, committed at the end.

        A test has one transaction for everything; there it is a savepoint.
        """
        context = {"service_desk_mail_in": True}
        if modules.module.current_test:
            with self.env.cr.savepoint():
                yield self.with_env(self.env(user=SUPERUSER_ID, context=context))
            return
        with self.env.registry.cursor() as cr:
            yield self.with_env(self.env(cr=cr, user=SUPERUSER_ID, context=context)).browse()

    def _raw_bytes(self):
        """Return the message as it came."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).raw or b"")

    # --------------------------------------------------------------- cleaning
    @api.model
    def _cron_purge(self):
        """Drop the raw copies of messages that were done long enough ago; the rows stay as evidence."""
        settings = self.env["service_desk.settings"]
        for company in self.env["res.company"].search([("active", "=", True)]):
            days = settings._of(company).intake_keep_days
            moment = fields.Datetime.now() - timedelta(days=days)
            companies = [company.id, False] if company == self.env.company else [company.id]
            domain = [
                ("state", "in", ("processed", "filed")),
                ("raw", "!=", False),
                ("processed_at", "<", moment),
                ("company_id", "in", companies),
            ]
            while days and (rows := self.search(domain, limit=PURGE_STEP, order="processed_at")):
                rows.write({"raw": False})
                if not self.env["ir.cron"]._commit_progress(len(rows)):
                    return
