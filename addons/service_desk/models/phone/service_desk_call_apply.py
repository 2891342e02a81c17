"""What each event does to its call."""

from odoo import api, fields, models

from ...telephony import read_number
from .service_desk_call import OVER


class ServiceDeskCall(models.Model):
    _inherit = "service_desk.call"

    @api.model
    def _receive(self, pbx, data, nonce=""):
        """Take an event of an exchange that has proven itself; one that is known changes nothing.

        :param pbx: the exchange, as superuser
        :param dict data: the event in the exchange's own words
        :param str nonce: of the proof, so that it is not taken twice
        :return: "ignored", "known" or "taken"
        """
        event = pbx._read_event(data)
        if event is None:
            return "ignored"
        events = self.env["service_desk.call.event"]
        taken = events._take(pbx, event, data, nonce)
        if taken is None:
            return "known"
        calls = self.with_company(pbx.company_id)
        call_sudo = calls._claim(calls._prepare_claim_vals(pbx, event))
        events.sudo().browse(taken).call_id = call_sudo
        call_sudo._apply(event)
        return "taken"

    @api.model
    def _prepare_claim_vals(self, pbx, event):
        """Return what a call starts with, whichever of its events comes first."""
        vals = {
            "pbx_id": pbx.id,
            "call_ref": event.call_ref,
            "company_id": pbx.company_id.id,
            "direction": event.direction or "in",
        }
        if pbx.team_id:
            vals["team_id"] = pbx.team_id.id
        return vals

    def _apply(self, event):
        """Bring the call up to date; events may come late or in the wrong order."""
        self.ensure_one()
        caller = self.pbx_id._user_of(event.number) if event.kind == "started" else None
        if caller:
            self._apply_outgoing(caller, event)
        else:
            self._apply_other_side(event)
        getattr(self, f"_apply_{event.kind}")(event)
        if self.state in OVER:
            self._tell_ticket()
        self._tell_agents(event)

    def _apply_outgoing(self, caller, event):
        """An agent dials: the other side is whom he has dialled."""
        self.write({"direction": "out", "user_id": caller.id})
        self._apply_other_side(event._replace(number=event.extension, name=""))

    def _apply_other_side(self, event):
        vals = {}
        if event.number and not self.number:
            number = read_number(event.number, self.company_id.country_id.code)
            vals["number"] = number.pretty if number else event.number
            vals["partner_id"] = self._only_partner(number).id
        if event.name and not self.caller_name:
            vals["caller_name"] = event.name
        if vals:
            self.write(vals)

    @api.model
    def _only_partner(self, number):
        """Return the contact who has this number, when it is one only; a colleague by his extension."""
        partners = self.env["res.partner"].sudo()
        if not number:
            return partners
        if number.is_internal and self.pbx_id:
            return self.pbx_id._user_of(number.digits).partner_id
        if len(number.national) < 7:
            return partners
        ids = partners._service_desk_ids_by_phone(number, limit=3)
        found = partners.search(
            [("id", "in", ids), ("company_id", "in", [False, self.company_id.id])]
        )
        return found if len(found) == 1 else partners

    # ------------------------------------------------------- one small step each
    def _apply_started(self, event):
        """The other side is known by now, and that is all."""

    def _apply_ringing(self, event):
        user = self.pbx_id._user_of(event.extension)
        if user and user not in self.offered_user_ids and self.user_id != user:
            self.offered_user_ids |= user
        if self.state == "new":
            self.state = "ringing"

    def _apply_answered(self, event):
        vals = {}
        user = self.pbx_id._user_of(event.extension)
        if not user and not event.extension and len(self.offered_user_ids) == 1:
            user = self.offered_user_ids
        if user and self.direction == "in":
            vals["user_id"] = user.id
        if not self.answered_at:
            vals["answered_at"] = fields.Datetime.now()
        if self.state not in OVER:
            vals["state"] = "answered"
        self.write(vals)

    def _apply_left(self, event):
        """It may ring elsewhere; only the agent's pop-up goes."""

    def _apply_ended(self, event):
        now = fields.Datetime.now()
        vals = {}
        if not self.ended_at:
            vals["ended_at"] = now
        ended = self.ended_at or now
        if event.duration_seconds is not None:
            vals["duration_seconds"] = event.duration_seconds
        elif self.answered_at and not self.duration_seconds:
            vals["duration_seconds"] = int((ended - self.answered_at).total_seconds())
        talked = self.answered_at or event.duration_seconds
        vals["state"] = "ended" if talked else "missed"
        if event.recording_url:
            vals["recording_url"] = event.recording_url
        self.write(vals)

    def _apply_recording(self, event):
        if event.recording_url:
            self.recording_url = event.recording_url
