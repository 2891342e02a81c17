"""Who else has a ticket open or writes an answer: told through the bus, kept nowhere.

Browsers speak only when there is somebody to hear it: one greeting when a ticket is opened, an answer from
each who has it open, and a heartbeat while at least two are there.
"""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.mail import html2plaintext

from .service_desk_ticket_conversation import HUMAN_MESSAGE_TYPES

#: hello: I have just opened it, who is there? view, type: I am here, I write. posted: there is an answer.
PRESENCE_KINDS = ("hello", "view", "type", "posted", "leave")
PRESENCE_SUBCHANNEL = "presence"
PREVIEW_LENGTH = 400


class ServiceDeskTicket(models.Model):
    _name = "service_desk.ticket"
    _inherit = ["service_desk.ticket", "bus.listener.mixin"]

    def announce_presence(self, kind):
        """Tell those who have the ticket open what the user does with it.

        :param str kind: one of ``PRESENCE_KINDS``
        :raises AccessError: when the user may not read the ticket
        :raises ValidationError: for an unknown kind
        """
        self.ensure_one()
        if kind not in PRESENCE_KINDS:
            raise ValidationError(
                self.env._("Unknown kind of presence: %(kind)s.", kind=str(kind)[:40])
            )
        self.check_access("read")
        user = self.env.user
        self._bus_send(
            "service_desk.ticket/presence",
            {"ticket_id": self.id, "user_id": user.id, "name": user.name, "kind": kind},
            subchannel=PRESENCE_SUBCHANNEL,
        )

    @api.readonly
    def get_newer_messages(self, last_id):
        """Return public messages of others that came after a message the user has seen, newest first.

        Asked before an answer is sent, so that two people do not answer twice.

        :param int last_id: id of the newest message that the user has seen; 0 means none
        :return: at most 3 of ``{id, author, date, text, by_agent}``; ``text`` is plain
        """
        self.ensure_one()
        self.check_access("read")
        messages = self.env["mail.message"].search_fetch(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("id", ">", self._id_argument(last_id)),
                ("message_type", "in", HUMAN_MESSAGE_TYPES),
                ("author_id", "!=", self.env.user.partner_id.id),
            ],
            ["author_id", "email_from", "date", "body", "subtype_id", "is_internal"],
            order="id desc",
            limit=3,
        )
        return [self._newer_message(message) for message in messages if self._is_public(message)]

    def _newer_message(self, message):
        return {
            "id": message.id,
            "author": message.author_id.name or message.email_from or "",
            "date": message.date,
            "text": html2plaintext(message.body or "", include_references=False)[:PREVIEW_LENGTH],
            "by_agent": self._is_agent_message(message),
        }
