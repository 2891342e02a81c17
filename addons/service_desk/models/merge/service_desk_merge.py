from datetime import timedelta

from odoo import api, fields, models

#: So long a merge can be taken back.
UNDO_HOURS = 24


class ServiceDeskMerge(models.Model):
    """One ticket that went on in another one: who did it, when, what moved, and what was before."""

    _name = "service_desk.merge"
    _description = "Merge of Tickets"
    _order = "id desc"

    ticket_id = fields.Many2one(
        "service_desk.ticket", "Merged Ticket", required=True, ondelete="cascade", index=True
    )
    survivor_id = fields.Many2one(
        "service_desk.ticket", "Goes On In", required=True, ondelete="cascade", index=True
    )
    merged_at = fields.Datetime("Merged", required=True, default=fields.Datetime.now)
    undone_at = fields.Datetime("Undone")
    undone_by_id = fields.Many2one("res.users", ondelete="set null")
    moved = fields.Json(help="Ids of what went over to the other ticket, by kind.")
    before = fields.Json(help="What both tickets were before; undoing puts it back.")

    @api.depends("ticket_id", "survivor_id")
    def _compute_display_name(self):
        for merge in self:
            merge.display_name = f"{merge.ticket_id.number} → {merge.survivor_id.number}"

    @api.model
    def _undo_limit(self):
        """Return the moment (UTC) before which merges stay merged."""
        return fields.Datetime.now() - timedelta(hours=UNDO_HOURS)

    @api.model
    def _standing_of(self, tickets):
        """Return the merges by which ``tickets`` are merged now."""
        domain = [("ticket_id", "in", tickets.ids), ("undone_at", "=", False)]
        return self.search(domain)

    @api.autovacuum
    def _gc_moved(self):
        """Forget what undoing would need when it is too late for that; who merged what is kept."""
        domain = [("merged_at", "<", self._undo_limit()), ("before", "!=", False)]
        self.search(domain, limit=1000).write({"moved": False, "before": False})
