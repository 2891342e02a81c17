from datetime import date, datetime
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .report_common import ReportCommon

CRON = "service_desk_sla.ir_cron_agreement_report"
LOGGER = "odoo.addons.service_desk_sla.models.report.service_desk_agreement_mailing"


@tagged("post_install", "-at_install")
class TestReportSending(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create(
            {"name": "Round the clock", "tz": "Europe/Samara", "flexible_hours": True}
        )
        cls.agreement.write({"calendar_id": calendar.id, "state": "active"})
        cls._create_clock(cls._create_ticket(), used=7)
        cls.mailing = cls.env["service_desk.agreement.mailing"].create(
            {
                "agreement_id": cls.agreement.id,
                "customer_id": cls.firm_a.id,
                "contact_ids": [(6, 0, cls.customer_a.ids)],
                "lang": "en_US",
                "month": "2026-03-17",
                "day": 5,
            }
        )
        cls.printed = []
        cls.startClassPatcher(
            patch.object(cls.env.registry["ir.actions.report"], "_render_qweb_pdf", cls._print)
        )

    @classmethod
    def _print(cls, _self, _ref, res_ids=None, data=None):
        cls.printed.append(res_ids)
        return b"%PDF-1.4", "pdf"

    def _run(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    @property
    def reports(self):
        return self.env["service_desk.agreement.report"].search(
            [("agreement_id", "=", self.agreement.id)], order="month"
        )

    def test_due_at_eight_where_the_agreement_is(self):
        self.assertEqual(self.mailing.due_at, datetime(2026, 4, 5, 4))
        self.mailing.day = 28
        self.assertEqual(self.mailing.due_at, datetime(2026, 4, 28, 4))
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.mailing.day = 31
            self.mailing.flush_recordset()

    def test_the_job_is_woken_at_that_moment(self):
        cron = self.env.ref(CRON)
        with freeze_time("2026-03-20 10:00:00"):
            self.mailing.day = 6
            self.mailing.day = 5
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertIn(datetime(2026, 4, 5, 4), triggers.mapped("call_at"))

    def test_each_month_is_sent_once(self):
        self._run("2026-04-05 03:59:00")
        self.assertFalse(self.reports)
        self._run("2026-04-05 04:00:00")
        self._run("2026-04-05 04:01:00")
        self.assertEqual(self.reports.mapped("state"), ["sent"])
        self.assertEqual(self.reports.missed_count, 1)
        message = self.reports.message_ids.filtered("attachment_ids")
        self.assertEqual(len(message), 1)
        self.assertEqual(message.notified_partner_ids, self.customer_a)
        mail = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        self.assertEqual(len(mail), 1)
        self.assertIn("March 2026", mail.body_html)
        self.assertIn(self.reports.number, mail.body_html)
        self.assertEqual(self.mailing.month, date(2026, 4, 1))

    def test_after_an_outage_every_month_in_order(self):
        self._run("2026-07-20 12:00:00")
        self.assertEqual(
            [(report.month.month, report.state) for report in self.reports],
            [(3, "sent"), (4, "sent"), (5, "sent"), (6, "sent")],
        )
        self.assertEqual(self.mailing.due_at, datetime(2026, 8, 5, 4))

    def test_a_report_sent_by_hand_is_not_sent_again(self):
        report = self.env["service_desk.agreement.report"].create(
            {
                "agreement_id": self.agreement.id,
                "customer_id": self.firm_a.id,
                "month": "2026-03-01",
                "contact_ids": [(6, 0, self.customer_a.ids)],
            }
        )
        report.action_send()
        self._run("2026-04-05 04:00:00")
        self.assertEqual(len(report.message_ids.filtered("attachment_ids")), 1)
        self.assertEqual(self.mailing.month, date(2026, 4, 1))

    def test_a_failure_leaves_nothing_half_done_and_is_tried_again(self):
        broken = patch.object(
            self.env.registry["service_desk.agreement.report"],
            "_prepare_pdf_vals",
            side_effect=ValueError("no printer"),
        )
        with broken, mute_logger(LOGGER):
            self._run("2026-04-05 04:00:00")
            self.assertFalse(self.reports)
            self.assertEqual(self.mailing.attempts, 1)
            for hour in range(5, 9):
                self._run(f"2026-04-05 {hour:02d}:00:00")
        self.assertIn("no printer", self.agreement.activity_ids.note)
        self._run("2026-04-06 08:00:00")
        self.assertEqual(self.reports.mapped("state"), ["sent"])
        self.assertEqual(self.mailing.due_at, datetime(2026, 5, 5, 4))

    def test_one_failing_agreement_stops_no_other(self):
        other = self._create_agreement("Another", state="active")
        self.env["service_desk.agreement.mailing"].create(
            {
                "agreement_id": other.id,
                "contact_ids": [(6, 0, self.agent.partner_id.ids)],
                "month": "2026-03-01",
            }
        )
        mailings = self.env.registry["service_desk.agreement.mailing"]
        send = mailings._send_month

        def fail_for_the_first(mailing):
            if mailing.agreement_id == self.agreement:
                raise ValueError("broken")
            return send(mailing)

        with patch.object(mailings, "_send_month", fail_for_the_first), mute_logger(LOGGER):
            self._run("2026-04-06 00:00:00")
        self.assertEqual(other.report_ids.mapped("state"), ["sent"])

    def test_archived_and_draft_agreements_send_nothing(self):
        self.agreement.active = False
        self._run("2026-04-05 04:00:00")
        self.agreement.write({"active": True, "state": "draft"})
        self._run("2026-04-05 04:00:00")
        self.assertFalse(self.reports)

    def test_only_people_of_the_customer_get_it(self):
        with self.assertRefused(ValidationError, "Bella"):
            self.mailing.contact_ids = self.customer_b
        with self.assertRefused(ValidationError, "Alla"):
            self.mailing.customer_id = False

    def test_a_confidential_subject_is_in_no_mail(self):
        secret = self._create_ticket(name="Salary of the boss", is_confidential=True)
        self._create_clock(secret, used=5)
        self._run("2026-04-05 04:00:00")
        mails = self.env["mail.mail"].search([("model", "=", "service_desk.agreement.report")])
        self.assertNotIn("boss", "".join(mails.mapped("body_html")))
        self.assertEqual(self.reports.ticket_count, 2)
