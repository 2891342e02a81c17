from odoo import fields, models


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    decision_ids = fields.One2many("service_desk.decision", "ticket_id", "Decisions", readonly=True)

    def _explain(self, kind, payloads):
        """Write down why, one line for each ticket: what decided, and on what grounds.

        :param str kind: a kind of ``service_desk.decision``
        :param payloads: one dictionary for all tickets, or ``{ticket id: dictionary}``; plain data only, names
            of records beside their ids (the record may be gone when somebody reads it)
        """
        by_id = all(isinstance(key, int) for key in payloads)
        vals_list = [
            {"ticket_id": ticket.id, "kind": kind, "payload": payload}
            for ticket in self
            if (payload := payloads.get(ticket.id) if by_id else payloads)
        ]
        # sudo: decisions are the desk's own record, which nobody writes by hand
        return self.env["service_desk.decision"].sudo().create(vals_list)
