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
        now = fields.Datetime.now()
        if moment <= now + SURE_AFTER:
            # sudo: whoever changes a ticket has no right on scheduled actions
            self.env.ref(xmlid).sudo()._trigger(at=max(moment, now))
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ir_cron_trigger (cron_id, call_at, create_uid, create_date)
                SELECT %(cron_id)s, %(moment)s, %(uid)s, %(now)s
                 WHERE NOT EXISTS (
                    SELECT FROM ir_cron_trigger
                     WHERE cron_id = %(cron_id)s AND call_at > %(sure)s AND call_at <= %(moment)s
                )
                """,
                cron_id=self.env["ir.model.data"]._xmlid_to_res_id(xmlid, raise_if_not_found=True),
                moment=moment,
                sure=now + SURE_AFTER,
                uid=self.env.uid,
                now=now,
            )
        )
