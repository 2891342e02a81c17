"""A call becomes a ticket, or a word on an open one: one press of a key, one result."""

import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mail import plaintext2html

CLIENT_REF = re.compile(r"^[A-Za-z0-9-]{8,64}$")
LONGEST_STORY = 20_000
#: What the screen may say of a new ticket beside the text.
CHOICES = ("service_id", "type_id", "impact", "urgency")


class ServiceDeskCall(models.Model):
    _inherit = "service_desk.call"

    # -------------------------------------------------------------- new ticket
    @api.model
    def register_ticket(self, client_ref, caller, text, choices=None, call_id=False):
        """Open a ticket for a caller and log the call on it. The same ``client_ref`` gives the same ticket.

        :param str client_ref: names this press of the key, made by the client
        :param dict caller: ``partner_id``; or ``number`` and, for a new contact, ``name`` and ``firm_id``
        :param str text: what he said; its first line becomes the subject
        :param dict choices: ``service_id``, ``type_id``, ``impact``, ``urgency``
        :param int call_id: of the call, when an exchange told of it
        :return: ``{"ticket_id": int or False, "number", "name"}``; no id when the ticket is not the user's to see
        :raises AccessError: when the user may not open tickets
        :raises UserError: without a text, or for nonsense
        """
        self._check_operator()
        text = self._story_argument(text)
        call = self._claim_press(client_ref, call_id)
        if not call.ticket_id:
            partner, number = self._caller(caller, call)
            vals = self._prepare_ticket_vals(partner, number, text, choices)
            vals["source_ref"] = f"phone:{self.env.uid}:{client_ref}"
            ticket = self.env["service_desk.ticket"]._intake(vals, facts={"text": text})
            call._write_caller(partner, number)
            call._link_ticket(ticket)
        return self._told_ticket(call.ticket_id)

    @api.model
    def _prepare_ticket_vals(self, partner, number, text, choices):
        """Return the values that the intake takes."""
        choices = choices or {}
        if not isinstance(choices, dict) or choices.keys() - set(CHOICES):
            raise UserError(
                self.env._("These choices are not known: %(names)s.", names=str(choices)[:64])
            )
        subject, _newline, _rest = text.partition("\n")
        vals = {name: value for name, value in choices.items() if value}
        vals.update(
            name=subject,
            description=plaintext2html(text),
            channel="phone",
            partner_id=partner.id,
        )
        if number:
            vals["partner_phone"] = number
        if not partner:
            vals["partner_name"] = number or self.env._("Caller with a hidden number")
        return vals

    def _told_ticket(self, ticket_sudo):
        """Return what the operator tells the caller; the id only when the ticket is his to see."""
        # sudo: a rule may have routed it to a private team; the number is the caller's to know
        ticket = ticket_sudo.with_user(self.env.user)
        return {
            "ticket_id": ticket.id if ticket.has_access("read") else False,
            "number": ticket_sudo.number,
            "name": ticket_sudo.name,
        }

    # ------------------------------------------------------------- open ticket
    @api.model
    def append_to_ticket(
        self,
        client_ref,
        ticket_id,
        text,
        is_public=False,
        waits=True,
        call_id=False,
        caller=None,
    ):
        """Write what a caller said to his ticket and log the call on it; the same ``client_ref`` writes once.

        :param str client_ref: names this press of the key, made by the client
        :param int ticket_id: of a ticket that the user may write
        :param str text: what he said
        :param bool is_public: the requester and the participants get it as an answer; else it is a note
        :param bool waits: the caller waits for an answer: as if he had written himself
        :param int call_id: of the call, when an exchange told of it
        :param dict caller: as for :meth:`register_ticket`, the requester by default; a note on the ticket of
            somebody else says who called
        :raises AccessError: when the user may not write the ticket
        """
        self._check_operator()
        text = self._story_argument(text)
        ticket = self.env["service_desk.ticket"].browse(
            self.env["service_desk.ticket"]._id_argument(ticket_id)
        )
        if not ticket_id or not ticket.exists() or not ticket.has_access("write"):
            raise AccessError(
                self.env._("There is no such ticket, or it is not yours to write to.")
            )
        ticket = self._ticket_going_on(ticket)
        call = self._claim_press(client_ref, call_id)
        if not call.ticket_id:
            partner, number = ticket.partner_id, call.number or ""
            if caller:
                partner, number = self._caller(caller, call)
            call._link_ticket(ticket)
            call._write_caller(partner, number)
            message = ticket.message_post(
                body=text if is_public is True else self._note_of(ticket, partner, number, text),
                message_type="comment",
                subtype_xmlid="mail.mt_comment" if is_public is True else "mail.mt_note",
            )
            if waits is not False:
                ticket._on_requester_message(message)
        return self._told_ticket(call.ticket_id)

    @api.model
    def _ticket_going_on(self, ticket):
        """Return the ticket itself, or the one that it was merged into: there the caller is waited for.

        :raises AccessError: when the user may not write that one
        """
        survivor = ticket._mail_survivor()
        survivor.check_access("write")
        return survivor

    @api.model
    def _note_of(self, ticket, partner, number, text):
        """Return what he said, with his name where the ticket is not his own."""
        if partner == ticket.partner_id:
            return text
        who = partner.display_name or number or self.env._("Caller with a hidden number")
        return self.env._("%(who)s called: %(text)s", who=who, text=text)

    # ---------------------------------------------------------------- arguments
    @api.model
    def _story_argument(self, text):
        text = self._text_argument(text, LONGEST_STORY)
        if not text:
            raise UserError(self.env._("Write down in a few words what the caller wants."))
        return text

    @api.model
    def _claim_press(self, client_ref, call_id):
        """Return the call that this press of the key saves, as superuser; the same press gets the same one.

        :raises UserError: when ``client_ref`` is none
        :raises AccessError: when the call is not the user's
        """
        if not isinstance(client_ref, str) or not CLIENT_REF.match(client_ref):
            raise UserError(self.env._("The screen has sent no name for what is being saved."))
        reference = f"{self.env.uid}:{client_ref}"
        # sudo: calls are the desk's own record
        pressed = self.sudo().search([("client_ref", "=", reference)], limit=1)
        if pressed:
            return pressed
        call_sudo = self._call_argument(call_id).sudo() if call_id else None
        if call_sudo and not call_sudo.ticket_id and not call_sudo.client_ref:
            call_sudo.write({"client_ref": reference, "user_id": self.env.uid})
            return call_sudo
        return self._claim(self._prepare_press_vals(reference, call_sudo))

    @api.model
    def _prepare_press_vals(self, reference, call_sudo):
        """Return a call without an exchange: of what is known is that it was now."""
        team = self.env["service_desk.team"]._default_for(self.env.user)
        vals = {
            "client_ref": reference,
            "user_id": self.env.uid,
            "company_id": self.env.company.id,
            "state": "ended",
            "ended_at": fields.Datetime.now(),
        }
        if team:
            vals["team_id"] = team.id
        if call_sudo and call_sudo.number:  # a second ticket from the same call
            vals["number"] = call_sudo.number
        return vals

    # ------------------------------------------------------------------- caller
    @api.model
    def _caller(self, caller, call):
        """Return the contact who calls (may be empty, or just made) and his number."""
        if not isinstance(caller, dict):
            raise UserError(self.env._("The screen has not said who calls."))
        typed = self._text_argument(caller.get("number") or "", 64)
        read = self._number_of(typed)
        number = (read.pretty if read else typed) or call.number or ""
        if caller.get("partner_id"):
            return self._partner_argument(caller["partner_id"]), number
        name = self._text_argument(caller.get("name") or "", 128)
        if not name:
            return self.env["res.partner"], number
        return self._create_caller(name, number, caller.get("firm_id")), number

    @api.model
    def _create_caller(self, name, number, firm_id):
        """Write down who calls, with the operator's own rights."""
        vals = {"name": name, "phone": number or False}
        if firm_id:
            vals["parent_id"] = self._partner_argument(firm_id).id
        return self.env["res.partner"].create([vals])

    def _write_caller(self, partner, number):
        """Keep who it was; the number that the exchange has told is the true one."""
        self.write({"partner_id": partner.id, "number": self.number or number or False})
