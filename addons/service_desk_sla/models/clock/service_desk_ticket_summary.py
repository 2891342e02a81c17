"""What lists show of a ticket's clocks: the first deadline with the customer, and how it stands."""

from odoo import fields, models

#: Slots of promises to customers; what teams and suppliers promise is shown beside them only.
CUSTOMER_SLOTS = ("sla", "beside:")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _show_clocks(self, rows_by_ticket, agreement_ids):
        """Write what lists show, where it is different; it goes out with the tickets' other changes.

        :param dict rows_by_ticket: ``{ticket id: [values of a clock]}``
        :param dict agreement_ids: ``{ticket id: id of the agreement with the customer, or False}``
        """
        summaries = {}
        for ticket in self:
            rows = [row for row in rows_by_ticket.get(ticket.id, ()) if is_for_customer(row)]
            summary = dict(summary_of(rows), sla_agreement_id=agreement_ids.get(ticket.id) or False)
            for name, value in summary.items():
                if self._fields[name].convert_to_cache(ticket[name], ticket) != (value or None):
                    summaries.setdefault((name, value), []).append(ticket.id)
        for (name, value), ids in summaries.items():
            # past write(): nothing hangs on these marks, and a clock is no change of the ticket to be told
            tickets = self.browse(ids)
            self._fields[name].write(tickets, value)
        for name in {name for name, _value in summaries}:
            self.modified([name])


def is_for_customer(row):
    """Tell whether a clock measures a promise to the customer."""
    return row["slot"].startswith(CUSTOMER_SLOTS)


def summary_of(rows):
    """Return the marks of a ticket with these clocks.

    Missed wins; else what runs is in time or soon due; a ticket whose open clocks all stand still stands still;
    one whose clocks have all ended without a miss has met what was promised.
    """
    rows = [row for row in rows if row["state"] != "cancelled"]
    running = [row for row in rows if row["state"] == "running" and row["due_at"]]
    first = min(running, key=lambda row: row["due_at"], default=None)
    warn_at = min((row["warn_at"] for row in running if row["warn_at"]), default=False)
    summary = {
        "sla_due_at": first["due_at"] if first else False,
        "sla_warn_at": warn_at,
        "sla_state": False,
    }
    if any(row["is_missed"] and not row["is_excused"] for row in rows):
        summary["sla_state"] = "missed"
    elif running:
        summary["sla_state"] = (
            "warning" if warn_at and warn_at <= fields.Datetime.now() else "running"
        )
    elif any(row["state"] == "paused" for row in rows):
        summary["sla_state"] = "paused"
    elif rows:
        summary["sla_state"] = "met"
    return summary
