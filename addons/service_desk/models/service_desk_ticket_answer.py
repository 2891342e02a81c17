"""What people of the desk post: answers that can be undone for some seconds, notes that stay inside."""

from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mail import email_normalize

from .service_desk_ticket_conversation import HUMAN_MESSAGE_TYPES
from .service_desk_ticket_mail_out import LAYOUT

#: What an agent's answer sets on its ticket.
ANSWER_MARKS = ("needs_reply_since", "first_response_at", "last_agent_message_at")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # ----------------------------------------------------------------- posting
    def message_post(self, **kwargs):
        """Post as Odoo does; besides, notes reach no outsider, and answers wait for the undo time.

        An answer of an agent leaves ``undo_send_seconds`` (settings) later; context
        ``service_desk_send_now`` or an explicit ``scheduled_date`` decides otherwise.
        """
        self.ensure_one()
        kwargs.setdefault("email_layout_xmlid", LAYOUT)
        if self._posts_note(kwargs):
            kwargs["partner_ids"] = self._without_outsiders(kwargs.get("partner_ids") or [])
            kwargs["outgoing_email_to"] = False
        else:
            self._prepare_answer(kwargs)
        posting = (
            self.with_context(service_desk_before=self._answer_marks())
            if kwargs.get("scheduled_date")
            else self
        )
        message = super(ServiceDeskTicket, posting).message_post(**kwargs)
        return message.with_env(self.env)

    def _posts_note(self, kwargs):
        subtype_id = kwargs.get("subtype_id")
        if xmlid := kwargs.get("subtype_xmlid"):
            subtype_id = self.env["ir.model.data"]._xmlid_to_res_id(xmlid)
        if kwargs.get("is_internal"):
            return True
        if not subtype_id:
            return True  # Odoo posts a note then
        message = self.env["mail.message"]
        return self._is_internal_message(message, {"subtype_id": subtype_id})

    def _without_outsiders(self, partner_ids):
        """Return the mentioned people without those who may not read notes, and tell the writer so."""
        # sudo: whether somebody is a colleague is not a secret of his user
        partners_sudo = self.env["res.partner"].sudo().browse(partner_ids)
        outside = self.sudo().partner_id | self.sudo().participant_ids
        outsiders = partners_sudo.filtered(
            lambda p: (
                p.partner_share
                or (p in outside and not any(user._is_service_desk_staff() for user in p.user_ids))
            )
        )
        if outsiders:
            self.env.user._bus_send(
                "simple_notification",
                {
                    "type": "warning",
                    "sticky": True,
                    "title": self.env._("Internal note"),
                    "message": self.env._(
                        "A note stays inside the desk: %(people)s did not get it. To write to them, send a message.",
                        people=", ".join(outsiders.mapped("display_name")),
                    ),
                },
            )
        return (partners_sudo - outsiders).ids

    def _prepare_answer(self, kwargs):
        """Complete the values of a public message: the requester who is no contact, the undo time."""
        if kwargs.get("message_type") not in HUMAN_MESSAGE_TYPES or not self._user_answers(kwargs):
            return
        requester = email_normalize(self.email_from)
        if requester and not self.partner_id and not kwargs.get("outgoing_email_to"):
            kwargs["outgoing_email_to"] = requester
        if kwargs["message_type"] == "comment" and not kwargs.get("scheduled_date"):
            seconds = self.env["service_desk.settings"]._undo_seconds(self.company_id.id)
            if seconds and not self.env.context.get("service_desk_send_now"):
                at = fields.Datetime.now() + timedelta(seconds=seconds)
                kwargs["scheduled_date"] = at
                self.env["mail.message.schedule"]._wake_cron_exactly_at(at)

    def _user_answers(self, kwargs):
        """Tell whether the user himself answers as an agent (and does not ask for himself)."""
        me = self.env.user.partner_id
        if kwargs.get("author_id") not in (None, False, me.id):
            return False
        if me == self.partner_id and self.user_id != self.env.user:
            return False
        return self.env.user._is_service_desk_staff()

    # -------------------------------------------------------------------- undo
    def action_undo_send(self, message_id):
        """Take back the user's own answer before it has left, and return it for the composer.

        :param int message_id: the ``mail.message`` that was posted; the client sees by its
            ``scheduledDatetime`` until when it can be undone
        :return: ``{"body": html, "subject": text or False, "attachment_ids": [ids], "partner_ids": [ids]}``
        :raises UserError: when it is too late
        :raises AccessError: when somebody else wrote it
        """
        self.ensure_one()
        self.check_access("write")
        message_sudo = self._own_answer_sudo(message_id)
        schedule_sudo = self._waiting_schedule_sudo(message_sudo)
        answer = {
            "body": message_sudo.body or Markup(),
            "subject": message_sudo.subject,
            "attachment_ids": message_sudo.attachment_ids.ids,
            "partner_ids": message_sudo.partner_ids.ids,
        }
        self._forget_answer(message_sudo, schedule_sudo)
        return answer

    def _own_answer_sudo(self, message_id):
        """Return the user's own message on this ticket as superuser, and refuse any other.

        sudo: deleting a message is not an agent's right; his own unsent answer is, and is checked here.
        """
        message_sudo = self.env["mail.message"].sudo().browse(message_id).exists()
        if not message_sudo or message_sudo.model != self._name or message_sudo.res_id != self.id:
            raise UserError(self.env._("There is no such answer on this ticket."))
        if message_sudo.author_id != self.env.user.partner_id:
            raise AccessError(self.env._("Only who wrote an answer can undo it."))
        return message_sudo

    def _waiting_schedule_sudo(self, message_sudo):
        """Return what will send the message, locked against the scheduler; refuse when that is too late.

        sudo: agents have no right on the queue of messages.
        """
        domain = [("mail_message_id", "=", message_sudo.id)]
        schedule_sudo = self.env["mail.message.schedule"].sudo().search(domain)
        if not schedule_sudo or not schedule_sudo.try_lock_for_update():
            raise UserError(
                self.env._(
                    "It is too late to undo: the answer has left. You can write a correction."
                )
            )
        return schedule_sudo

    def _answer_marks(self):
        """Return what an answer changes on its ticket, as text for JSON: undoing puts it back."""
        return {name: fields.Datetime.to_string(self[name]) for name in ANSWER_MARKS}

    def _message_update_content(self, message, /, **kwargs):
        """Refuse to empty an answer that has not left: it would count as one, and nothing would arrive.

        :raises UserError: says what to do instead
        """
        result = super()._message_update_content(message, **kwargs)
        message_sudo = message.sudo()  # sudo: as in _own_answer_sudo
        schedules_sudo = self.env["mail.message.schedule"].sudo()
        if message_sudo._filter_empty() and schedules_sudo.search_count(
            [("mail_message_id", "=", message_sudo.id)], limit=1
        ):
            raise UserError(self.env._("This answer has not left yet: undo it instead."))
        return result

    def _forget_answer(self, message_sudo, schedule_sudo):
        """Delete an answer that has not left, and let the ticket be as unanswered as it was."""
        before = schedule_sudo.service_desk_before or {}
        # the files go back to the composer with the text
        message_sudo.attachment_ids = False
        self._bus_send("mail.message/delete", {"message_ids": message_sudo.ids})
        later_sudo = message_sudo.search(
            [("model", "=", self._name), ("res_id", "=", self.id), ("id", ">", message_sudo.id)]
        )
        message_sudo.unlink()
        if any(
            self._is_public(message) and self._is_agent_message(message) for message in later_sudo
        ):
            return  # somebody has answered since
        vals = {name: before.get(name, False) for name in ANSWER_MARKS}
        if self.needs_reply_since:
            vals.pop("needs_reply_since")  # the requester wrote again meanwhile
        # sudo: these marks are the desk's own and not for agents to write
        self.sudo().write(vals)
