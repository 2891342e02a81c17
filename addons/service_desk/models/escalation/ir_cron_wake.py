"""Waking a job of the desk at the moment when its next piece of work is due."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: A wake-up nearer than this may just be used up by a running job, and is no promise.
SURE_AFTER = timedelta(seconds=20)


class IrCron(models.Model):
    _inherit = "ir.cron"

    @api.model
    def _service_desk_wake(self, xmlid, moment):
        """Let the job ``xmlid`` run at ``moment``, unless it is woken before that anyway.

        A job that is woken too early plans its own next run: so thousands of due moments are few wake-ups.
        """
        # sudo: whoever changes a ticket has no right on scheduled actions
        cron_sudo = self.env.ref(xmlid).sudo()
        now = fields.Datetime.now()
        if moment > now + SURE_AFTER:
            rows = self.env.execute_query(
                SQL(
                    "SELECT FROM ir_cron_trigger WHERE cron_id = %s AND call_at > %s AND call_at <= %s LIMIT 1",
                    cron_sudo.id,
                    now + SURE_AFTER,
                    moment,
                )
            )
            if rows:
                return
        cron_sudo._trigger(at=max(moment, now))
