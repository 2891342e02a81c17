"""The board without its filter "Open": history is counted up to a cap, never read to its end."""

from odoo import api, models
from odoo.fields import Domain

from .service_desk_stage import DONE_STATES

#: A column of history shows at most this number: beyond it nobody counts cards.
CAP = 10_000


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model
    def _formatted_read_group_with_length(
        self, domain, groupby, aggregates, offset=0, limit=None, order=None
    ):
        # The web client asks for every stage, filled or not; other callers want what there is.
        is_board = self.env.context.get("read_group_expand") and list(groupby) == ["stage_id"]
        counts_only = list(aggregates) == ["__count"] and not offset and not limit
        if not is_board or not counts_only or self._has_archived_done_stage():
            return super()._formatted_read_group_with_length(
                domain, groupby, aggregates, offset=offset, limit=limit, order=order
            )
        domain = Domain(domain)
        groups, length = super()._formatted_read_group_with_length(
            domain & Domain("is_open", "=", True), groupby, aggregates, order=order
        )
        done = self._done_stage_ids()
        for group in groups:
            stage_id = group["stage_id"] and group["stage_id"][0]
            if stage_id in done:
                of_stage = domain & Domain("stage_id", "=", stage_id)
                group["__count"] = self.search_count(of_stage, limit=CAP)
        return groups, length

    @api.model
    def read_progress_bar(self, domain, group_by, progress_bar):
        """Return the coloured bars of the board; columns of history are folded and have none."""
        if group_by == "stage_id":
            domain = Domain(domain) & Domain("is_open", "=", True)
        return super().read_progress_bar(domain, group_by, progress_bar)

    @api.model
    def _done_stage_ids(self):
        return set(self.env["service_desk.stage"].search([("state", "in", DONE_STATES)]).ids)

    @api.model
    def _has_archived_done_stage(self):
        """Archived stages are columns only while tickets stand in them, which only a full count tells."""
        domain = [("state", "in", DONE_STATES), ("active", "=", False)]
        return bool(self.env["service_desk.stage"].search_count(domain, limit=1))
