"""The fields that tie tickets and tasks together: neither tells what one may not see, nor costs what is not there."""

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


class CountedLines(fields.One2many):
    """A one2many that asks for its lines only where a stored count says that there are any.

    Most tickets have no task and no checklist: their form is opened without a query for them.
    """

    #: Name of the integer field that says how many lines there are.
    counted_by = None

    def read(self, records):
        counted = records.filtered(self.counted_by)
        empty = records - counted
        if empty:
            self._insert_cache(empty, [()] * len(empty))
        if counted:
            super().read(counted)
