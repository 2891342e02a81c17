"""A ticket that comes to life while its person is on leave goes to somebody who is there."""

from odoo import fields, models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _on_state_changed(self, old):
        result = super()._on_state_changed(old)
        if old == "waiting":
            self._pass_on_if_away()
        return result

    def _on_requester_message(self, message):
        result = super()._on_requester_message(message)
        self._pass_on_if_away()
        return result

    def _pass_on_if_away(self):
        """Give those tickets of ``self`` to others that cannot wait until their person is back from leave."""
        tickets = self.filtered(lambda t: t.user_id and t.is_open and t.state != "waiting")
        if not tickets:
            return
        now = fields.Datetime.now()
        # sudo: that the person is away decides, whoever wrote; why he is away is not looked at
        leaves_sudo = self.env["hr.leave"].sudo()
        begun = leaves_sudo.search(
            [
                ("user_id", "in", tickets.user_id.ids),
                ("state", "=", "validate"),
                ("date_from", "<=", now),
                ("date_to", ">", now),
            ]
        )
        for leave in begun.filtered(lambda leave: leave._service_desk_is_absence()):
            leave._service_desk_pass_on(tickets.filtered(lambda t, u=leave.user_id: t.user_id == u))
