"""What leaves the desk by mail: to whom, under which name, with which headers, in which layout."""

import ast

from markupsafe import Markup, escape

from odoo import models
from odoo.tools.mail import email_normalize, formataddr, generate_tracking_message_id

from .mail_message_out import PUBLIC_ONLY
from .service_desk_ticket_conversation import HUMAN_MESSAGE_TYPES

LAYOUT = "service_desk.mail_layout"
#: Marks every automatic mail of ours: one that comes back with it makes no ticket and no answer.
LOOP_HEADER = "X-Service-Desk-Loop"
#: Carry the visible sender and subject to the mail server class, which takes them out again (see
#: ir_mail_server.py): Odoo keeps both on the message, where those of the conversation must stay.
FROM_HEADER = "X-Service-Desk-From"
SUBJECT_HEADER = "X-Service-Desk-Subject"


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # --------------------------------------------------------------- addresses
    def _desk_address(self):
        """Return the address under which the ticket's team is written to, or False."""
        self.ensure_one()
        return self.sudo().team_id.alias_id.alias_full_name  # sudo: aliases belong to the system

    def _desk_sender(self, author=None):
        """Return ``"Author (Team)" <team's address>``, False where the team has no address.

        Mail never leaves under the address of a person: replies must come back to the ticket, and the
        servers of others refuse what pretends to be from a customer's domain.
        """
        address = self._desk_address()
        if not address or "@" not in address:
            return False
        team = self.sudo().team_id.name
        name = f"{author} ({team})" if author else team
        return formataddr((name, address))

    def _notify_get_reply_to(self, default=None, author_id=False):
        return self._notify_get_reply_to_batch(
            defaults=dict.fromkeys(self.ids or [False], default),
            author_ids=dict.fromkeys(self.ids or [False], author_id),
        )

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        """Replies go to the team; tickets of a team without an address are left to Odoo's catchall."""
        result = {ticket.id: sender for ticket in self if (sender := ticket._desk_sender())}
        rest = self.filtered(lambda ticket: ticket.id not in result)
        if rest or not self:
            ids = rest.ids or [False]
            result |= super(ServiceDeskTicket, rest)._notify_get_reply_to_batch(
                defaults={key: (defaults or {}).get(key) for key in ids},
                author_ids={key: (author_ids or {}).get(key) for key in ids},
            )
        return result

    def _message_compute_subject(self):
        """``[INC-000123] The subject``: people and mail programs file by it."""
        self.ensure_one()
        return self._with_number(self.name)

    def _with_number(self, subject):
        """Return ``subject`` in one line and with the number of the ticket in it (a digest is of many)."""
        self.ensure_one()
        subject = " ".join((subject or self.name or "").split())
        is_marked = self.number in subject or self.env.context.get("service_desk_digest")
        return subject if is_marked else f"[{self.number}] {subject}"

    # -------------------------------------------------------------- recipients
    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if not self or not recipients:
            return recipients
        if self._is_internal_message(message, msg_vals):
            recipients = [data for data in recipients if self._may_hear_notes(data)]
        else:
            recipients = [data for data in recipients if not self._lost_access(data)]
        for data in recipients:
            if data["notif"] == "inbox" and not self._is_desk_user(data):
                # who has no right on tickets could not open the line in his inbox
                data["notif"] = "email"
        return recipients

    def _is_internal_message(self, message, msg_vals=None):
        """Tell whether ``message`` is for the desk only."""
        msg_vals = msg_vals or {}
        subtype_id = (
            msg_vals["subtype_id"] if "subtype_id" in msg_vals else message.sudo().subtype_id.id
        )
        if msg_vals.get("is_internal") or (not msg_vals and message.sudo().is_internal):
            return True
        if subtype_id == self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"):
            return False
        subtype_sudo = self.env["mail.message.subtype"].sudo().browse(subtype_id)
        return not subtype_sudo or subtype_sudo.internal

    def _is_desk_user(self, data):
        """Tell whether the recipient ``data`` (as Odoo's mail knows it) may work with tickets."""
        user = self.env["res.users"].sudo().browse(data["uid"])
        return (
            bool(user)
            and not data["ushare"]
            and (
                user._is_service_desk_staff()
                or user.has_group("service_desk.service_desk_group_auditor")
            )
        )

    def _may_hear_notes(self, data):
        """Tell whether a recipient may get internal notes: colleagues, never the requester's side."""
        if not data["id"] or data["share"] or not data["uid"]:
            return False
        if self._is_desk_user(data):
            return not self._lost_access(data)
        outside = self.sudo().partner_id | self.sudo().participant_ids
        return data["id"] not in outside.ids

    def _lost_access(self, data):
        """Tell whether a recipient is an agent who may not see this private or confidential ticket."""
        ticket_sudo = self.sudo()
        if (
            not data["uid"]
            or data["ushare"]
            or not (ticket_sudo.team_id.is_private or ticket_sudo.is_confidential)
        ):
            return False
        if data["id"] in (ticket_sudo.partner_id | ticket_sudo.participant_ids).ids:
            return False
        user = self.env["res.users"].browse(data["uid"])
        return not self.with_user(user).has_access("read")

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """Only who may open the ticket gets a button; there is no link to the backend for anybody else."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        for _name, _matches, data in groups:
            data["has_button_access"] = False
        staff = {"active": True, "has_button_access": True}
        return [["service_desk_staff", self._is_desk_user, staff], *groups]

    def _notify_get_recipients_classify(
        self, message, recipients_data, model_description, msg_vals=False
    ):
        """Mail each address that is no contact alone: Odoo would show all of them to each other."""
        groups = super()._notify_get_recipients_classify(
            message, recipients_data, model_description, msg_vals=msg_vals
        )
        result = []
        for group in groups:
            emails = group["recipients_emails"]
            result.append(dict(group, recipients_emails=emails[:1]))
            result += [
                dict(group, recipients_emails=[email], recipients_ids=[]) for email in emails[1:]
            ]
        return result

    def _notify_thread_with_out_of_office(self, message, recipients_data, msg_vals=False, **kwargs):
        """An absent agent's answer goes to requesters only, and not beside our acknowledgement.

        For a note it would quote the note in a public message.
        """
        nothing = self.env["mail.message"]
        if not self:
            return nothing
        if self._is_internal_message(message, msg_vals) or self._is_agent_message(message):
            return nothing
        if not self.sudo().user_id.is_out_of_office or self.env.context.get(
            "service_desk_machine_mail"
        ):
            return nothing
        is_first = (
            not self.env["mail.message"]
            .sudo()
            .search_count(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("message_type", "in", HUMAN_MESSAGE_TYPES),
                    ("id", "!=", message.id),
                ],
                limit=1,
            )
        )
        if is_first:
            return nothing
        return super()._notify_thread_with_out_of_office(
            message, recipients_data, msg_vals=msg_vals, **kwargs
        )

    # ------------------------------------------------------------------- mails
    def _notify_by_email_get_base_mail_values(
        self, message, recipients_data, additional_values=None
    ):
        if not self:
            return super()._notify_by_email_get_base_mail_values(
                message, recipients_data, additional_values=additional_values
            )
        threading = self.with_context(**{PUBLIC_ONLY: True})
        values = super(ServiceDeskTicket, threading)._notify_by_email_get_base_mail_values(
            message, recipients_data, additional_values=additional_values
        )
        self._wake_mail_queue()
        subject = self._with_number(values.pop("subject", None) or message.subject)
        headers = ast.literal_eval(values.get("headers") or "{}")
        headers |= {SUBJECT_HEADER: subject, **self._automatic_headers(message)}
        author = message.author_id if message.message_type in HUMAN_MESSAGE_TYPES else False
        if sender := self._desk_sender(author and author.name):
            headers[FROM_HEADER] = sender
        values["headers"] = repr(headers)
        return values

    def _wake_mail_queue(self):
        """Let the mail queue run after this transaction, where Odoo would leave the mail to its hourly round.

        Odoo does so in everything that scheduled and server actions do: undone time, intake, automation.
        """
        if self.env.context.get("mail_notify_force_send") is not False:
            return
        done = self.env.cr.precommit.data.setdefault("service_desk.wake_mail_queue", [])
        if not done:
            done.append(True)
            # sudo: the scheduler belongs to the system
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _automatic_headers(self, message):
        """Return the headers of a mail that no person has written (RFC 3834); none for answers.

        There is no ``Precedence``: RFC 3834 advises against it, and ``bulk`` costs delivery. The two
        others are what vacation programs and Exchange look at.
        """
        if message.message_type in HUMAN_MESSAGE_TYPES:
            return {}
        replied = message.message_type == "out_of_office" or self.env.context.get(
            "service_desk_is_reply"
        )
        return {
            "Auto-Submitted": "auto-replied" if replied else "auto-generated",
            "X-Auto-Response-Suppress": "All",
            LOOP_HEADER: self.number,
        }

    def _notify_by_email_prepare_rendering_context(
        self, message, msg_vals=False, model_description=False, force_email_company=False,
        force_email_lang=False, force_record_name=False,
    ):  # fmt: skip
        if self:
            # what Odoo tracks is for the desk: never a part of a mail, so it is not even looked for
            msg_vals = dict(msg_vals or {}, tracking_value_ids=False)
        return super()._notify_by_email_prepare_rendering_context(
            message,
            msg_vals=msg_vals,
            model_description=model_description,
            force_email_company=force_email_company,
            force_email_lang=force_email_lang,
            force_record_name=force_record_name,
        )

    def _get_model_description(self, model_name):
        """Return what the button of a mail calls the record, without asking the database."""
        return (
            self.env._("Ticket")
            if model_name == self._name
            else super()._get_model_description(model_name)
        )

    # ----------------------------------------------------------------- notices
    def _send_notice(self, subject, body, partner, email, is_reply=False):
        """Queue one automatic mail about the ticket and return its message.

        It is no line of the conversation, but it is kept: replies are threaded by its Message-ID.

        :param partner: who reads it; may be empty where ``email`` is given
        :param bool is_reply: it answers a message of the reader (an acknowledgement)
        """
        self.ensure_one()
        # sudo: notices are the desk's own, whoever causes them
        ticket_sudo = self.sudo().with_context(service_desk_is_reply=is_reply)
        root = self.env.ref("base.partner_root")
        values = {
            "author_id": root.id,
            "email_from": ticket_sudo._desk_sender()
            or ticket_sudo.company_id.email_formatted
            or root.email_formatted,
            "model": self._name,
            "res_id": self.id,
            "body": body,
            "subject": self._with_number(subject),
            "is_internal": False,
            "message_type": "user_notification",
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
            "message_id": generate_tracking_message_id(f"{self.id}-{self._name}"),
            "partner_ids": partner.ids,
            "outgoing_email_to": False if partner else email_normalize(email) or False,
            "reply_to": ticket_sudo._notify_get_reply_to(author_id=root.id)[self.id],
            "record_alias_domain_id": ticket_sudo._mail_get_alias_domains(
                default_company=self.company_id
            )[self.id].id,
            "record_company_id": self.company_id.id,
            "email_add_signature": False,
            "email_layout_xmlid": LAYOUT,
        }
        message = ticket_sudo._message_create([values])
        ticket_sudo._notify_thread(message, values, force_send=False, notify_author=True)
        return message

    def _notice_heading(self):
        """Return the heading of this ticket's part of a digest."""
        self.ensure_one()
        return Markup("<h4 style='margin: 24px 0 4px'>%s</h4>") % escape(self.display_name)
