from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .escalation_common import MONDAY, EscalationCommon

NIGHT = datetime(2026, 3, 3, 2, 0)  # 03:00 in Berlin


@tagged("post_install", "-at_install")
class TestOncall(EscalationCommon):
    """At three in the night the right person is called, and the next one after ten minutes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(MONDAY - timedelta(days=1)):
            cls.rota = cls.env["service_desk.oncall"].create(
                {
                    "name": "Night",
                    "team_id": cls.team_it.id,
                    "tz": "Europe/Berlin",
                    "ack_minutes": 10,
                    "weeks_ahead": 4,
                    "pattern_ids": [
                        (0, 0, cls._pattern(cls.agent)),
                        (0, 0, cls._pattern(cls.agent2, rank=2)),
                    ],
                }
            )
        cls._ladder(
            {
                "trigger": "unassigned",
                "minutes": 0,
                "notify_leads": False,
                "call_oncall": True,
            },
            min_priority="3",
            around_the_clock=True,
        )

    @classmethod
    def _pattern(cls, user, **vals):
        """A week from Monday 9:00 to Monday 9:00."""
        return {"user_id": user.id, "weekday": "0", "end_weekday": "0", **vals}

    def _sev1(self, moment=NIGHT):
        ticket = self._ticket_at(moment, priority="3")
        self._run(moment)
        return ticket

    def _calls(self, ticket):
        return ticket.oncall_call_ids.sorted("id").mapped(
            lambda call: (call.user_id.name, call.state)
        )

    # --------------------------------------------------------------------- calls
    def test_sev1_at_three_in_the_night(self):
        ticket = self._sev1()
        self.assertEqual(self._calls(ticket), [("Anna Agent", "ringing")])
        self.assertEqual(ticket.oncall_call_ids.due_at, NIGHT + timedelta(minutes=10))
        self.assertIn(NIGHT + timedelta(minutes=10), self._wake_ups("ir_cron_ring_oncall"))
        self._run(NIGHT + timedelta(minutes=9), "ir_cron_ring_oncall")
        self.assertEqual(len(self._calls(ticket)), 1)
        self._run(NIGHT + timedelta(minutes=10), "ir_cron_ring_oncall")
        self.assertEqual(
            self._calls(ticket), [("Anna Agent", "missed"), ("Boris Agent", "ringing")]
        )
        self.assertIn(
            "Anna Agent did not acknowledge; Boris Agent was called.",
            ticket.decision_ids.mapped("text"),
        )

    def test_notice_leaves_at_once(self):
        ticket = self._sev1()
        self.env.cr.flush()
        line = self.env["service_desk.notice"].search(
            [("ticket_id", "=", ticket.id), ("event", "=", "called")]
        )
        self.assertEqual(line.partner_id, self.agent.partner_id)
        self.assertEqual(line.due_at, NIGHT)
        self.env["service_desk.notice.preference"].create(
            {"event": "escalated", "company_id": self.company.id, "mode": "never"}
        )
        self.agent.notification_type = "email"
        before = self.env["mail.mail"].search([])
        self._run(NIGHT, "ir_cron_send_notices")
        mails = self.env["mail.mail"].search([]) - before
        mail = mails.filtered(lambda mail: self.agent.partner_id in mail.recipient_ids)
        self.assertIn("the next person is called", mail.body_html)

    def test_whole_chain_then_the_leads_are_told(self):
        self._profile(self.agent, manager_id=self.manager.id)
        ticket = self._sev1()
        for number in range(1, 6):
            self._run(NIGHT + timedelta(minutes=10 * number), "ir_cron_ring_oncall")
        self.assertEqual(
            self._calls(ticket),
            [
                ("Anna Agent", "missed"),
                ("Boris Agent", "missed"),
                ("Lena Lead", "missed"),
                ("Max Manager", "missed"),
            ],
        )
        self.assertEqual(self._told(ticket), ["Lena Lead"])
        self.assertIn(
            "Nobody acknowledged: Anna Agent, Boris Agent, Lena Lead, Max Manager. The leads were told.",
            ticket.decision_ids.mapped("text"),
        )

    def test_outage_calls_the_next_one_once(self):
        ticket = self._sev1()
        later = NIGHT + timedelta(hours=6)
        self._run(later, "ir_cron_ring_oncall")
        self._run(later, "ir_cron_ring_oncall")
        self.assertEqual(len(self._calls(ticket)), 2)
        self.assertEqual(
            ticket.oncall_call_ids.sorted("id")[-1].due_at, later + timedelta(minutes=10)
        )

    # ------------------------------------------------------------ acknowledgement
    def test_acknowledging_stops_and_takes_the_ticket(self):
        ticket = self._sev1()
        with freeze_time(NIGHT + timedelta(minutes=4)):
            ticket.oncall_call_ids.with_user(self.agent).action_acknowledge()
        self._run(NIGHT + timedelta(minutes=10), "ir_cron_ring_oncall")
        call = ticket.oncall_call_ids
        self.assertEqual(self._calls(ticket), [("Anna Agent", "acknowledged")])
        self.assertEqual(call.acknowledged_at, NIGHT + timedelta(minutes=4))
        self.assertEqual(call.acknowledged_by_id, self.agent)
        self.assertEqual(ticket.user_id, self.agent)
        self.assertIn("Anna Agent acknowledged after 4 min.", ticket.decision_ids.mapped("text"))

    def test_late_acknowledgement_stops_the_next(self):
        ticket = self._sev1()
        self._run(NIGHT + timedelta(minutes=10), "ir_cron_ring_oncall")
        first = ticket.oncall_call_ids.sorted("id")[0]
        with freeze_time(NIGHT + timedelta(minutes=12)):
            first.with_user(self.agent).action_acknowledge()
        self.assertEqual(
            self._calls(ticket), [("Anna Agent", "missed"), ("Boris Agent", "acknowledged")]
        )
        self.assertEqual(ticket.user_id, self.agent)

    def test_second_click_changes_nothing(self):
        ticket = self._sev1()
        ticket.with_user(self.agent).action_acknowledge_call()
        ticket.with_user(self.agent2).action_acknowledge_call()
        self.assertEqual(ticket.oncall_call_ids.acknowledged_by_id, self.agent)
        self.assertEqual(ticket.user_id, self.agent)

    def test_taking_or_answering_or_closing_stops_it(self):
        for act in (
            lambda t: t.with_user(self.agent2).action_assign_to_me(),
            lambda t: t.with_user(self.agent2).message_post(
                body="On it", message_type="comment", subtype_xmlid="mail.mt_comment"
            ),
            lambda t: t.with_user(self.agent2).action_cancel(),
        ):
            ticket = self._sev1()
            act(ticket)
            self.assertEqual(self._calls(ticket), [("Anna Agent", "stopped")])

    def test_only_who_sees_the_ticket(self):
        """A confidential ticket rings for nobody who may not read it."""
        ticket = self._ticket_at(NIGHT, priority="3", is_confidential=True)
        self._run(NIGHT)
        self.assertEqual(self._calls(ticket), [("Lena Lead", "ringing")])
        call = ticket.oncall_call_ids
        for user in (self.agent, self.auditor, self.employee, self.portal_a):
            with self.assertRaises(AccessError):
                call.with_user(user).action_acknowledge()
        self.assertEqual(
            self.env["service_desk.oncall.call"].with_user(self.agent).get_ringing_calls(), []
        )

    def test_popup_of_the_called_person(self):
        ticket = self._sev1()
        calls = self.env["service_desk.oncall.call"].with_user(self.agent).get_ringing_calls()
        self.assertEqual([call["number"] for call in calls], [ticket.number])
        self.assertFalse(
            self.env["service_desk.oncall.call"].with_user(self.agent2).get_ringing_calls()
        )
        self.assertTrue(ticket.is_ringing)
        self.assertEqual(ticket.ringing_user_id, self.agent)

    def test_second_step_does_not_ring_twice(self):
        ticket = self._sev1()
        with freeze_time(NIGHT):
            self.env["service_desk.oncall.call"]._begin(ticket, self.rota)
        self.assertEqual(len(self._calls(ticket)), 1)

    # --------------------------------------------------------------------- shifts
    def test_who_is_on_duty(self):
        with freeze_time(NIGHT):
            self.assertEqual(self.rota.on_duty_ids, self.agent | self.agent2)
            self.assertEqual(self.team_it.on_duty_id, self.agent)
        self.env["service_desk.oncall.shift"].create(
            {
                "oncall_id": self.rota.id,
                "user_id": self.lead.id,
                "start_at": NIGHT - timedelta(hours=1),
                "end_at": NIGHT + timedelta(hours=1),
            }
        )
        duty = self.rota._on_duty(NIGHT)[self.rota.id]
        self.assertEqual(duty.mapped("name"), ["Lena Lead", "Boris Agent"])

    def test_hours_follow_the_clock_of_the_rota(self):
        starts = self.rota.shift_ids.filtered(lambda shift: shift.rank == 1).mapped("start_at")
        self.assertIn(datetime(2026, 3, 23, 8, 0), starts)
        with freeze_time(datetime(2026, 3, 20)):
            self.rota.action_plan()
        starts = self.rota.shift_ids.filtered(lambda shift: shift.rank == 1).mapped("start_at")
        self.assertIn(datetime(2026, 3, 30, 7, 0), starts, "summer time")

    def test_turns_of_two_weeks(self):
        with freeze_time(MONDAY - timedelta(days=1)):
            self.rota.pattern_ids.unlink()
            self.rota.pattern_ids = [
                (0, 0, self._pattern(self.agent, every_weeks=2, first_date="2026-03-02")),
                (0, 0, self._pattern(self.agent2, every_weeks=2, first_date="2026-03-09")),
            ]
        people = [
            self.rota._on_duty(NIGHT + timedelta(weeks=week))[self.rota.id].name
            for week in range(4)
        ]
        self.assertEqual(people, ["Anna Agent", "Boris Agent"] * 2)

    def test_night_shift_over_midnight(self):
        with freeze_time(MONDAY):
            self.rota.pattern_ids.unlink()
            self.rota.pattern_ids = [
                (
                    0,
                    0,
                    self._pattern(
                        self.agent, weekday="6", hour_from=20, end_weekday="0", hour_to=8
                    ),
                )
            ]
        sunday_night = datetime(2026, 3, 8, 23, 0)
        self.assertEqual(self.rota._on_duty(sunday_night)[self.rota.id], self.agent)
        self.assertFalse(self.rota._on_duty(sunday_night + timedelta(hours=9)))

    def test_planning_anew_keeps_what_was_changed_by_hand(self):
        with freeze_time(MONDAY):
            self.rota.action_plan()
            first = self.rota.shift_ids.filtered(lambda s: s.rank == 1).sorted("start_at")[1]
            first.with_user(self.agent2).action_take()
            self.assertEqual(first.user_id, self.agent2)
            count = len(self.rota.shift_ids)
            self.rota.action_plan()
            self._run(MONDAY, "ir_cron_plan_oncall")
        self.assertEqual(first.user_id, self.agent2)
        self.assertTrue(first.is_manual)
        self.assertEqual(len(self.rota.shift_ids), count)

    def test_taking_and_swapping(self):
        with freeze_time(MONDAY):
            first, second = self.rota.shift_ids.sorted("id")[:2]
            first.user_id, second.user_id = self.agent, self.agent2
            with self.assertRefused(UserError, "your own teams"):
                first.with_user(self.manager).action_take()
            with self.assertRaises(AccessError):
                first.with_user(self.agent).write({"user_id": self.agent2.id})
            with self.assertRefused(UserError, "two shifts"):
                first.with_user(self.lead).action_swap()
            (first | second).with_user(self.lead).action_swap()
            self.assertEqual((first | second).mapped("user_id.name"), ["Boris Agent", "Anna Agent"])
        with freeze_time(MONDAY + timedelta(weeks=9)):
            self.env.invalidate_all()
            with self.assertRefused(UserError, "not over yet"):
                first.with_user(self.agent).action_take()

    def test_wrong_rotas_are_refused(self):
        with self.assertRefused(ValidationError, "cannot be on duty"):
            self.rota.pattern_ids = [(0, 0, self._pattern(self.employee))]
        with self.assertRefused(ValidationError, "cannot be on duty"):
            self.env["service_desk.oncall"].create(
                {
                    "name": "x",
                    "team_id": self.team_private.id,
                    "pattern_ids": [(0, 0, self._pattern(self.agent))],
                }
            )
        with self.assertRefused(ValidationError, "needs the first week"):
            self.rota.pattern_ids[0].write({"every_weeks": 2, "first_date": False})
