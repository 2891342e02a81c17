"""What of a call stands on its ticket."""

from markupsafe import Markup

from odoo import models

from .service_desk_call import OVER


class ServiceDeskCall(models.Model):
    _inherit = "service_desk.call"

    def _link_ticket(self, ticket):
        """Say which ticket the call is about; when it is over already, the ticket is told at once."""
        self.ensure_one()
        self.sudo().ticket_id = ticket  # sudo: calls are the desk's own record
        if self.state in OVER:
            self._tell_ticket()

    def _tell_ticket(self):
        """Write an internal note about each ended call of ``self`` that has a ticket, once.

        The note links to the call: who may listen to the recording is asked there, not on the ticket.
        """
        for call_sudo in self.sudo():  # sudo: who talked may not see the ticket any more
            if call_sudo.is_noted or not call_sudo.ticket_id or not call_sudo.pbx_id:
                continue
            call_sudo.is_noted = True
            call_sudo.ticket_id.message_post(
                body=call_sudo._note_body(),
                author_id=(call_sudo.user_id.partner_id or self.env.ref("base.partner_root")).id,
                subtype_xmlid="mail.mt_note",
            )

    def _note_body(self):
        """Return the note in the language of the agent who talked."""
        call = self.with_context(lang=self.user_id.lang or self.env.lang)
        minutes, seconds = divmod(call.duration_seconds, 60)
        values = {
            "number": call.number or call.env._("a hidden number"),
            "minutes": minutes,
            "seconds": seconds,
        }
        text = (
            call.env._("Call to %(number)s: %(minutes)s min %(seconds)s s.", **values)
            if call.direction == "out"
            else call.env._("Call from %(number)s: %(minutes)s min %(seconds)s s.", **values)
        )
        return Markup('{} <a href="/odoo/calls/{}">{}</a>').format(
            text, call.id, call.env._("The call and its recording")
        )
