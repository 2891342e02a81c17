"""A clock that jumped ahead and back must not leave the desk's jobs waiting in the future.

Odoo plans the next run from the clock of the moment: after a jump of a year and back every job would sleep
for a year, mail collection among them. So it is looked at when the server starts, and whenever somebody
opens the web client.
"""

import logging
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, tools

_logger = logging.getLogger(__name__)

#: Odoo's own jobs without which the desk is deaf and dumb.
MAIL_JOBS = (
    "mail.ir_cron_mail_gateway_action",
    "mail.ir_cron_mail_scheduler_action",
    "mail.ir_cron_send_scheduled_message",
)
#: A job planned later than this beyond its own rhythm was planned by a wrong clock.
GRACE = timedelta(days=1)


class IrCron(models.Model):
    _inherit = "ir.cron"

    def _register_hook(self):
        super()._register_hook()
        self._service_desk_revive_sudo()

    @api.model
    def _service_desk_jobs_sudo(self):
        """Return the jobs the desk lives by; sudo: people have no right on scheduled actions."""
        return self.sudo().browse(self._service_desk_job_ids_sudo()).exists()

    @api.model
    @tools.ormcache()
    def _service_desk_job_ids_sudo(self):
        """Return the ids of these jobs; kept, because every opening of the web client asks."""
        names = self.env["ir.model.data"].sudo()
        ours = names.search([("module", "=like", "service_desk%"), ("model", "=", "ir.cron")])
        mail = [self.env.ref(name, raise_if_not_found=False) for name in MAIL_JOBS]
        return (*ours.mapped("res_id"), *(job.id for job in mail if job))

    @api.model
    def _service_desk_jumped_sudo(self):
        """Return those of the desk's jobs whose next run lies further away than their rhythm explains."""
        now = fields.Datetime.now()
        return self._service_desk_jobs_sudo().filtered(
            lambda job: (
                job.active
                and job.nextcall
                > now + relativedelta(**{job.interval_type: 2 * job.interval_number}) + GRACE
            )
        )

    @api.model
    def _service_desk_revive_sudo(self):
        """Plan the jobs for now that a wrong clock had put off; returns them."""
        jumped = self._service_desk_jumped_sudo()
        if jumped:
            _logger.info(
                "The clock has jumped: %s planned for now again.", jumped.mapped("cron_name")
            )
            jumped.write({"nextcall": fields.Datetime.now()})
        return jumped
