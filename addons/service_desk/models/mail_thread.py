"""The gateway's door: mail of the desk goes through the ledger, other mail as ever."""

from odoo import api, models, modules

from .. import mailparse
from .service_desk_mail_intake_job import MODEL, Job
from .service_desk_mail_intake_process import WORKER

HEAD_LIMIT = 1024 * 1024


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Process one incoming message; see the method of the mail gateway that this extends.

        :return: id of the ticket (or of another application's record), False when it was held or filed
        :raises AccessError: when a person brings mail to the desk as if he were the mail server
        """
        intake = self.env["service_desk.mail.intake"]
        if not self.env.context.get("service_desk_pass_on"):
            raw = _as_bytes(message)
            # sudo: whose message it is depends on aliases and tickets that the caller may not read
            is_ours, aliases = intake.sudo()._is_for_desk(raw, model)
            if is_ours:
                self.env[MODEL]._check_gateway_access()
                hints = {"model": model, "thread_id": thread_id, "values": custom_values}
                hints = {key: value for key, value in hints.items() if value}
                return intake.sudo()._process_now(raw, hints, aliases)
        return super().message_process(
            model,
            message,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )

    def _notify_get_reply_to(self, default=None, author_id=False):
        """Return where answers go; a line of a ticket's log is never sent, so nothing is looked up for it."""
        if self.env.context.get("service_desk_log"):
            return dict.fromkeys(self.ids or [False], default)
        return super()._notify_get_reply_to(default=default, author_id=author_id)

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """Find where a message goes; what the ledger passes on makes nothing of ours a second time."""
        routes = super().message_route(
            message, message_dict, model=model, thread_id=thread_id, custom_values=custom_values
        )
        if self.env.context.get("service_desk_pass_on"):
            routes = [route for route in routes or [] if route[0] != MODEL]
        return routes


class ServiceDeskMailIntake(models.Model):
    _inherit = "service_desk.mail.intake"

    @api.model
    def _is_for_desk(self, raw, model):
        """Tell whether a message belongs to the desk, and which of our addresses it names.

        Only its head is read, unless it is a report.
        """
        head, _separator, _body = raw[:HEAD_LIMIT].replace(b"\r\n", b"\n").partition(b"\n\n")
        lowered = head.lower()
        mail = mailparse.read(head + b"\n\n")
        if (
            b"multipart/report" in lowered
            or b"mailer-daemon" in lowered
            or b"postmaster" in lowered
        ):
            mail = mailparse.read(raw)
        job = Job(mail=mail, hints={"model": model})
        aliases = self._find_aliases(job)
        if job.own_aliases:
            return True, aliases
        job = self._prepare_job(mail, job.hints, aliases=aliases)
        return self._belongs(job) == "desk", aliases

    @api.model
    def _process_now(self, raw, hints, aliases):
        """Write ``raw`` into the ledger, work on it at once, and return the ticket's id or False."""
        intake_id = self._receive(raw, hints=hints, worker=WORKER)
        if not intake_id:
            return False
        with self._worker() as worker:
            row = worker.browse(intake_id)
            row._process_one(raw, aliases)
            ticket_id = row.ticket_id.id if row.state == "processed" else False
        self._see_others_work()
        return ticket_id

    @api.model
    def _see_others_work(self):
        """Let the caller see what was committed beside its transaction, if that has written nothing itself."""
        if modules.module.current_test:
            self.env.invalidate_all()
            return
        self.env.flush_all()
        self.env.cr.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        if self.env.cr.fetchone()[0]:
            self.env.cr.commit()  # pylint: disable=invalid-commit
        self.env.invalidate_all()


def _as_bytes(message):
    """Return the message as bytes, whatever the gateway's caller gave."""
    message = getattr(message, "data", message)  # XML-RPC wraps bytes
    return (
        message.encode("utf-8", "surrogateescape") if isinstance(message, str) else bytes(message)
    )
