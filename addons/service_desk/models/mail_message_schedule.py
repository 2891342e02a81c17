import threading

from odoo import api, fields, models, modules

TICKET = "service_desk.ticket"


class MailMessageSchedule(models.Model):
    _inherit = "mail.message.schedule"

    def _send_notifications(self, default_notify_kwargs=None):
        """Send answers of the desk only while nobody takes them back: undoing and sending lock the same line."""
        ours = self.filtered(lambda schedule: schedule.mail_message_id.model == TICKET)
        sending = (self - ours) | ours.try_lock_for_update()
        return super(MailMessageSchedule, sending)._send_notifications(default_notify_kwargs=default_notify_kwargs)

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
