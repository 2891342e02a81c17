from odoo import models

TICKET = "service_desk.ticket"


class MailMessageSchedule(models.Model):
    _inherit = "mail.message.schedule"

    def _send_notifications(self, default_notify_kwargs=None):
        """An answer that was written for a later moment counts when it leaves."""
        messages = self.mail_message_id.filtered(lambda message: message.model == TICKET)
        result = super()._send_notifications(default_notify_kwargs=default_notify_kwargs)
        messages.exists()._note_late_answers()
        return result


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _note_late_answers(self):
        """Note those answers to tickets of which nothing stands on the timeline: they leave only now."""
        if not self:
            return
        # sudo: the scheduler's own work
        noted = (
            self.env["service_desk.ticket.event"].sudo().search([("message_id", "in", self.ids)])
        )
        tickets = self.env["service_desk.ticket"]
        with tickets._clock_scope():
            for message in (self - noted.message_id).sudo():
                ticket = tickets.sudo().browse(message.res_id).exists()
                if ticket and ticket._is_answer(message):
                    ticket._note_event("agent_message", message=message)
