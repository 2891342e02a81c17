"""Clocks counted anew: by order or because working hours changed, in steps, with a log."""

from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .audit_common import AuditCommon

RUN = "odoo.addons.service_desk_sla.models.audit.service_desk_clock_rebuild_run"


@tagged("post_install", "-at_install")
class TestRebuild(AuditCommon):
    def _publish(self, **minutes):
        """Let the agreement promise something else from now on."""
        for target in self.standard.line_ids.target_ids:
            target.amount = minutes.get(target.metric_id.code, target.amount)
        self.standard.action_publish()

    # ---------------------------------------------------------------- versions
    def test_running_clocks_keep_their_version(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        self._publish(resolution=120)
        with self._at("2026-03-02 10:00:00"):
            ticket.write({"user_id": self.agent.id})
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 13:00:00")
        after = self._ticket_at("2026-03-02 09:00:00")
        self.assertDue(self._clock(after, "resolution"), "2026-03-02 11:00:00")

    def test_the_present_version_from_now_on(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        old = self.standard.version_id
        self._publish(resolution=480)
        with self._at("2026-03-02 10:00:00"):
            rebuild = self._rebuild(agreements=self.standard)
            self._run_rebuilds()
        clock = self._clock(ticket, "resolution")
        self.assertDue(clock, "2026-03-02 18:00:00")
        self.assertEqual(
            [target["version_id"] for target in clock.targets],
            [old.id, self.standard.version_id.id],
        )
        self.assertRecordValues(
            rebuild,
            [
                {
                    "state": "done",
                    "ticket_count": 1,
                    "done_count": 1,
                    "changed_count": 1,
                    "progress": 100,
                }
            ],
        )
        line = rebuild.line_ids.filtered(lambda line: line.metric_id.code == "resolution")
        self.assertRecordValues(
            line,
            [
                {
                    "due_before": self._moment("2026-03-02 13:00:00"),
                    "due_after": self._moment("2026-03-02 18:00:00"),
                }
            ],
        )
        self.assertIn("A test", ticket.decision_ids.filtered(lambda d: d.kind == "clock")[0].text)

    def test_the_present_version_from_the_beginning(self):
        ticket = self._ticket_at("2026-03-02 09:00:00")
        self._publish(resolution=120)
        with self._at("2026-03-02 12:00:00"):
            self._rebuild(agreements=self.standard, since="beginning")
            self._run_rebuilds()
            clock = self._clock(ticket, "resolution")
            self.assertDue(clock, "2026-03-02 11:00:00")
            self.assertEqual(clock.missed_at, self._moment("2026-03-02 11:00:00"))
            self.assertEqual(clock.version_id, self.standard.version_id)
            again = self._rebuild(agreements=self.standard, since="beginning")
            self._run_rebuilds()
            self.assertFalse(again.line_ids)
        self.assertSettled(ticket, "2026-03-02 12:00:00")

    def test_after_a_change_of_priority_each_row_from_its_moment(self):
        rows = [({"priority": "3"}, {"resolution": 60})]
        other = self._create_agreement(
            {"resolution": 240}, lines=rows, name="By priority", sequence=1
        )
        ticket = self._ticket_at("2026-03-02 09:00:00", impact="1", urgency="1")
        with self._at("2026-03-02 09:30:00"):
            ticket.write({"impact": "3", "urgency": "3"})
        self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 10:00:00")
        for target in other.line_ids.target_ids:
            target.amount *= 2
        other.action_publish()
        with self._at("2026-03-02 09:40:00"):
            self._rebuild(agreements=other, since="beginning")
            self._run_rebuilds()
        clock = self._clock(ticket, "resolution")
        self.assertDue(clock, "2026-03-02 11:00:00")
        self.assertEqual([target["seconds"] for target in clock.targets], [480 * 60, 120 * 60])

    # ------------------------------------------------------------------- hours
    def _close_tuesday(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Stocktaking",
                "calendar_id": self.office.id,
                "date_from": "2026-03-03 00:00:00",
                "date_to": "2026-03-03 23:59:59",
            }
        )
        self.env.cr.precommit.run()

    def test_changed_hours_are_one_rebuild_a_minute_later(self):
        running = self._ticket_at("2026-03-02 16:00:00")
        stopped = self._ticket_at("2026-03-02 16:00:00")
        with self._at("2026-03-03 09:30:00"):
            self._answer(stopped)
            stopped._write_state({"state": "solved", "resolution": "<p>Done</p>"})
        before = self._plain_rows(stopped)
        with self._at("2026-03-03 10:00:00"):
            self._close_tuesday()
            self.office.attendance_ids[0].hour_from = 8
            self.env.cr.precommit.run()
        rebuild = self.rebuilds.search([("kind", "=", "hours")])
        self.assertRecordValues(
            rebuild,
            [{"state": "waiting", "user_id": False, "calendar_ids": self.office.ids,
              "start_at": self._moment("2026-03-03 10:01:00")}],
        )  # fmt: skip
        with self._at("2026-03-03 10:00:30"):
            self._run_rebuilds()
        self.assertEqual(rebuild.state, "waiting")
        with self._at("2026-03-03 10:01:00"):
            self._run_rebuilds()
        self.assertEqual(rebuild.state, "done")
        self.assertDue(self._clock(running, "resolution"), "2026-03-04 11:00:00")
        self.assertEqual(self._plain_rows(stopped), before, "what has stopped keeps what was found")
        self.assertEqual(rebuild.line_ids.ticket_id, running)

    def test_stopped_clocks_only_when_asked_for(self):
        ticket = self._ticket_at("2026-03-02 16:00:00")
        with self._at("2026-03-03 17:00:00"):
            ticket._write_state({"state": "solved", "resolution": "<p>Done</p>"})
        self.assertTrue(self._clock(ticket, "resolution").is_missed)
        self._close_tuesday()
        self._rebuild(calendars=self.office)
        self._run_rebuilds()
        self.assertTrue(self._clock(ticket, "resolution").is_missed)
        self._rebuild(calendars=self.office, scope="all")
        self._run_rebuilds()
        self.assertFalse(self._clock(ticket, "resolution").is_missed)

    def test_other_calendars_and_companies_are_left_alone(self):
        ticket = self._ticket_at("2026-03-02 16:00:00")
        other = self._create_calendar("Other", "UTC")
        rebuild = self._rebuild(calendars=other, tickets=None)
        self._run_rebuilds()
        self.assertRecordValues(rebuild, [{"state": "done", "ticket_count": 0}])
        self.assertFalse(rebuild.line_ids.filtered(lambda line: line.ticket_id == ticket))

    # ------------------------------------------------------------------- steps
    def test_a_killed_run_goes_on_where_it_was(self):
        tickets = self.env["service_desk.ticket"].concat(
            *(self._ticket_at("2026-03-02 09:00:00") for _index in range(5))
        )
        self._publish(resolution=480)
        with self._at("2026-03-02 10:00:00"):
            rebuild = self._rebuild(agreements=self.standard).sudo()
            self.assertTrue(rebuild._run_step(2))
            self.assertRecordValues(
                rebuild,
                [
                    {
                        "state": "running",
                        "done_count": 2,
                        "last_ticket_id": tickets.ids[3],
                        "progress": 40,
                    }
                ],
            )
            self._run_rebuilds()
        self.assertRecordValues(rebuild, [{"state": "done", "done_count": 5, "changed_count": 5}])
        for ticket in tickets:
            self.assertDue(self._clock(ticket, "resolution"), "2026-03-02 18:00:00")
        counted = rebuild.line_ids.filtered(lambda line: line.metric_id.code == "resolution")
        self.assertEqual(len(counted), 5, "each ticket once")

    def test_one_broken_ticket_stops_no_other(self):
        tickets = self._ticket_at("2026-03-02 09:00:00") | self._ticket_at("2026-03-02 09:00:00")
        self._publish(resolution=480)
        settle = type(self.Clock)._settle

        def fail(clocks, found, *args, **kwargs):
            if tickets[0] in found:
                raise ValueError("broken")
            return settle(clocks, found, *args, **kwargs)

        with (
            self._at("2026-03-02 10:00:00"),
            patch.object(type(self.Clock), "_settle", fail),
            mute_logger(RUN),
        ):
            rebuild = self._rebuild(agreements=self.standard)
            self._run_rebuilds()
        failed = rebuild.line_ids.filtered(lambda line: line.outcome == "failed")
        self.assertEqual(failed.ticket_id, tickets[0])
        self.assertDue(self._clock(tickets[1], "resolution"), "2026-03-02 18:00:00")
        self.assertDue(self._clock(tickets[0], "resolution"), "2026-03-02 13:00:00")
        self.assertEqual(rebuild.state, "done")

    # ---------------------------------------------------------------- refusals
    def test_who_may_order_it_and_what_it_must_say(self):
        with self.assertRefused(AccessError, "managers"):
            self.rebuilds.with_user(self.lead)._request(agreements=self.standard, reason="x")
        for sentence, kwargs in (
            ("Say why", {"agreements": self.standard, "reason": " "}),
            ("Name the agreements", {}),
            (
                "never put in force",
                {"agreements": self._create_agreement({"resolution": 1}, publish=False)},
            ),
        ):
            with self.subTest(sentence=sentence), self.assertRefused(UserError, sentence):
                self._rebuild(**kwargs)
        rebuild = self._rebuild(agreements=self.standard)
        for call in (
            lambda: rebuild.write({"reason": "other"}),
            rebuild.unlink,
            lambda: rebuild.create({"kind": "hours", "reason": "x"}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_the_dialog_counts_and_orders(self):
        self._ticket_at("2026-03-02 09:00:00")
        request = (
            self.env["service_desk.clock.rebuild.request"]
            .with_user(self.manager)
            .create({"agreement_ids": [(6, 0, self.standard.ids)], "reason": "New contract"})
        )
        self.assertEqual(request.ticket_count, 1)
        request.kind = "tickets"
        self.assertEqual(request.ticket_count, 0)
        request.kind = "agreement"
        action = request.action_confirm()
        rebuild = self.rebuilds.browse(action["res_id"])
        self.assertRecordValues(
            rebuild, [{"kind": "agreement", "reason": "New contract", "user_id": self.manager.id}]
        )
        self.assertLessEqual(rebuild.start_at, fields.Datetime.now())
