from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import ServiceDeskCommon


@tagged("post_install", "-at_install")
class TestClock(ServiceDeskCommon):
    """The host's clock ran a year ahead and came back."""

    def setUp(self):
        super().setUp()
        self.now = fields.Datetime.now()
        self.collect = self.env.ref("mail.ir_cron_mail_gateway_action")
        self.wake = self.env.ref("service_desk.ir_cron_wake_tickets")
        self.purge = self.env.ref("service_desk.ir_cron_mail_intake_purge")
        self.foreign = self.env.ref("base.autovacuum_job")
        self.collect.active = True

    def test_jobs_put_off_by_a_wrong_clock_come_back(self):
        far = self.now + timedelta(days=400)
        (self.collect | self.wake | self.foreign).nextcall = far
        self.purge.nextcall = self.now + timedelta(days=1)
        revived = self.env["ir.cron"]._service_desk_revive_sudo()
        self.assertEqual(
            revived & (self.collect | self.wake | self.purge), self.collect | self.wake
        )
        self.assertLessEqual(self.wake.nextcall, fields.Datetime.now())
        self.assertEqual(self.purge.nextcall, self.now + timedelta(days=1), "a natural plan stays")
        self.assertEqual(self.foreign.nextcall, far, "other applications' plans are theirs")

    def test_it_is_looked_at_when_the_server_starts(self):
        self.wake.nextcall = self.now + timedelta(days=400)
        self.env["ir.cron"]._register_hook()
        self.assertLessEqual(self.wake.nextcall, fields.Datetime.now())

    def test_nothing_is_revived_on_an_ordinary_day(self):
        jobs = self.env["ir.cron"]._service_desk_jobs_sudo()
        self.assertGreaterEqual(len(jobs), 7)
        jobs.nextcall = self.now + timedelta(hours=1)
        self.assertFalse(self.env["ir.cron"]._service_desk_jumped_sudo())
