"""Split: one message asks for something else, and becomes a ticket of its own."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.mail import generate_tracking_message_id


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def action_split(self, message_id):
        """Open a ticket for what one message asks, and return the action that shows it.

        The message stays where it was said; the new ticket gets a copy of it with its files. A note stays
        a note: its words do not become the description, which requesters may read.

        :param int message_id: a ``mail.message`` of this ticket
        :raises UserError: when it is no message of this ticket that the user can see
        """
        self.ensure_one()
        self.check_access("write")
        message = self._message_to_split(message_id)
        ticket = self._split_off(message)
        return ticket._get_records_action(name=ticket.display_name)

    def _message_to_split(self, message_id):
        """Return the message, if it is one of this ticket that somebody has written."""
        domain = [
            ("id", "=", self._id_argument(message_id)),
            ("model", "=", self._name),
            ("res_id", "=", self.id),
            ("message_type", "!=", "user_notification"),
        ]
        message = self.env["mail.message"].search(domain)
        if not message or (not message.body and not message.attachment_ids):
            raise UserError(self.env._("There is no such message on this ticket."))
        return message

    def _split_off(self, message):
        """Make a ticket of ``message``, tie both together, and say so on both."""
        quiet = self.with_context(service_desk_no_acknowledge=not self._is_of_requester(message))
        ticket = quiet.create([self._prepare_split_vals(message)]).with_env(self.env)
        self._copy_message_to(ticket, message)
        if self._is_of_requester(message):
            ticket._set_marks(
                needs_reply_since=message.date, last_requester_message_at=message.date
            )
        self.env["service_desk.ticket.link"].create(
            [{"ticket_id": ticket.id, "kind": "split_from", "other_id": self.id}]
        )
        person = self.env.user.name
        self._explain(
            "merge",
            {"event": "split", "person": person, "other_id": ticket.id, "other": ticket.number},
        )
        ticket._explain(
            "merge",
            {"event": "split_from", "person": person, "other_id": self.id, "other": self.number},
        )
        return ticket

    def _is_of_requester(self, message):
        """Tell whether somebody outside the desk wrote ``message`` to the desk."""
        return (
            message.message_type in ("comment", "email")
            and self._is_public(message)
            and not self._is_agent_message(message)
        )

    def _prepare_split_vals(self, message):
        """Return the values of the new ticket: as confidential as this one, asked by who wrote the message."""
        is_request = self._is_of_requester(message)
        vals = {
            "name": self._subject_of_split(message),
            "team_id": self.team_id.id,
            "type_id": self.type_id.id,
            "service_id": self.service_id.id,
            "is_confidential": self.is_confidential,
        }
        if self.is_confidential:
            vals["user_id"] = self.user_id.id  # else nobody but the leads would see it
        if is_request:
            vals["description"] = message.body
        author = message.author_id if is_request else self.partner_id
        if author:
            vals["partner_id"] = author.id
        else:
            vals.update(email_from=self.email_from, partner_name=self.partner_name)
        return vals

    def _subject_of_split(self, message):
        """Return a subject: of the message when it has one of its own, else its first words."""
        subject = self._clean_subject(message.subject)
        own = subject and self.number not in subject and subject.lower() not in self.name.lower()
        if own and self.name.lower() not in subject.lower():
            return subject
        if self._is_public(message):
            return self._subject_from_text(message.body)
        return self._clean_subject(self.name)

    def _copy_message_to(self, ticket, message):
        """Copy ``message`` with its files: same author, moment and audience, an identifier of its own."""
        message_sudo = (
            message.sudo()
        )  # sudo: the copy keeps author and date, which no person may set
        files_sudo = message_sudo.attachment_ids
        values = {
            "model": ticket._name,
            "res_id": ticket.id,
            "body": message_sudo.body,
            "subject": message_sudo.subject,
            "message_type": message_sudo.message_type,
            "subtype_id": message_sudo.subtype_id.id,
            "is_internal": message_sudo.is_internal,
            "author_id": message_sudo.author_id.id,
            "email_from": message_sudo.email_from,
            "date": message_sudo.date,
            # replies to the original go on landing on the original
            "message_id": generate_tracking_message_id(f"{ticket.id}-{ticket._name}"),
            "attachment_ids": [
                (4, file.copy({"res_model": ticket._name, "res_id": ticket.id}).id)
                for file in files_sudo
            ],
        }
        return self.env["mail.message"].sudo().create([values])
