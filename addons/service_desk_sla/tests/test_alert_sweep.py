"""Warnings and breaches: at their moments, each once, whatever happens to the clock and to the job."""

from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..models.alert import service_desk_clock_sweep as sweep
from .alert_common import AlertCommon

ASSIGNEE = {"notify_assignee": True}
AT_75 = {"percent": 75, **ASSIGNEE}
AT_90 = {"percent": 90, **ASSIGNEE}
BREACH = {"moment": "breach", "notify_leads": True}
OPENED = "2026-03-02 09:00:00"


@tagged("post_install", "-at_install")
class TestAlertSweep(AlertCommon):
    """Four working hours from Monday 9:00, with a break from 13:00 to 14:00: 75 % at 12:00, due at 13:00."""

    def _opened(self, **vals):
        return self._ticket_at(OPENED, user_id=self.agent.id, **vals)

    def _wait(self, ticket):
        ticket._write_state({"state": "waiting", "waiting_reason_id": self.waits_for_requester.id})

    def _next(self, ticket):
        return str(self._clock(ticket, "resolution").next_event_at or "")

    # ------------------------------------------------------------------ moments
    def test_each_at_its_moment(self):
        self._agreement_with(AT_75, AT_90, BREACH)
        ticket = self._opened()
        self.assertEqual(self._next(ticket), "2026-03-02 12:00:00")
        self._sweep("2026-03-02 11:59:59")
        self.assertEqual(self._fired(ticket), [])
        self._sweep("2026-03-02 12:00:00")
        self.assertEqual(self._fired(ticket), [("percent:75", "done")])
        self.assertEqual(ticket.sla_state, "warning")
        self.assertEqual(self._told(ticket), [("sla_warning", "Anna Agent")])
        self.assertEqual(self._next(ticket), "2026-03-02 12:36:00")
        self._sweep("2026-03-02 12:36:00")
        # due as the break begins: missed in the first second of work after it
        self.assertEqual(self._next(ticket), "2026-03-02 14:00:01")
        self._sweep("2026-03-02 13:30:00")
        self.assertFalse(self._clock(ticket, "resolution").is_missed)
        self._sweep("2026-03-02 14:00:01")
        self.assertEqual(
            self._fired(ticket),
            [
                ("percent:75", "done"),
                ("percent:90", "done"),
                ("missed", "done"),
                ("breach", "done"),
            ],
        )
        self.assertTrue(self._clock(ticket, "resolution").is_missed)
        self.assertEqual(ticket.sla_state, "missed")
        self.assertEqual(self._next(ticket), "")
        self._sweep("2026-03-02 18:00:00")
        self.assertEqual(len(self._fired(ticket)), 4)
        self.assertSettled(ticket, "2026-03-02 18:00:00")

    def test_breach_is_noted_without_any_warning(self):
        self._agreement_with()
        ticket = self._opened()
        self._sweep("2026-03-02 12:00:00")
        self.assertEqual((ticket.sla_state, self._fired(ticket)), ("warning", []))
        self._sweep("2026-03-02 14:00:01")
        self.assertEqual((ticket.sla_state, self._fired(ticket)), ("missed", [("missed", "done")]))

    def test_minutes_and_more_than_all(self):
        self._agreement_with(
            {"moment": "before", "minutes": 30, **ASSIGNEE},
            {"moment": "after", "minutes": 60, **ASSIGNEE},
            {"percent": 150, **ASSIGNEE},
            {"moment": "before", "minutes": 300, **ASSIGNEE},  # before it begins: never
        )
        ticket = self._opened()
        self._sweep("2026-03-03 12:00:00")
        rows = self.env["service_desk.clock.alert"].search([("ticket_id", "=", ticket.id)])
        self.assertEqual(
            {row.key: str(row.due_at) for row in rows},
            {
                "before:30": "2026-03-02 12:30:00",
                "missed": "2026-03-02 14:00:00",
                "after:60": "2026-03-02 15:00:00",
                "percent:150": "2026-03-02 16:00:00",
            },
        )

    def test_only_the_metrics_that_it_names(self):
        response = self.env["service_desk.metric"]._by_code("first_response")
        self._agreement_with(
            {**AT_75, "metric_ids": [(6, 0, response.ids)]},
            targets={"first_response": 60, "resolution": 60},
        )
        ticket = self._opened()
        self._sweep("2026-03-02 09:50:00")
        rows = self.env["service_desk.clock.alert"].search([("ticket_id", "=", ticket.id)])
        self.assertEqual(rows.metric_id, response)

    def test_two_warnings_of_one_moment(self):
        self._agreement_with(AT_75, {"percent": 75, "notify_leads": True})
        ticket = self._opened()
        self._sweep("2026-03-02 12:00:00")
        self.assertEqual(self._fired(ticket), [("percent:75", "done"), ("percent:75#2", "done")])
        self.assertEqual(len(self._told(ticket)), 2)

    # -------------------------------------------------------------- exactly once
    def test_after_an_outage_once_in_order_without_a_storm(self):
        self._agreement_with(AT_75, {**AT_90, "raise_priority": True}, BREACH)
        tickets = self._opened(priority="1") | self._opened(priority="1")
        self._sweep("2026-03-03 15:00:00")
        for ticket in tickets:
            self.assertEqual(
                self._fired(ticket),
                [
                    ("percent:75", "overtaken"),
                    ("percent:90", "overtaken"),
                    ("missed", "done"),
                    ("breach", "done"),
                ],
            )
            self.assertEqual(ticket.priority, "1", "what was overtaken changes nothing any more")
        self._send_notices("2026-03-03 16:00:00")
        sent = self.env["service_desk.notice"].search(
            [("ticket_id", "in", tickets.ids), ("event", "in", ("sla_missed", "sla_warning"))]
        )
        self.assertEqual(set(sent.mapped("outcome")), {"sent"})
        for person in (self.agent, self.lead):
            mine = sent.filtered(lambda line, p=person: line.partner_id == p.partner_id)
            self.assertEqual(len(mine.message_id), 1, "one mail tells a person of all tickets")
            body = mine.message_id.body
            self.assertEqual(body.count("missed at"), 2)
            for ticket in tickets:
                self.assertIn(ticket.number, body)

    def test_a_standing_clock_warns_of_nothing(self):
        self._agreement_with(AT_75, BREACH)
        ticket = self._opened()
        with self._at("2026-03-02 11:00:00"):
            self._wait(ticket)
        self.assertEqual(self._next(ticket), "")
        self._sweep("2026-03-04 11:00:00")
        self.assertEqual(self._fired(ticket), [])
        with self._at("2026-03-04 11:00:00"):
            ticket._write_state({"state": "open"})
        self.assertEqual(self._next(ticket), "2026-03-04 12:00:00")
        self._sweep("2026-03-04 12:00:00")
        with self._at("2026-03-04 12:05:00"):
            self._wait(ticket)
        with self._at("2026-03-05 09:00:00"):
            ticket._write_state({"state": "open"})
        self._sweep("2026-03-05 09:10:00")
        self.assertEqual(self._fired(ticket), [("percent:75", "done")])

    def test_another_target_warns_once_of_the_same_part(self):
        self._agreement_with(
            AT_75, BREACH, targets={}, line_ids=[
                (0, 0, {"priority": "3", "target_ids": [(0, 0, self._target("resolution", 120))]}),
                (0, 0, {"target_ids": [(0, 0, self._target("resolution", 240))]}),
            ],
        )  # fmt: skip
        ticket = self._opened(priority="1")
        with self._at("2026-03-02 10:45:00"):
            ticket.priority = "3"
        # 75 % of two hours was at 10:30: that is due at once
        self._sweep("2026-03-02 10:45:00")
        self.assertEqual(self._fired(ticket), [("percent:75", "done")])
        with self._at("2026-03-02 10:50:00"):
            ticket.priority = "1"
        self._sweep("2026-03-02 12:30:00")
        self.assertEqual(self._fired(ticket), [("percent:75", "done")])

    def test_a_lost_row_does_not_warn_again(self):
        self._agreement_with(AT_75)
        ticket = self._opened()
        self._sweep("2026-03-02 12:00:00")
        self._clock(ticket, "resolution").unlink()
        with self._at("2026-03-02 12:10:00"):
            self.Clock._settle(ticket)
        self.assertEqual(self._next(ticket), "2026-03-02 14:00:01")
        self._sweep("2026-03-02 12:20:00")
        self.assertEqual(len(self._fired(ticket)), 1)

    def test_running_clocks_keep_their_warnings(self):
        agreement = self._agreement_with(AT_75)
        ticket = self._opened()
        agreement.alert_ids.percent = 50
        self.assertTrue(agreement.has_changes)
        agreement.action_publish()
        self._sweep("2026-03-02 11:59:00")
        self.assertEqual(self._fired(ticket), [])
        self._sweep("2026-03-02 12:00:00")
        self.assertEqual(self._fired(ticket), [("percent:75", "done")])

    def test_missed_then_solved_before_the_job_comes(self):
        self._agreement_with(AT_75, BREACH)
        ticket = self._opened()
        with self._at("2026-03-02 14:30:00"):
            ticket._write_state({"state": "solved"})
        self._sweep("2026-03-02 14:35:00")
        self.assertEqual(self._fired(ticket), [("missed", "done"), ("breach", "done")])
        self.assertEqual(self._next(ticket), "")

    def test_solved_in_time_tells_nothing(self):
        self._agreement_with(AT_75, BREACH)
        ticket = self._opened()
        with self._at("2026-03-02 11:00:00"):
            ticket._write_state({"state": "solved"})
        self._sweep("2026-03-05 11:00:00")
        self.assertEqual((self._fired(ticket), self._told(ticket)), ([], []))

    def test_solved_before_the_mail_is_made(self):
        self._agreement_with(AT_75)
        ticket = self._opened()
        self._sweep("2026-03-02 12:00:00")
        with self._at("2026-03-02 12:01:00"):
            ticket._write_state({"state": "solved"})
        self._send_notices("2026-03-02 13:00:00")
        lines = self.env["service_desk.notice"].search(
            [("ticket_id", "=", ticket.id), ("event", "=", "sla_warning")]
        )
        self.assertEqual(lines.mapped("outcome"), ["omitted"])

    # ------------------------------------------------------------------- trouble
    def test_one_that_fails_stops_no_other_and_is_tried_again(self):
        self._agreement_with(AT_75)
        broken, fine = self._opened(), self._opened()
        alerts = self.env.registry["service_desk.agreement.alert"]
        people = alerts._people

        def fail(alert, ticket):
            if ticket.id == broken.id:
                raise ValueError("broken")
            return people(alert, ticket)

        with (
            patch.object(alerts, "_people", fail),
            self.assertLogs("odoo.addons.service_desk_sla", "ERROR"),
        ):
            self._sweep("2026-03-02 12:00:00")
        self.assertEqual(self._fired(fine), [("percent:75", "done")])
        self.assertEqual(self._fired(broken), [("percent:75", False)])
        self.assertEqual(self._next(broken), "2026-03-02 12:10:00")
        self._sweep("2026-03-02 12:10:00")
        self.assertEqual(self._fired(broken), [("percent:75", "done")])
        self.assertEqual(self._told(broken), [("sla_warning", "Anna Agent")])

    def test_given_up_after_some_times(self):
        self._agreement_with(AT_75)
        ticket = self._opened()
        alerts = self.env.registry["service_desk.agreement.alert"]
        with (
            patch.object(alerts, "_people", side_effect=ValueError("broken")),
            self.assertLogs("odoo.addons.service_desk_sla", "ERROR") as logs,
        ):
            for hour in range(9, 17):
                self._sweep(f"2026-03-03 {hour:02d}:00:00")
        self.assertEqual(len(logs.records), sweep.MAX_ATTEMPTS)
        self.assertIn(("percent:75", "failed"), self._fired(ticket))

    def test_a_clock_that_was_set_is_not_believed_at_once(self):
        with patch.dict(sweep._last, clear=True):
            with patch("time.time", return_value=1e9), patch("time.monotonic", return_value=100):
                self.assertFalse(self.Clock._clock_was_set())
            with (
                patch("time.time", return_value=1e9 + 3e7),
                patch("time.monotonic", return_value=160),
            ):
                self.assertTrue(self.Clock._clock_was_set())
            with (
                patch("time.time", return_value=1e9 + 3e7),
                patch("time.monotonic", return_value=760),
            ):
                self.assertFalse(self.Clock._clock_was_set(), "it has stayed so")

    # --------------------------------------------------------------------- cost
    def test_queries_do_not_grow_with_the_clocks(self):
        self._agreement_with(AT_75)
        few = self._opened() | self._opened()
        many = self.env["service_desk.ticket"].browse()
        for _number in range(12):
            many |= self._opened()

        def cost(tickets):
            clocks = self._clock_of(tickets)
            with self._at("2026-03-02 12:00:00"):
                return self._queries(clocks._sweep, fields.Datetime.now())

        # a savepoint (2), the notice, why it was told, and with the first of a person who he is
        self.assertLessEqual(cost(many) - cost(few), 7 * 10)

    def _clock_of(self, tickets):
        return self.Clock.search([("ticket_id", "in", tickets.ids)])

    def test_the_job_is_woken_at_the_moment(self):
        self._agreement_with(AT_75)
        cron = self.env.ref("service_desk_sla.ir_cron_sweep_clocks")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        triggers.unlink()
        self._opened()
        self._end_of_transaction()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual([str(at) for at in triggers.mapped("call_at")], ["2026-03-02 12:00:00"])
