"""The addresses that the desk may call."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...webhooks import Refused, check_url

LONGEST_URL = 2000


class ServiceDeskWebhook(models.Model):
    """An address that is told of warnings and breaches. What is not in this list is never called."""

    _name = "service_desk.webhook"
    _description = "Webhook"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    url = fields.Char("Address", required=True, groups="service_desk.service_desk_group_manager")
    secret = fields.Char(
        required=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(32),
        groups="service_desk.service_desk_group_manager",
        help="Shared with the receiver, who checks the signature of each call with it.",
    )
    in_own_network = fields.Boolean(
        "In Our Own Network",
        help="Private addresses are refused without this. This machine itself is never called.",
    )
    failures = fields.Integer("Failures in a Row", readonly=True, copy=False)
    retry_at = fields.Datetime(
        "Tried Again At", readonly=True, copy=False, help="It failed: until then nothing is sent."
    )
    last_error = fields.Char(readonly=True, copy=False)
    last_sent_at = fields.Datetime("Last Delivered", readonly=True, copy=False)
    delivery_ids = fields.One2many("service_desk.webhook.delivery", "webhook_id", "Deliveries")

    @api.constrains("url", "secret")
    def _check_url(self):
        for webhook in self:
            try:
                check_url(webhook.url)
            except Refused:
                raise ValidationError(
                    self.env._(
                        "“%(url)s” is no address of a web server. It begins with https:// and holds no password.",
                        url=(webhook.url or "")[:100],
                    )
                ) from None
            if len(webhook.url) > LONGEST_URL:
                raise ValidationError(self.env._("The address is too long."))
            if len(webhook.secret or "") < 16:
                raise ValidationError(self.env._("A secret has at least 16 characters."))

    def action_try(self):
        """Put a call for trying it out into the queue; its outcome shows among the deliveries."""
        self.check_access("write")
        for webhook in self:
            webhook._queue_calls([{"event": "sla.test"}])
        return True

    def action_deliver_now(self):
        """Try at once what has not been delivered."""
        self.check_access("write")
        deliveries_sudo = self._pending_sudo()
        deliveries_sudo.next_try_at = fields.Datetime.now()
        deliveries_sudo._wake()
        return True

    def _pending_sudo(self):
        """Return what waits for these addresses; sudo: nobody writes deliveries by hand."""
        deliveries_sudo = self.env["service_desk.webhook.delivery"].sudo()
        return deliveries_sudo.search([("webhook_id", "in", self.ids), ("state", "=", "pending")])

    def _queue_calls(self, payloads, ticket=None):
        """Write calls into the outbox: they leave when the transaction is committed, each at least once.

        :param payloads: plain dictionaries: ids and moments, no names
        """
        # sudo: the outbox is the desk's own
        deliveries_sudo = self.env["service_desk.webhook.delivery"].sudo()
        deliveries_sudo._queue(self.filtered("active"), payloads, ticket)
