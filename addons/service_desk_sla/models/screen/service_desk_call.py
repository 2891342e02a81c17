"""What the operator tells a caller: within what time, before he saves and after."""

from odoo import api, fields, models


class ServiceDeskCall(models.Model):
    _inherit = "service_desk.call"

    @api.model
    @api.readonly
    def get_promise(self, partner_id, choices=None):
        """Return the promise for a ticket that would be registered now, as a sentence; empty where there is none.

        :param int partner_id: the caller; False for somebody unknown
        :param dict choices: as for :meth:`register_ticket`
        :raises AccessError: when the user is no operator or may not read the contact
        :raises UserError: for choices that are not known
        """
        self._check_operator()
        partner = self._partner_argument(partner_id) if partner_id else self.env["res.partner"]
        vals = self._prepare_ticket_vals(partner, "", self.env._("Call"), choices)
        return self._promise_of_sudo(vals)

    @api.model
    def _promise_of_sudo(self, vals):
        """Return the promise for these values; sudo: as for the ticket, which is registered for any team."""
        tickets_sudo = self.env["service_desk.ticket"].sudo()._with_request(vals, facts={})
        promises_sudo = self.env["service_desk.promise"].sudo().with_env(tickets_sudo.env)
        now = fields.Datetime.now()
        [promised] = promises_sudo._promised([promises_sudo._request_of(vals, at=now)])
        promised["readings"].pop("first_response", None)  # the talk itself is the answer
        return promises_sudo._sentence(promised, now)

    def _told_ticket(self, ticket_sudo):
        """Add what the ticket was promised."""
        told = super()._told_ticket(ticket_sudo)
        return {**told, "promise": ticket_sudo._promise_text()}
