from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .report_common import HOUR, ReportCommon


@tagged("post_install", "-at_install")
class TestReportAnalysis(ReportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tickets = cls.env["service_desk.ticket"].union(
            *(cls._create_ticket(name=f"Ticket {number}") for number in range(5))
        )
        met, missed, excused, running, cancelled = cls.tickets
        cls._create_clock(met, used=2)
        cls._create_clock(met, used=1, metric=cls.response)
        cls._create_clock(missed, used=7)
        cls._create_clock(excused, used=6, is_excused=True)
        cls._create_clock(running, used=1, state="running")
        cls._create_clock(cancelled, used=1, state="cancelled")
        cls.env.flush_all()

    def _group(self, groupby, aggregates, domain=(), user=None):
        report = self.env["service_desk.sla.report"].with_user(user or self.manager)
        return report._read_group(
            [("agreement_id", "=", self.agreement.id), *domain], groupby, aggregates
        )

    def test_each_clock_has_one_outcome(self):
        found = dict(self._group(["outcome"], ["__count"]))
        self.assertEqual(found, {"met": 2, "missed": 1, "excused": 1, "open": 1, "cancelled": 1})

    def test_breach_is_not_taken_back_by_cancelling(self):
        for reason, outcome in (
            ("cancelled", "missed"),
            ("archived", "missed"),
            ("merged", "cancelled"),
        ):
            clock = self._create_clock(
                self._create_ticket(), used=6, state="cancelled", reason=reason
            )
            self.env.flush_all()
            row = self.env["service_desk.sla.report"].browse(clock.id)
            self.assertEqual((reason, row.outcome), (reason, outcome))

    def test_compliance_with_and_without_excuses(self):
        measures = ["compliance:avg", "compliance_strict:avg", "compliance_tickets:avg"]
        [(open_to_excuses, strict, tickets)] = self._group(
            [], measures, [("metric_id", "=", self.resolution.id)]
        )
        self.assertAlmostEqual(open_to_excuses, 50)
        self.assertAlmostEqual(strict, 100 / 3)
        self.assertAlmostEqual(tickets, 50)

    def test_a_ticket_with_one_miss_of_two_is_no_good_ticket(self):
        self._create_clock(self.tickets[0], used=9, metric=self.response, cycle=2)
        [(tickets, by_clock)] = self._group([], ["compliance_tickets:avg", "compliance:avg"])
        self.assertAlmostEqual(tickets, 0)
        self.assertAlmostEqual(by_clock, 50)

    def test_compliance_by_minutes_and_the_middle_of_used_time(self):
        [(minutes, average, median, late)] = self._group(
            [],
            ["compliance_minutes:avg", "used_average:avg", "used_median:avg", "late_hours:sum"],
            [("outcome", "in", ("met", "missed", "excused"))],
        )
        self.assertAlmostEqual(minutes, 100 * (1 - 5 / 16))
        self.assertAlmostEqual(average, 4)
        self.assertAlmostEqual(median, 4)
        self.assertAlmostEqual(late, 5)

    def test_a_clock_counts_in_the_month_of_its_outcome(self):
        ticket = self._create_ticket()
        self._create_clock(ticket, start=datetime(2026, 3, 31, 22), target=1, used=30, cycle=2)
        rows = self._group(["decided_at:month"], ["__count"], [("ticket_id", "=", ticket.id)])
        self.assertEqual([(row[0].month, row[1]) for row in rows], [(3, 1)])

    def test_nothing_measured_is_no_number(self):
        [(compliance, median)] = self._group(
            [], ["compliance:avg", "used_median:avg"], [("outcome", "=", "open")]
        )
        self.assertFalse(compliance)
        self.assertFalse(median)

    def test_the_hour_is_that_of_the_company(self):
        self.env.company.resource_calendar_id.tz = "Europe/Samara"
        self.env.cr.execute(
            "UPDATE service_desk_ticket SET create_date = '2026-03-10 21:30' WHERE id = %s",
            [self.tickets[0].id],
        )
        rows = self._group(["opened_hour"], ["__count"], [("ticket_id", "=", self.tickets[0].id)])
        self.assertEqual(rows, [(1, 2)])

    def test_agents_see_the_clocks_of_their_tickets_only(self):
        hidden = self._create_ticket(team_id=self.team_private.id)
        secret = self._create_ticket(is_confidential=True)
        for ticket in hidden | secret:
            self._create_clock(ticket)
        domain = [("ticket_id", "in", (hidden | secret).ids)]
        for user, seen in (
            (self.agent, 0),
            (self.agent2, 1),
            (self.lead, 1),
            (self.manager, 2),
            (self.auditor, 2),
        ):
            self.assertEqual(self._group([], ["__count"], domain, user), [(seen,)], user.login)
        with self.assertRaises(AccessError):
            self._group([], ["__count"], domain, self.employee)

    def test_the_promise_of_a_hidden_team_stays_hidden(self):
        ola = self._create_agreement("Security inside", "ola")
        self._create_clock(self.tickets[0], agreement=ola, slot=f"ola:{self.team_private.id}")
        report = self.env["service_desk.sla.report"]
        domain = [("agreement_id", "=", ola.id)]
        self.assertEqual(report.with_user(self.agent).search_count(domain), 0)
        found = report.with_user(self.agent2).search(domain)
        self.assertEqual(found.promise_team_id, self.team_private)

    def test_a_ticket_that_moved_to_another_company_is_told_by_none(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        team = self.env["service_desk.team"].create({"name": "Abroad", "company_id": company.id})
        abroad = self._create_ticket(team_id=team.id, partner_id=False)
        self._create_clock(abroad)
        domain = [("ticket_id", "=", abroad.id)]
        self.assertEqual(self._group([], ["__count"], domain), [(0,)])

    def test_who_used_the_time(self):
        ticket = self._create_ticket()
        self._create_clock(
            ticket,
            legs=[
                {"kind": "run", "hand": "team", "hand_id": self.team_it.id, "seconds": 2 * HOUR},
                {"kind": "run", "hand": "team", "hand_id": self.team_private.id, "seconds": HOUR},
                {"kind": "pause", "hand": "requester", "reason": "Waits", "seconds": 3 * HOUR},
            ],
        )
        legs = self.env["service_desk.sla.leg.report"]
        domain = [("ticket_id", "=", ticket.id)]
        rows = legs.with_user(self.manager)._read_group(domain, ["leg_kind"], ["hours:sum"])
        self.assertEqual(rows, [("pause", 3), ("run", 3)])
        seen = legs.with_user(self.agent).search(domain)
        self.assertEqual(seen.hand_team_id, self.team_it)
        self.assertEqual(len(seen), 2)

    def test_clocks_without_legs_are_no_trouble(self):
        legs = self.env["service_desk.sla.leg.report"]
        self.assertFalse(legs.search([("ticket_id", "in", self.tickets.ids)]))

    def test_the_default_views_open(self):
        for name in ("service_desk_sla_report_action", "service_desk_sla_leg_report_action"):
            action = self.env.ref(f"service_desk_sla.{name}")
            for view in ("pivot", "graph", "list", "search"):
                self.env[action.res_model].with_user(self.agent).get_view(view_type=view)
