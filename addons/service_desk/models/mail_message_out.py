from odoo import api, models
from odoo.fields import Domain

#: In the context while the references of an outgoing mail are looked up.
PUBLIC_ONLY = "service_desk_public_messages"


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        """Leave internal notes out of the references of a ticket's mails.

        Odoo takes the newest messages, notes too: nobody outside shall know of a note, and a reply to
        one is held as suspicious.
        """
        if self.env.context.get(PUBLIC_ONLY):
            domain = (
                Domain(domain)
                & Domain("is_internal", "=", False)
                & Domain("subtype_id.internal", "=", False)
            )
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
