from odoo import fields, models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    call_ids = fields.One2many("service_desk.call", "ticket_id", "Calls")

    def _phone_card_sections(self):
        """Hook: return the sections of the caller's card on the phone screen.

        ``self`` is a draft that exists in memory only: the requester is the caller, the service that of
        his last ticket, the rest is empty. What a bridge adds to the requester's panel (orders, agreements) is
        shown here as well, like what is announced; what belongs here alone is added to the list of super.
        """
        self.ensure_one()
        sections = [
            section
            for section in self._requester_panel_sections()
            if section["key"] not in ("promise", "participants", "origin")
        ]
        return sorted(sections, key=lambda section: section.get("sequence", 100))
