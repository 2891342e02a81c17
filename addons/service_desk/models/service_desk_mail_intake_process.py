"""How a message is worked on: claimed, tried, tried again, held; never lost and never doubled."""

import base64
import errno
import logging
import os
import random
import socket
import time
import traceback
from contextlib import contextmanager, suppress
from datetime import timedelta

import psycopg2
from psycopg2 import errors
from psycopg2.extensions import TransactionRollbackError

from odoo import SUPERUSER_ID, api, fields, models, modules
from odoo.exceptions import ConcurrencyError, LockError
from odoo.tools import SQL

from .. import mailparse
from .service_desk_mail_intake_job import Job
from .service_desk_mail_intake_route import answered

_logger = logging.getLogger(__name__)

#: Somebody else was faster: the same work succeeds a moment later.
CONFLICTS = (
    ConcurrencyError,
    TransactionRollbackError,
    errors.LockNotAvailable,
    errors.UniqueViolation,
    LockError,
)
#: The machine is in trouble, not the message.
TROUBLE_NUMBERS = {
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM, errno.ENOMEM,
    errno.EMFILE, errno.ENFILE, errno.ESTALE, errno.ENOTCONN, errno.ENODEV,
}  # fmt: skip
ROUNDS = 5
DEATHS = 2
CONFLICT_PAUSE = timedelta(minutes=1)
TROUBLE_PAUSE = timedelta(minutes=5)
WORKER = f"{socket.gethostname()}:{os.getpid()}:{int(time.time())}"
STEP = 50


def is_trouble(error):
    """Tell whether ``error`` comes from the database, the disk or the network rather than from a message."""
    if isinstance(error, (psycopg2.OperationalError, psycopg2.InterfaceError)):
        return not isinstance(
            error, (TransactionRollbackError, errors.LockNotAvailable, errors.QueryCanceled)
        )
    return isinstance(error, OSError) and error.errno in TROUBLE_NUMBERS


