"""The record a ticket was reported from."""

from odoo import models
from odoo.exceptions import UserError


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def action_open_origin(self):
        """Open the record the ticket was reported from, with the reader's own rights.

        :raises UserError: when it is gone, or the reader may not see it
        """
        self.ensure_one()
        record = self._get_origin()
        if record is None or not record.exists():
            raise UserError(
                self.env._(
                    "“%(name)s” does not exist any more.", name=self.origin_name or self.number
                )
            )
        if not record.has_access("read"):
            raise UserError(
                self.env._(
                    "You have no right to open “%(name)s”. Ask a person who works with these records.",
                    name=self.origin_name or self.number,
                )
            )
        return record.get_formview_action()

    def _get_origin(self):
        """Return the record the ticket was reported from, or ``None`` when its model is not installed."""
        self.ensure_one()
        if not self.origin_id or self.origin_model not in self.env:
            return None
        return self.env[self.origin_model].browse(self.origin_id)
