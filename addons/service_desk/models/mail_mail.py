"""Mail of tickets that cannot leave now is tried again, in its order; only a refusal is final."""

import itertools
from datetime import timedelta

from odoo import api, fields, models

from .ir_mail_server import DeliveryLog

TICKET = "service_desk.ticket"
#: Minutes until the next attempt; the last one repeats.
BACK_OFF = (1, 2, 5, 15, 60)
#: RFC 5321, 4.5.4.1: give up after four to five days.
GIVE_UP = timedelta(days=5)


class MailMail(models.Model):
    _inherit = "mail.mail"

    service_desk_attempts = fields.Integer("Failed Attempts", readonly=True, copy=False)
    service_desk_failing_since = fields.Datetime("Failing Since", readonly=True, copy=False)

    # ----------------------------------------------------------------- sending
    def _send(self, auto_commit=False, raise_exception=False, smtp_session=None, alias_domain_id=False,
              mail_server=False, post_send_callback=None):  # fmt: skip
        options = {
            "auto_commit": auto_commit,
            "raise_exception": raise_exception,
            "smtp_session": smtp_session,
            "alias_domain_id": alias_domain_id,
            "mail_server": mail_server,
            "post_send_callback": post_send_callback,
        }
        if self.env["ir.mail_server"]._disable_send():
            return super()._send(**options)
        ours = self.filtered(lambda mail: mail.model == TICKET)
        others = self - ours
        if others or not ours:
            super(MailMail, others)._send(**options)
        stuck = {}
        for mail in (ours._earlier_stuck() | ours).sorted("id"):
            if at := stuck.get(mail.res_id):
                mail._wait_behind(at)
                continue
            log, ticket_id = DeliveryLog(), mail.res_id
            super(MailMail, mail.with_context(service_desk_delivery=log))._send(**options)
            if log.postponed_until:
                stuck[ticket_id] = log.postponed_until
        return True

    def _earlier_stuck(self):
        """Return mails of the same tickets that wait for another attempt: they go first, now."""
        if not self:
            return self
        return self.search(
            [
                ("state", "=", "outgoing"),
                ("service_desk_attempts", ">", 0),
                ("model", "=", TICKET),
                ("res_id", "in", list(set(self.mapped("res_id")))),
                ("id", "not in", self.ids),
                ("id", "<", max(self.ids)),
            ]
        ).try_lock_for_update()

    def _wait_behind(self, moment):
        """Keep the order of a ticket's mails: wait until an earlier one is tried again."""
        if self.state == "outgoing":
            self.scheduled_date = moment

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        ours = self.filtered(lambda mail: mail.model == TICKET)
        log = self.env.context.get("service_desk_delivery")
        transient = failure_type and (failure_type == "mail_smtp" or (log and log.is_transient))
        retried = ours.filtered(lambda mail: not mail._gives_up()) if transient else ours.browse()
        retried._try_again_later(success_pids, success_emails, failure_reason, log)
        final = self - retried
        (ours & final)._tell_tickets(failure_reason, failure_type)
        if not final:
            return True
        return super(MailMail, final)._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )

    # ---------------------------------------------------------------- back-off
    def _gives_up(self):
        since = self.service_desk_failing_since
        return bool(since) and fields.Datetime.now() - since > GIVE_UP

    def _try_again_later(self, success_pids, success_emails, failure_reason, log):
        """Put mails back into the queue for those who have not got them."""
        now = fields.Datetime.now()
        for mail in self:
            since = mail.service_desk_failing_since or now
            alarm_at = since + timedelta(minutes=mail._alarm_minutes())
            minutes = BACK_OFF[min(mail.service_desk_attempts, len(BACK_OFF) - 1)]
            at = now + timedelta(minutes=minutes)
            if now < alarm_at < at:
                at = alarm_at
            mail.write(
                {
                    "state": "outgoing",
                    "failure_type": "mail_smtp",
                    "failure_reason": failure_reason or mail.failure_reason,
                    "scheduled_date": at,
                    "service_desk_attempts": mail.service_desk_attempts + 1,
                    "service_desk_failing_since": since,
                    "recipient_ids": [(3, partner.id) for partner in success_pids],
                    **({"email_to": False} if success_emails else {}),
                }
            )
            mail._notifications_wait(success_pids)
            if log:
                log.postponed_until = at
            if now >= alarm_at:
                mail._raise_alarm()
        if self:
            moments = {fields.Datetime.to_datetime(mail.scheduled_date) for mail in self}
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger(at=moments)

    def _notifications_wait(self, success_pids):
        """Show a mail that waits as waiting, not as failed; who has got it has got it."""
        # sudo: notifications of others are written by the mail system
        lines_sudo = self.env["mail.notification"].sudo().search([("mail_mail_id", "in", self.ids)])
        got_sudo = lines_sudo.filtered(lambda line: line.res_partner_id in success_pids)
        got_sudo.write(
            {"notification_status": "sent", "failure_type": False, "failure_reason": False}
        )
        (lines_sudo - got_sudo).filtered(lambda line: line.notification_status != "sent").write(
            {"notification_status": "ready", "failure_type": False, "failure_reason": False}
        )

    # ------------------------------------------------------------- telling people
    def _tickets_sudo(self):
        """Return the tickets of these mails; sudo: the mail queue tells what happened on each of them."""
        return self.env[TICKET].sudo().browse(set(self.mapped("res_id"))).exists()

    def _alarm_minutes(self):
        return (
            self.env["service_desk.settings"]
            ._of(self._tickets_sudo().company_id[:1])
            .mail_alarm_minutes
        )

    def _recipients_text(self):
        names = [partner.name or partner.email for partner in self.recipient_ids]
        return ", ".join(filter(None, itertools.chain(names, [self.email_to])))

    def _raise_alarm(self):
        """Show on the ticket that its mail is stuck, and give the managers one activity about it."""
        for ticket_sudo in self._tickets_sudo():
            ticket_sudo.delivery_problem = self.env._(
                "Not delivered yet: the mail to %(people)s waits since %(moment)s (UTC), for the mail server does not"
                " take it. It is tried again by itself.",
                people=self._recipients_text(),
                moment=fields.Datetime.to_string(self.service_desk_failing_since),
            )
            ticket_sudo._alarm_managers(self.failure_reason or "")

    def _tell_tickets(self, failure_reason, failure_type):
        """Show a final refusal on the ticket; what has left wipes an earlier warning away."""
        for mail in self:
            for ticket_sudo in mail._tickets_sudo():
                if failure_type:
                    ticket_sudo.delivery_problem = mail._refusal_text(failure_reason, failure_type)
                elif ticket_sudo.delivery_problem and mail.service_desk_attempts:
                    ticket_sudo.delivery_problem = False

    def _refusal_text(self, failure_reason, failure_type):
        people = self._recipients_text()
        if failure_type == "mail_email_missing":
            return self.env._("Not delivered: %(people)s has no e-mail address.", people=people)
        if failure_type == "mail_email_invalid":
            return self.env._(
                "Not delivered: the e-mail address of %(people)s is not valid.", people=people
            )
        return self.env._(
            "Not delivered: the mail server has refused the mail to %(people)s: %(reason)s",
            people=people,
            reason=" ".join(str(failure_reason or "").split())[:300],
        )

    @api.model
    def _service_desk_queue(self, tickets):
        """Return the mails of ``tickets`` that have not left, oldest first."""
        domain = [
            ("model", "=", TICKET),
            ("res_id", "in", tickets.ids),
            ("state", "in", ("outgoing", "exception")),
        ]
        return self.sudo().search(domain, order="id")
