import threading

from odoo import api, fields, models, modules

TICKET = "service_desk.ticket"


class MailMessageSchedule(models.Model):
    _inherit = "mail.message.schedule"

    service_desk_before = fields.Json(
        help="What the answer has changed on its ticket, to be put back if it is undone."
    )

    @api.model_create_multi
    def create(self, vals_list):
        if before := self.env.context.get("service_desk_before"):
            vals_list = [dict(vals, service_desk_before=before) for vals in vals_list]
        return super().create(vals_list)

    def _send_notifications(self, default_notify_kwargs=None):
        """Send answers of the desk only while nobody takes them back: undoing and sending lock the same line."""
        ours = self.filtered(lambda schedule: schedule.mail_message_id.model == TICKET)
        sending = (self - ours) | ours.try_lock_for_update()
        return super(MailMessageSchedule, sending)._send_notifications(
            default_notify_kwargs=default_notify_kwargs
        )

    @api.model
    def _wake_cron_exactly_at(self, moment):
        """Wake the scheduler at ``moment`` (UTC) to the second; by itself it looks only once a minute.

        A process that dies before loses nothing: the scheduler comes a little later.
        """
        if modules.module.current_test:
            return
        seconds = max((moment - fields.Datetime.now()).total_seconds(), 0) + 0.5
        notify = self.env["ir.cron"]._notifydb

        @self.env.cr.postcommit.add
        def start():
            timer = threading.Timer(seconds, notify)
            timer.daemon = True
            timer.start()
