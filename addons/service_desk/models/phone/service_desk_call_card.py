"""What the operator sees of the caller, and what he chooses from."""

from odoo import api, models
from odoo.exceptions import AccessError

from .service_desk_call_search import LONGEST_TEXT

#: The whole catalogue is on the screen's side, so that it answers while one types.
MOST_SERVICES = 2000


class ServiceDeskCall(models.Model):
    _inherit = "service_desk.call"

    @api.model
    @api.readonly
    def get_phone_screen(self):
        """Return what the phone screen needs once: services, types, impact, urgency and the matrix.

        :raises AccessError: when the user may not open tickets
        """
        self._check_operator()
        tickets = self.env["service_desk.ticket"]
        services = self.env["service_desk.service"].search_fetch(
            [], ["complete_name"], limit=MOST_SERVICES
        )
        types = self.env["service_desk.ticket.type"].search_fetch([], ["name"])
        choices = {
            name: tickets._fields[name]._description_selection(self.env)
            for name in ("impact", "urgency", "priority")
        }
        matrix = self.env["service_desk.priority.rule"]._matrix()
        return {
            "services": [{"id": service.id, "name": service.complete_name} for service in services],
            "types": [{"id": kind.id, "name": kind.name} for kind in types],
            **choices,
            "matrix": {f"{impact}{urgency}": value for (impact, urgency), value in matrix.items()},
        }

    @api.model
    @api.readonly
    def get_card(self, partner_id):
        """Return the caller's card: who he is, his open and newest tickets, what bridges know of him.

        :param int partner_id: a contact that the user may read
        :return: ``{"person": {…}, "sections": […], "service_id": int or False}``; sections as in
            ``get_requester_panel``; the service is that of his last ticket
        :raises AccessError: when the user may not read the contact
        """
        self._check_operator()
        partner = self._partner_argument(partner_id)
        service = self._last_service(partner)
        draft = self.env["service_desk.ticket"].new(
            {"partner_id": partner.id, "service_id": service.id}
        )
        return {
            "person": {**draft._panel_person(), "id": partner.id},
            "sections": draft._phone_card_sections(),
            "service_id": service.id,
        }

    @api.model
    def _last_service(self, partner):
        """Return the service of the newest ticket of the caller's firm, a good guess for the next one."""
        ticket = self.env["service_desk.ticket"].search(
            [
                ("commercial_partner_id", "=", partner.commercial_partner_id.id),
                ("partner_id", "=", partner.id),
                ("service_id", "!=", False),
            ],
            order="id desc",
            limit=1,
        )
        return ticket.service_id.filtered("active")

    @api.model
    @api.readonly
    def get_stranger(self, number):
        """Return what is known of a number that nobody has: the firm whose switchboard it may be.

        :param str number: in any notation
        """
        self._check_operator()
        read = self._number_of(self._text_argument(number, LONGEST_TEXT))
        firm = self.env["res.partner"]._service_desk_firm_by_phone(read)
        return {"firm": {"id": firm.id, "name": firm.name} if firm else False}

    @api.model
    @api.readonly
    def get_call(self, call_id):
        """Return a call for the phone screen: its number and who may have it.

        :param int call_id: of a call that rings at the user's place or is his
        :return: ``{"call_id", "state", "caller_name"}`` and what :meth:`search_callers` returns
        :raises AccessError: for any other call
        """
        self._check_operator()
        call = self._call_argument(call_id)
        # sudo: a call that rings belongs to nobody yet; it has been checked to ring at the user's place
        call_sudo = call.sudo()
        return {
            "call_id": call.id,
            "state": call_sudo.state,
            "number": call_sudo.number or "",
            "caller_name": call_sudo.caller_name or "",
            "found": self._find_callers(call_sudo.number or ""),
        }

    @api.model
    def _call_argument(self, value):
        """Return the call that a remote call names; it must ring at the user's place or be his.

        :raises AccessError: for any other, whether it exists or not
        """
        call = self.browse(self.env["service_desk.ticket"]._id_argument(value))
        if not value or not call.exists() or not call._is_mine(self.env.user):
            raise AccessError(self.env._("There is no such call, or it is not yours."))
        return call
