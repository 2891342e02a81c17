"""What of a ticket's changes goes into its log, without reading more than that needs."""

from odoo import models

PROPERTIES = ["ticket_properties"]


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def write(self, vals):
        """Write; with a change of type, the properties that get lost go into the log."""
        context = self.env.context
        if "type_id" in vals and not (
            context.get("tracking_disable") or context.get("mail_notrack")
        ):
            self._track_prepare(PROPERTIES)
        return super().write(vals)

    def _track_prepare(self, fields_iter):
        """Leave the properties out unless asked for them alone.

        Odoo logs them with a change of type only, but reads them and the type for each write.
        """
        names = list(fields_iter)
        if names != PROPERTIES:
            names = [name for name in names if name not in PROPERTIES]
        super()._track_prepare(names)

    def _message_log_batch(self, bodies, **kwargs):
        """Log notes; the flag spares the addresses of a mail that is never sent."""
        if kwargs.get("author_id") is None and not kwargs.get("email_from"):
            author = self.env["res.users"]._service_desk_author(self.env.uid)
            kwargs["author_id"], kwargs["email_from"] = author
        logging = self.with_context(service_desk_log=True)
        messages = super(ServiceDeskTicket, logging)._message_log_batch(bodies, **kwargs)
        return messages.with_env(self.env)