class DoneElsewhereError(Exception):
    """Another worker has finished the message in the meantime."""


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    # ------------------------------------------------------------------ queue
    @api.model
    def _cron_process(self):
        """Work on what waits in the ledger: messages whose worker ended, or whose turn was put off."""
        domain = [
            ("state", "=", "received"),
            "|",
            ("retry_at", "=", False),
            ("retry_at", "<=", fields.Datetime.now()),
        ]
        self.env["ir.cron"]._commit_progress(remaining=self.search_count(domain))
        done = set()
        while ids := self.search(
            [*domain, ("id", "not in", list(done))], limit=STEP, order="retry_at nulls first, id"
        ).ids:
            done.update(ids)
            if not self._process_ids(ids, progress=True):
                return

    @api.model
    def _process_ids(self, ids, progress=False):
        """Process rows one by one, each in a transaction of its own.

        :return: False when there is no use in going on: trouble of disk or database, or no time left
        """
        for intake_id in ids:
            with self._worker() as worker:
                if not worker.browse(intake_id)._process_one():
                    return False
            if progress and not self.env["ir.cron"]._commit_progress(1):
                return False
            if self._is_time_over():
                # The rest waits in the ledger: a job that lasts too long is ended with its whole server.
                self.env.ref("service_desk.ir_cron_mail_intake_process").sudo()._trigger()
                return False
        return True

    @api.model
    def _is_time_over(self):
        """Tell whether the scheduler's time for this run of a job has passed; never outside of it."""
        return time.monotonic() > self.env.context.get("cron_end_time", float("inf"))

    @contextmanager
    def _worker(self):
        """Yield the model as superuser on a cursor of its own; in a test on the test's cursor."""
        context = {"service_desk_mail_in": True}
        if modules.module.current_test:
            yield self.with_env(self.env(user=SUPERUSER_ID, context=context)).browse()
            return
        with self.env.registry.cursor() as cr:
            worker = self.with_env(self.env(cr=cr, user=SUPERUSER_ID, context=context)).browse()
            try:
                yield worker
            finally:
                worker._unlock_all()

    # -------------------------------------------------------------- one message
    def _process_one(self, raw=None, aliases=None):
        """Work on one received message; returns False when the machine is in trouble.

        :param raw: the message, when this worker has claimed it in receiving it
        :param aliases: addresses of ours in it, when they are looked up already
        """
        self.ensure_one()
        try:
            if raw is None:
                raw = self._claim()
            if raw is None:
                return True
            mail = mailparse.read(raw)  # never raises, bounded in time and memory
        except CONFLICTS:
            self._end_transaction(commit=False)
            return True  # another worker has it
        except Exception as error:
            if is_trouble(error):
                return self._postpone(error, TROUBLE_PAUSE)
            return self._hold_error(error)
        last = None
        for number in range(ROUNDS):
            if number:
                time.sleep(0.05 * 2**number * random.uniform(0.5, 1.5))
            try:
                with self._attempt(mail):
                    self._work(mail, aliases)
                return True
            except DoneElsewhereError:
                return True
            except CONFLICTS as error:
                last = error
            except Exception as error:
                if is_trouble(error):
                    return self._postpone(error, TROUBLE_PAUSE)
                return self._hold_error(error, mail)
        if isinstance(last, errors.UniqueViolation):
            return self._hold_error(last, mail)
        self._postpone(last, CONFLICT_PAUSE)
        return True

    def _claim(self):
        """Mark, committed, that this worker begins, and return the raw message.

        Returns None when another worker has it, or when it ended two workers: then it is held.
        """
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """UPDATE service_desk_mail_intake SET claimed_at = %(now)s, claimed_by = %(me)s,
                          attempts = attempts + CASE WHEN claimed_by = %(me)s AND attempts > 0 THEN 0 ELSE 1 END
                    WHERE id = (SELECT id FROM service_desk_mail_intake
                                 WHERE id = %(id)s AND state = 'received'
                                   AND %(try_lock)s(hashtextextended('service_desk:row:' || id, 0))
                                   FOR UPDATE SKIP LOCKED)
                RETURNING attempts, raw""",
                now=fields.Datetime.now(),
                me=WORKER,
                id=self.id,
                # Whoever works on it keeps this lock as long as he lives: a second live worker neither
                # waits nor counts as one more death.
                try_lock=SQL.identifier(
                    "pg_try_advisory_xact_lock"
                    if modules.module.current_test
                    else "pg_try_advisory_lock"
                ),
            ),
            log_exceptions=False,  # another worker may be faster
        )
        rows = self.env.cr.fetchall()
        self._end_transaction()
        self.invalidate_recordset()
        if not rows:
            return None
        attempts, raw = rows[0]
        if attempts > DEATHS:
            text = self._in_language_of(None).env._(
                "Two workers ended while they worked on this message. It is kept here; it may be harmful."
            )
            self._store({**self._crude_head(), **self._held("killed", text=text)})
            self._alert_held()
            self._end_transaction()
            return None
        return base64.b64decode(bytes(raw or b""))

    @contextmanager
    def _attempt(self, mail):
        """One try in a transaction with a snapshot taken after the locks; rolled back when it fails."""
        try:
            if modules.module.current_test:
                with self.env.cr.savepoint():
                    self._lock(mail)
                    yield
                    self.env.flush_all()
            else:
                self._lock(mail)
                yield
                self._end_transaction()
        except BaseException:
            self._end_transaction(commit=False)
            raise

    def _end_transaction(self, commit=True):
        """End the transaction of this worker's own cursor (a test keeps its only one)."""
        if not modules.module.current_test:
            if commit:
                self.env.cr.commit()  # pylint: disable=invalid-commit
            elif not self.env.cr.closed:
                with suppress(psycopg2.Error):  # the connection itself may be what is broken
                    self.env.cr.rollback()
        if not commit:
            self.env.invalidate_all(flush=False)

    # -------------------------------------------------------------------- locks
    def _lock(self, mail):
        """Let nobody else work on the same text or on the same people meanwhile.

        The locks belong to the connection, so that the snapshot of the work can begin after them: what
        the one before has done is seen. Locks end with the connection when the worker is killed.
        """
        people = {mail.from_email, *(address.email for address in [*mail.reply_to, *mail.cc])}
        keys = sorted(
            {f"service_desk:{name}" for name in people if name}
            | {f"service_desk:{mail.content_hash}"}
        )
        function = "pg_advisory_xact_lock" if modules.module.current_test else "pg_advisory_lock"
        self.env.cr.execute(
            SQL(
                "SET lock_timeout = '5s'; SELECT %s(hashtextextended(key, 0)) FROM unnest(%s) AS key",
                SQL.identifier(function),
                keys,
            ),
            log_exceptions=False,  # waiting in vain is no error: it is tried again
        )
        self._end_transaction()
        self.env.invalidate_all(flush=False)
        if self.state != "received":
            raise DoneElsewhereError

    def _unlock_all(self):
        """Give back the locks of this connection before others get it from the pool."""
        if self.env.cr.closed:
            return
        try:
            self.env.cr.rollback()
            self.env.cr.execute("RESET lock_timeout; SELECT pg_advisory_unlock_all()")
            self.env.cr.commit()  # pylint: disable=invalid-commit
        except psycopg2.Error:
            _logger.info("The database connection of the mail worker is gone; its locks are too.")

    # ------------------------------------------------------------------ results
    def _work(self, mail, aliases=None):
        """Decide and act, then write the result into the row."""
        vals = self._decide(mail, aliases)
        self._store({**self._head_values(mail), **vals})

    def _store(self, vals):
        """Write the end of the work into the row, whatever it is."""
        self.sudo().write(
            {"attempts": 0, "retry_at": False, "processed_at": fields.Datetime.now(), **vals}
        )

    @api.model
    def _in_language_of(self, team):
        """Return the model speaking the language of the team's company: its people read these texts."""
        company = (team and team.company_id) or self.env.company
        return self.with_context(lang=company.partner_id.lang or self.env.user.lang)

    @api.model
    def _held(self, reason, text=False, **vals):
        """Return the values of a held row."""
        return {"state": "held", "reason": reason, "reason_text": text, **vals}

    @api.model
    def _filed(self, reason, **vals):
        """Return the values of a filed row."""
        return {"state": "filed", "reason": reason, **vals}

    def _hold_error(self, error, mail=None):
        """Hold the message with its traceback; the next ones go on."""
        text = "".join(traceback.format_exception(error))[-8000:]
        _logger.info("Incoming mail %s is held: %s", self.id, error)
        try:
            self._end_transaction(commit=False)
            head = self._head_values(mail) if mail else self._crude_head()
            with self.env.cr.savepoint():
                team = self._team_of(mail) if mail else {}
                self._store({**head, **team, **self._held("error", text=text.replace("\0", ""))})
                self._alert_held()
            self._end_transaction()
        except Exception as second:
            if is_trouble(second):
                return self._postpone(second, TROUBLE_PAUSE)
            _logger.info("Incoming mail %s stays in the ledger", self.id, exc_info=True)
            self._end_transaction(commit=False)
        return True

    def _team_of(self, mail):
        """Return team and company of a message that could not be decided, so that its people see it."""
        job = Job(mail=mail, hints=self.hints or {}, server=self.server_id)
        self._find_aliases(job)
        team = self._find_team(job)
        return {"team_id": team.id, "company_id": team.company_id.id}

    def _postpone(self, error, pause):
        """Put the message off; it stays received. Returns False: there is trouble."""
        _logger.info("Incoming mail %s waits: %s", self.id, error)
        self._end_transaction(commit=False)
        try:
            with self._own_transaction() as ledger:
                row = ledger.browse(self.id)
                row.write(
                    {
                        "attempts": 0,
                        "retry_at": fields.Datetime.now() + pause,
                        "reason_text": str(error).replace("\0", "")[:2000],
                    }
                )
                # sudo is the worker's own: it may ask the scheduler to come back
                self.env.ref("service_desk.ir_cron_mail_intake_process").with_env(
                    ledger.env
                )._trigger(at=fields.Datetime.now() + pause)
        except (psycopg2.Error, OSError):
            _logger.info("The database does not take the delay of incoming mail %s either", self.id)
        return False

    # ------------------------------------------------------------------- heads
    def _head_values(self, mail):
        """Return what the list shows of a message."""
        sender = mail.from_email
        addresses = [address.email for address in [*mail.to, *mail.cc] if address.email]
        return {
            "content_hash": mail.content_hash,
            "message_id": mail.message_id or False,
            "in_reply_to": answered(mail) or False,
            "subject": mail.subject or False,
            "email_from": sender or False,
            "email_domain": sender.rpartition("@")[2] or False,
            "sender_name": mail.from_name or False,
            "recipients": ", ".join(addresses or mail.delivered_to)[:1000] or False,
            "date_claimed": _storable(mail.date_claimed),
            "preview": (mail.new_text or mail.text or "")[:2000] or False,
        }

    def _crude_head(self):
        """Return subject and sender cut out of the raw bytes without reading the message (it killed readers)."""
        head = self._raw_bytes()[:65536].decode("latin-1").replace("\0", "")
        values = {}
        for line in head.split("\n\n", 1)[0].replace("\r", "").split("\n")[:200]:
            name, _colon, value = line.partition(":")
            key = {"subject": "subject", "from": "email_from"}.get(name.strip().lower())
            if key and key not in values:
                values[key] = value.strip()[:200]
        return values


def _storable(moment):
    """Return the claimed date (naive, UTC) as the database keeps it, or False."""
    return moment.replace(microsecond=0) if moment and 1000 < moment.year < 9999 else False
