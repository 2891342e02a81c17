"""Timelines of tickets that were there before the add-on: made in steps, and nobody is warned of their past."""

from odoo import api, models
from odoo.tools import SQL

STEP = 200


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model
    def _cron_begin_timelines(self, step=STEP):
        """Begin the timelines of open tickets that have none; a killed run goes on where it was."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self._count_without_timeline())
        while ids := self._ids_without_timeline(step):
            tickets = self.browse(ids).try_lock_for_update()
            if not tickets:
                return  # somebody works on all that are left: their own changes begin them
            tickets._rematch()
            if not cron._commit_progress(len(tickets)):
                return

    @api.model
    def _count_without_timeline(self):
        return self.env.execute_query(SQL("SELECT count(*) %s", self._without_timeline_sql()))[0][0]

    @api.model
    def _ids_without_timeline(self, limit):
        query = SQL(
            "SELECT t.id %s ORDER BY t.id DESC LIMIT %s", self._without_timeline_sql(), limit
        )
        return [row[0] for row in self.env.execute_query(query)]

    @api.model
    def _without_timeline_sql(self):
        self.flush_model(["is_open", "active"])
        return SQL(
            "FROM service_desk_ticket t WHERE t.is_open AND NOT EXISTS"
            " (SELECT FROM service_desk_ticket_event e WHERE e.ticket_id = t.id)"
        )
