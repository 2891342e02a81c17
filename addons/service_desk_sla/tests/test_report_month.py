from datetime import date, datetime, timedelta
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .report_common import HOUR, ReportCommon

MARCH = date(2026, 3, 1)


@tagged("post_install", "-at_install")
class TestReportMonth(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Round the clock", "tz": "Europe/Samara", "flexible_hours": True}
        )
        cls.agreement.write({"calendar_id": cls.calendar.id, "state": "active"})
        cls.met = cls._create_ticket(name="Kept")
        cls.missed = cls._create_ticket(name="Missed")
        cls.excused = cls._create_ticket(name="Excused")
        cls.other = cls._create_ticket(name="Of another", partner_id=cls.customer_b.id)
        cls._create_clock(cls.met, used=2)
        cls._create_clock(cls.met, used=1, metric=cls.response)
        cls._create_clock(cls.missed, used=7)
        cls._create_clock(cls.missed, used=1, metric=cls.response)
        cls._create_clock(cls.excused, used=6, is_excused=True)
        cls._create_clock(cls.other, used=3)
        # the last minute of February and the first of March, in Samara
        cls.february = cls._create_ticket(name="February")
        cls._create_clock(cls.february, start=datetime(2026, 2, 28, 18, 59), used=1)
        cls.march = cls._create_ticket(name="March")
        cls._create_clock(cls.march, start=datetime(2026, 2, 28, 19), used=1)

    @classmethod
    def _create_report(cls, **vals):
        return cls.env["service_desk.agreement.report"].create(
            {"agreement_id": cls.agreement.id, "month": MARCH, "lang": "en_US", **vals}
        )

    def test_the_numbers_equal_an_independent_recount(self):
        report = self._create_report()
        self.env.flush_all()
        self.env.cr.execute(
            """
            WITH counted AS (
                SELECT ticket_id, metric_id, is_missed, is_missed AND is_excused IS TRUE AS forgiven,
                       used_seconds, late_seconds, target_seconds
                FROM service_desk_clock
                WHERE agreement_id = %s AND state IN ('running', 'paused', 'stopped')
                  AND date_trunc('month', (CASE WHEN is_missed THEN missed_at ELSE stopped_at END)
                        AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Samara') = '2026-03-01'
            )
            SELECT count(DISTINCT ticket_id),
                   count(DISTINCT ticket_id) FILTER (WHERE is_missed AND NOT forgiven),
                   (SELECT json_object_agg(metric_id, row) FROM (
                       SELECT metric_id, json_build_array(
                           sum((NOT is_missed)::int), sum((is_missed AND NOT forgiven)::int), sum(forgiven::int),
                           sum(target_seconds), sum(used_seconds), sum(late_seconds)) AS row
                       FROM counted GROUP BY metric_id) rows)
            FROM counted
            """,
            [self.agreement.id],
        )
        tickets, missed, metrics = self.env.cr.fetchone()
        self.assertEqual((report.ticket_count, report.missed_count), (tickets, missed))
        self.assertEqual((tickets, missed), (5, 1))
        names = {metric.name: metric for metric in self.response | self.resolution}
        found = {
            str(names[row["name"]].id): [
                row[name] for name in ("met", "missed", "excused", "target", "used", "late")
            ]
            for row in report.numbers["metrics"]
        }
        self.assertEqual(found, metrics)

    def test_compliance_by_tickets_and_by_minutes(self):
        numbers = self._create_report().numbers
        self.assertEqual(numbers["tickets_percent"], 75.0)  # 3 of the 4 that count
        by_name = {row["name"]: row for row in numbers["metrics"]}
        resolution = by_name[self.resolution.name]
        self.assertEqual(resolution["percent"], 75.0)
        self.assertEqual(resolution["minutes_percent"], 73.6)  # 5 of 19 hours too late, never up

    def test_a_report_of_a_customer_tells_of_no_other(self):
        report = self._create_report(customer_id=self.firm_b.id)
        self.assertEqual(report.line_ids.ticket_id, self.other)
        whole = self._create_report()
        self.assertIn(self.other, whole.line_ids.ticket_id)

    def test_confidential_subjects_stay_hidden(self):
        secret = self._create_ticket(name="Salary of the boss", is_confidential=True)
        private = self._create_ticket(name="Camera of the boss", team_id=self.team_private.id)
        for ticket in secret | private:
            self._create_clock(ticket, used=5)
        report = self._create_report()
        hidden = report.line_ids.filtered(lambda line: line.ticket_id in secret | private)
        self.assertEqual(hidden.mapped("name"), [False, False])
        self.assertEqual(set(hidden.mapped("number")), {secret.number, private.number})
        html = self._html(report)
        self.assertNotIn("boss", html)
        self.assertIn(secret.number, html)
        self.agreement.report_shows_confidential = True
        report.action_count()
        self.assertIn("Salary of the boss", report.line_ids.mapped("name"))

    def _html(self, report):
        return (
            self.env["ir.actions.report"]
            ._render_qweb_html("service_desk_sla.service_desk_agreement_report_pdf", report.ids)[0]
            .decode()
        )

    def test_the_paper_has_numbers_misses_and_parties(self):
        self.env.company.partner_id.vat = "6316000000"
        self.agreement.other_signatory = "A. Customer, director"
        html = self._html(self._create_report(customer_id=self.firm_a.id))
        for text in (
            "March 2026",
            "Firm A",
            "6316000000",
            "A. Customer, director",
            "Missed targets",
        ):
            self.assertIn(text, html)
        self.assertNotIn("Of another", html)

    def test_counting_anew_is_logged_and_only_while_draft(self):
        report = self._create_report()
        late = self._create_ticket(name="One more")
        self._create_clock(late, used=8)
        report.with_user(self.manager).action_count()
        self.assertEqual(report.missed_count, 2)
        self.assertIn("1 → 2", report.message_ids[0].body)
        report.sudo().state = "sent"
        with self.assertRefused(UserError, "has been sent"):
            report.with_user(self.manager).action_count()

    def test_a_second_report_of_a_month_is_refused(self):
        self._create_report()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._create_report()

    @freeze_time("2026-04-02 08:00:00")
    def test_a_month_to_come_is_refused(self):
        with self.assertRefused(ValidationError, "not begun"):
            self._create_report(month="2026-05-20")

    def test_nobody_writes_numbers_by_hand(self):
        report = self._create_report().with_user(self.manager)
        for vals in (
            {"ticket_count": 9},
            {"numbers": {}},
            {"state": "signed"},
            {"month": "2026-01-01"},
        ):
            with self.assertRefused(UserError, "count it anew"):
                report.write(vals)
        made = (
            self.env["service_desk.agreement.report"]
            .with_user(self.manager)
            .create(
                {
                    "agreement_id": self.agreement.id,
                    "month": "2026-02-11",
                    "state": "signed",
                    "ticket_count": 99,
                }
            )
        )
        self.assertEqual(
            (made.state, made.ticket_count, made.month), ("draft", 1, date(2026, 2, 1))
        )

    def test_nobody_brings_numbers_in_the_context(self):
        file = self.env["ir.attachment"].create({"name": "Salaries", "raw": b"secret"})
        reports = self.env["service_desk.agreement.report"].with_user(self.manager)
        made = reports.with_context(
            default_state="signed",
            default_ticket_count=99,
            default_pdf_id=file.id,
            default_agreement_id=self.agreement.id,
        ).create({"month": "2026-02-01"})
        self.assertEqual((made.state, made.ticket_count), ("draft", 1))
        self.assertFalse(made.pdf_id)

    def test_agents_read_no_reports(self):
        report = self._create_report()
        with self.assertRaises(AccessError):
            report.with_user(self.lead).read(["ticket_count"])
        self.assertTrue(report.with_user(self.auditor).read(["ticket_count"]))
        with self.assertRaises(AccessError):
            report.with_user(self.auditor).action_count()

    def test_sending_freezes_and_the_signed_act_comes_back(self):
        report = self._create_report(customer_id=self.firm_a.id)
        with self.assertRefused(UserError, "to whom"):
            report.action_send()
        report.contact_ids = self.customer_a
        with self.mock_pdf():
            report.with_user(self.manager).action_send()
        self.assertEqual(report.state, "sent")
        message = report.message_ids[0]
        self.assertEqual(message.attachment_ids, report.pdf_id)
        self.assertEqual(message.notified_partner_ids, self.customer_a)
        mine = report.with_user(self.manager)
        with self.assertRefused(UserError, "does not change"):
            mine.contact_ids = False
        with self.assertRefused(UserError, "kept"):
            mine.unlink()
        with self.assertRefused(UserError, "signed act"):
            mine.action_sign()
        mine.write({"signed_file": "YQ==", "signed_on": "2026-04-05", "signed_by": "A. Customer"})
        mine.action_sign()
        self.assertEqual(report.state, "signed")

    def mock_pdf(self):
        return patch.object(
            self.env.registry["ir.actions.report"],
            "_render_qweb_pdf",
            lambda *args, **kwargs: (b"%PDF-1.4", "pdf"),
        )

    def test_no_report_to_people_of_others(self):
        report = self._create_report(customer_id=self.firm_a.id)
        with self.assertRefused(ValidationError, "Bella"):
            report.contact_ids = self.customer_b
        whole = self._create_report()
        with self.assertRefused(ValidationError, "Alla"):
            whole.contact_ids = self.customer_a
        whole.contact_ids = self.agent.partner_id

    def test_downtime_counts_overlaps_once_and_pauses_not(self):
        def span(start, end, kind="run"):
            return {"from": f"2026-03-{start}:00:00", "to": f"2026-03-{end}:00:00", "kind": kind}

        self.agreement.write(
            {"downtime_allowed_minutes": 600, "downtime_type_ids": [(6, 0, self.type_incident.ids)]}
        )
        for spans in (
            [span("05 08", "05 10"), span("05 10", "05 12", "pause"), span("05 12", "05 13")],
            [span("05 09", "05 11")],
            [span("01 00", "01 01")],
        ):
            ticket = self._create_ticket(type_id=self.type_incident.id, impact="3")
            start = datetime.fromisoformat(spans[0]["from"])
            self._create_clock(
                ticket,
                start=start,
                spans=spans,
                targets=[{"calendar_id": False, "company_id": False}],
                stopped_at=datetime.fromisoformat(spans[-1]["to"]),
            )
        small = self._create_ticket(type_id=self.type_incident.id, impact="1")
        self._create_clock(
            small,
            spans=[span("10 08", "10 18")],
            targets=[{"calendar_id": False, "company_id": False}],
        )
        report = self._create_report()
        self.assertEqual(report.downtime_minutes, 5 * 60)
        self.assertEqual(report.downtime_allowed_minutes, 600)
        # cut at the beginning of the month, in the time zone of the agreement
        self.assertEqual(
            self.agreement._downtime_seconds(datetime(2026, 3, 1, 0, 30), datetime(2026, 3, 2)),
            HOUR // 2,
        )

    def test_the_leg_that_lost_the_time(self):
        ola = self._create_agreement(
            "Second line inside", "ola", team_ids=[(6, 0, self.team_it.ids)]
        )
        self._create_clock(
            self.missed, agreement=ola, slot=f"ola:{self.team_it.id}", target=2, used=5
        )
        report = self._create_report()
        line = report.line_ids.filtered(lambda line: line.outcome == "missed")
        self.assertEqual((line.lost_hand, line.lost_by), ("team", "Second line inside"))
        self.assertEqual([loss["count"] for loss in report.numbers["losses"]], [1])
        self.assertNotIn("Second line inside", self._html(report))
        self.agreement.report_names_legs = True
        self.assertIn("Second line inside", self._html(report))

    def test_without_promises_below_the_hands_tell(self):
        legs = [
            {"kind": "run", "hand": "team", "hand_id": self.team_it.id, "seconds": HOUR},
            {"kind": "run", "hand": "supplier", "hand_id": self.firm_b.id, "seconds": 6 * HOUR},
        ]
        clock = self.env["service_desk.clock"].search(
            [("ticket_id", "=", self.missed.id), ("metric_id", "=", self.resolution.id)]
        )
        clock.legs = legs
        row = self.env["service_desk.sla.report"].browse(clock.id).with_user(self.manager)
        self.assertEqual(row.lost_by, "Firm B")
        self.assertEqual([leg["label"] for leg in row.chain["legs"]], ["Firm B", "IT"])

    def test_twelve_months_on_the_page_of_the_agreement(self):
        with freeze_time("2026-04-02 08:00:00"):
            self.agreement.invalidate_recordset()
            board = self.agreement.with_user(self.manager).compliance_board
        by_name = {row["name"]: row for row in board["metrics"]}
        self.assertEqual(len(board["months"]), 12)
        cells = by_name[self.resolution.name]["cells"]
        self.assertEqual(cells[-2]["missed"], 1)
        self.assertIsNone(cells[-1])

    def test_as_many_queries_for_many_agreements(self):
        def count(agreements):
            agreements.invalidate_recordset()
            before = self.env.cr.sql_log_count
            agreements.mapped("compliance_board")
            return self.env.cr.sql_log_count - before

        others = self.env["service_desk.agreement"].union(
            *(self._create_agreement(f"A{number}") for number in range(5))
        )
        for agreement in others:
            self._create_clock(
                self._create_ticket(), agreement=agreement, start=datetime.now() - timedelta(days=1)
            )
        self.env.flush_all()
        count(others)
        self.assertEqual(count(others[0]), count(others))
