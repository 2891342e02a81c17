"""The ticket that a task hangs on: seen by those who may see it, also where the task itself is seen by others."""

from odoo import fields


class SeenTicket(fields.Many2one):
    """A many2one that is empty for whoever may not read the ticket.

    A task on a confidential ticket is shown to the people of its team; Odoo would tell them the ticket's
    name, because it tells the name of any record that a visible one points to.
    """

    def convert_to_record(self, value, record):
        return self._seen(super().convert_to_record(value, record))

    def convert_to_record_multi(self, values, records):
        return self._seen(super().convert_to_record_multi(values, records))

    def _seen(self, tickets):
        if tickets.env.su or not tickets or not any(tickets._ids):
            return tickets
        return tickets._filtered_access("read")
