"""Asking for an offering: one press of the button, one ticket, whoever asks and by whatever screen."""

import re

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mail import plaintext2html

PRESS = re.compile(r"^[A-Za-z0-9-]{8,64}$")
#: What a person says besides the answers of the form.
SAID = frozenset({"name", "description", "site_id"})
LONGEST_SUBJECT = 1_000
LONGEST_TEXT = 20_000


class ServiceDeskCatalog(models.AbstractModel):
    _inherit = "service_desk.catalog"

    @api.model
    def submit_request(self, offering_id, answers=None, vals=None, partner_id=False, press=None):
        """Ask for an offering and return what became of it; the same ``press`` gives the same ticket.

        :param int offering_id: what is asked for
        :param dict answers: of its form, ``{key: value}``
        :param dict vals: ``name`` (subject), ``description`` (plain text), ``site_id``; all may be left out
        :param int partner_id: for whom an agent asks; nobody else may name one
        :param str press: names this press of the button, made by the client: 8 to 64 letters, digits, dashes
        :return: ``{"ticket_id": int or False, "number", "name", "next": [sentence, …]}``; no id when the user
            has no access to the ticket
        :raises AccessError: when there is no such offering, or it is not for this person
        :raises ValidationError: when answers are missing or wrong; ``errors`` of a form's refusal names them by key
        """
        partner = self._person(partner_id)
        source = self._source_of_press(press)
        ticket_sudo = self._ticket_of_press_sudo(source)
        if not ticket_sudo:
            offering_sudo = self._offering_argument(offering_id, partner)
            ticket_sudo = self._open_request(offering_sudo, partner, answers, vals, source)
        return self._told_request(ticket_sudo)

    @api.model
    def _ticket_of_press_sudo(self, source):
        """Return the ticket that an earlier press has made, if any.

        sudo: what may be asked for is checked by the door; who asks needs no right on tickets, or sees not
        the team that the offering sends it to
        """
        tickets_sudo = self.env["service_desk.ticket"].sudo()
        return tickets_sudo._find_by_source(source) if source else tickets_sudo

    @api.model
    def _open_request(self, offering_sudo, partner, answers, vals, source):
        """Check what the person says, and make the ticket of it."""
        said = self._said_argument(vals, partner)
        if answers and not isinstance(answers, dict):
            raise UserError(self.env._("Answers must be named by their questions."))
        ticket_vals = {
            "name": said.get("name") or offering_sudo.name,
            "description": plaintext2html(said["description"])
            if said.get("description")
            else False,
            "offering_id": offering_sudo.id,
            "partner_id": partner.id,
            "channel": self._channel(partner),
        }
        if said.get("site_id"):
            ticket_vals["site_id"] = said["site_id"]
        if source:
            ticket_vals["source_ref"] = source
        facts = {"text": said.get("description") or "", "lang": partner.lang or ""}
        # sudo: see submit_request
        tickets_sudo = self.env["service_desk.ticket"].sudo()
        return tickets_sudo._intake(ticket_vals, facts=facts, answers=answers or {})

    @api.model
    def _channel(self, partner):
        """Return by which way a request came: of himself, or by an agent for somebody."""
        return "portal" if partner == self.env.user.partner_id else "manual"

    # --------------------------------------------------------------- arguments
    @api.model
    def _source_of_press(self, press):
        if not press:
            return ""
        if not isinstance(press, str) or not PRESS.match(press):
            raise UserError(self.env._("The screen has sent no name for what is being saved."))
        return f"catalog:{self.env.uid}:{press}"

    @api.model
    def _said_argument(self, vals, partner):
        """Return what a person says besides the answers.

        :raises UserError: for anything else, texts too long, a site of somebody else
        """
        vals = vals or {}
        if not isinstance(vals, dict) or vals.keys() - SAID:
            raise UserError(self.env._("A request cannot set: %(fields)s.", fields=str(vals)[:64]))
        said = {name: value for name, value in vals.items() if value}
        for name, longest in (("name", LONGEST_SUBJECT), ("description", LONGEST_TEXT)):
            value = said.get(name, "")
            if not isinstance(value, str) or len(value) > longest or "\x00" in value:
                raise UserError(
                    self.env._("This is no text of at most %(length)s characters.", length=longest)
                )
        if "site_id" in said and said["site_id"] not in self._sites_of(partner).ids:
            raise UserError(self.env._("There is no such site of this requester."))
        return said

    @api.model
    def _sites_of(self, partner):
        """Return the sites that a person may name: of his own firm."""
        # sudo: a portal user reads his own contact only
        firm_sudo = partner.sudo().commercial_partner_id
        return self.env["res.partner"].sudo().search([("id", "child_of", firm_sudo.id)])

    # ------------------------------------------------------------------ result
    @api.model
    def _told_request(self, ticket_sudo):
        # sudo: the number is the asker's to know; the id only when the ticket is his to see
        ticket = ticket_sudo.with_user(self.env.user)
        offering_sudo = ticket_sudo.offering_id.with_context(lang=self.env.lang)
        return {
            "ticket_id": ticket.id if ticket.has_access("read") else False,
            "number": ticket_sudo.number,
            "name": ticket_sudo.name,
            "next": self._next_steps(offering_sudo, ticket_sudo.partner_id),
        }
