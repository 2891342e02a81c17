"""Fetching into the ledger: a message is marked as seen only when the database has it."""

import logging
from datetime import timedelta
from imaplib import IMAP4

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import exception_to_unicode

_logger = logging.getLogger(__name__)

#: After this time without success, people are told.
ALARM_AFTER = timedelta(minutes=15)
GIVE_UP_AFTER = timedelta(days=5)


class FetchmailServer(models.Model):
    _inherit = "fetchmail.server"

    service_desk_intake = fields.Boolean(
        "Through the Mail Ledger",
        default=True,
        help="Every message is kept in the ledger of the service desk before anything is decided, and none is"
        " lost when processing fails. Mail of other applications is handed on to them unchanged.",
    )
    service_desk_team_id = fields.Many2one(
        "service_desk.team",
        "Default Team",
        ondelete="set null",
        help="Mail that names none of our addresses (only in blind copy, or to the catchall) becomes a ticket of this team.",
    )
    service_desk_alarm_at = fields.Datetime("Alarm Raised", readonly=True, copy=False)

    def _fetch_mail(self, batch_limit=50):
        ours = self.filtered("service_desk_intake")
        error = (
            super(FetchmailServer, self - ours)._fetch_mail(batch_limit) if self - ours else None
        )
        if ours:
            error = ours._service_desk_fetch_all(batch_limit) or error
        return error

    def _service_desk_fetch_all(self, batch_limit):
        """Fetch from each server, then work on what came; returns the last error or None."""
        error = None
        cron = self.env["ir.cron"]
        servers = self.with_context(fetchmail_cron_running=True)
        remaining = len(servers)
        cron._commit_progress(remaining=remaining)
        for server in servers:
            remaining -= 1
            locked = server.try_lock_for_update(allow_referencing=True)
            if not locked.filtered(lambda s: s.state == "done" and s.server_type != "local"):
                _logger.info(
                    "Skip checking for new mails on mail server id %d (unavailable)", server.id
                )
                continue
            ids, failure, more = server._service_desk_fetch(batch_limit)
            server._service_desk_note_result(failure)
            error = failure or error
            # Committed before the progress is, which other transactions write too.
            self.env.cr.commit()  # pylint: disable=invalid-commit
            intake = self.env["service_desk.mail.intake"].sudo()
            if ids and intake._process_ids(ids):
                intake._see_others_work()
            if not cron._commit_progress(len(ids), remaining=remaining + more):
                break
        return error

    def _service_desk_fetch(self, batch_limit):
        """Bring the waiting messages into the ledger.

        :return: ``(ids of new rows, error or None, number of messages still there)``
        """
        self.ensure_one()
        intake = self.env["service_desk.mail.intake"].sudo()
        ids, count, waiting, connection, failure = [], 0, 0, None, None
        try:
            connection = self._connect__()
            waiting = connection.check_unread_messages()
            for number, raw in connection.retrieve_unread_messages():
                raw = self._service_desk_letter(connection, number, raw)
                if raw is None:
                    continue  # stays unseen: the next round takes it
                # Raises when the database cannot take it: then the message stays unseen on the server.
                intake_id = intake._receive(raw, server=self)
                if intake_id:
                    ids.append(intake_id)
                connection.handled_message(number)
                count += 1
                if count >= batch_limit or intake._is_time_over():
                    break
        except Exception as error:  # whatever it is, other servers go on
            failure = error
            _logger.info(
                "General failure when trying to fetch mail from %s server %s.",
                self.server_type,
                self.name,
                exc_info=True,
            )
        finally:
            self._service_desk_disconnect(connection)
        _logger.info("Fetched %d email(s) on %s server %s.", count, self.server_type, self.name)
        return ids, failure, max(0, waiting - count)

    def _service_desk_letter(self, connection, number, raw):
        """Return the bytes of a fetched message, or None when the server gave none.

        While another session marks messages, the server may answer a fetch with a change of flags first
        (RFC 3501, 7.4.2), which Odoo's connection takes for the message: then it is asked for again.
        """
        if isinstance(raw, str):
            return raw.encode("utf-8", "surrogateescape")
        if isinstance(raw, bytes):
            return raw
        _result, answers = connection.fetch(number, "(BODY.PEEK[])")
        return next((answer[1] for answer in answers if isinstance(answer, tuple)), None)

    def _service_desk_disconnect(self, connection):
        try:
            if connection:
                connection.disconnect()
        except (OSError, IMAP4.abort, IMAP4.error):
            _logger.info("The connection to %s did not end properly.", self.name, exc_info=True)

    def _service_desk_note_result(self, error):
        """Keep success or failure on the server, give up after days, and raise the alarm after minutes."""
        self.ensure_one()
        now = fields.Datetime.now()
        vals = {"date": now}
        if not error:
            vals.update(error_date=False, error_message=False, service_desk_alarm_at=False)
        elif not self.error_date:
            vals.update(error_date=now, error_message=exception_to_unicode(error))
        elif self.error_date < now - GIVE_UP_AFTER:
            self.set_draft()
            self.env["ir.cron"]._notify_admin(
                f"Deactivating fetchmail {self.server_type} server {self.name} (too many failures)"
            )
        self.write(vals)
        self._service_desk_raise_alarm()

    # ------------------------------------------------------------------ alarm
    @api.model
    def _cron_service_desk_watch(self):
        """Raise the alarm for every server that has not fetched for too long, whatever the cause."""
        self.search([("service_desk_intake", "=", True)])._service_desk_raise_alarm()

    def _service_desk_raise_alarm(self):
        """Tell administrators and desk managers once that mail does not come in."""
        now = fields.Datetime.now()
        for server in self._service_desk_broken().filtered(lambda s: not s.service_desk_alarm_at):
            server.service_desk_alarm_at = now
            groups = self.env.ref("base.group_system") | self.env.ref(
                "service_desk.service_desk_group_manager"
            )
            users = groups.all_user_ids.filtered(lambda user: user.active and not user.share)
            reason = (server.error_message or self.env._("It has not been asked for mail.")).strip()
            self.env["mail.thread"].message_notify(
                partner_ids=users.partner_id.ids,
                subject=self.env._("Mail is not being fetched from %(server)s", server=server.name),
                body=Markup("<p>%s</p><pre>%s</pre>")
                % (
                    self.env._(
                        "The mailbox “%(server)s” has brought no mail since %(date)s. Nothing is lost: the messages"
                        " wait on the mail server.",
                        server=server.name,
                        date=fields.Datetime.to_string(server.error_date or server.date or now),
                    ),
                    reason[:1000],
                ),
            )

    def _service_desk_broken(self):
        """Return the servers that have brought no mail for too long."""
        limit = fields.Datetime.now() - ALARM_AFTER
        return self.filtered(
            lambda s: (
                s.active
                and s.service_desk_intake
                and s.server_type != "local"
                and s.state == "done"
                and ((s.error_date and s.error_date <= limit) or (s.date and s.date <= limit))
            )
        )
