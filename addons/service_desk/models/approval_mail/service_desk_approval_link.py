"""The link in an approver's mail: it opens one question, and is good for one decision."""

import hashlib
import re
import secrets
from datetime import timedelta

from odoo import api, fields, models

from ..approval.service_desk_approval_step import UNDECIDED

#: What :func:`secrets.token_urlsafe` makes of 32 random bytes: 256 bits, nobody finds one by trying.
TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}$")
#: Where whoever is logged in decides without a link; mails that are kept say this address only.
PAGE = "/my/approvals/"
LINK = "/service_desk/approval/"


class ServiceDeskApprovalLink(models.Model):
    """A mail to an approver, and the hash of the token that left with it.

    The token is made while the mail is sent and stands nowhere but in the mail: neither the database nor the
    message on the ticket has it. Each attempt of sending makes a new one, and ends the one before.
    """

    _name = "service_desk.approval.link"
    _description = "One-time Link to an Approval"
    _order = "id desc"
    _rec_name = "request_id"

    request_id = fields.Many2one(
        "service_desk.approval.request", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Sent to", required=True, ondelete="cascade", index=True
    )
    message_id = fields.Many2one("mail.message", required=True, ondelete="cascade", index=True)
    token_hash = fields.Char(copy=False)
    sent_at = fields.Datetime()
    expires_at = fields.Datetime()
    used_at = fields.Datetime()

    _token_uniq = models.UniqueIndex("(token_hash) WHERE token_hash IS NOT NULL")

    # -------------------------------------------------------------------- send
    @api.model
    def _put_into(self, message, body):
        """Return the body of a mail that leaves now, with a new link where it said the page for a login.

        :param message: ``mail.message`` of the mail; any other message's body is returned as it is
        """
        link = self.search([("message_id", "=", message.id)], limit=1)
        if not link or link.request_id.approval_id.policy.get("link_needs_login"):
            return body
        base = link.request_id.ticket_id.get_base_url()
        page = f"{base}{PAGE}{link.request_id.id}"
        return body.replace(f'"{page}?', f'"{base}{LINK}{link._renew()}?')

    def _renew(self):
        """Return a new token of the link; the one before is good no longer."""
        token, now = secrets.token_urlsafe(32), fields.Datetime.now()
        company = self.request_id.ticket_id.company_id
        days = self.env["service_desk.settings"]._of(company).approval_link_days
        self.write(
            {
                "token_hash": self._hash(token),
                "sent_at": now,
                "expires_at": now + timedelta(days=days),
            }
        )
        return token

    @api.model
    def _hash(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    # -------------------------------------------------------------------- open
    @api.model
    def _find_sudo(self, token):
        """Return the link of a token as superuser, empty where there is none.

        sudo: whoever holds the token is nobody to Odoo; the token alone opens its one question. It is found by
        its hash, so that the time of looking it up tells nothing of it.
        """
        links_sudo = self.sudo()
        if not TOKEN.match(token or ""):
            return links_sudo.browse()
        return links_sudo.search([("token_hash", "=", self._hash(token))], limit=1)

    def _is_open(self):
        """Tell whether the question can be decided by this link now."""
        self.ensure_one()
        return (
            not self.used_at
            and self.expires_at > fields.Datetime.now()
            and self.request_id.state in UNDECIDED
            and self.request_id._may_decide(self.partner_id)
        )

    def _is_of(self, user):
        """Tell whether a logged-in user may use the link: it was sent to him, or he decides besides."""
        self.ensure_one()
        return user.partner_id == self.partner_id or self.request_id._may_decide(user.partner_id)

    def _decide(self, verdict, reason=""):
        """Decide as the person whom the link was sent to; it is used up by that.

        :raises UserError: when it is decided already, or a reason is missing
        """
        self.ensure_one()
        if self.used_at:
            self.request_id._check_undecided()
        self.used_at = fields.Datetime.now()
        return self.request_id._decide(self.partner_id, verdict, reason, channel="mail")
