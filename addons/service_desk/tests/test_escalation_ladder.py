from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .escalation_common import MONDAY, EscalationCommon


@tagged("post_install", "-at_install")
class TestLadder(EscalationCommon):
    """Each step fires once, at the right working minute."""

    def _mail_ticket(self, moment=MONDAY, **vals):
        return self._ticket_at(moment, channel="email", **vals)

    # ---------------------------------------------------------------- when it fires
    def test_no_answer(self):
        self._ladder({"trigger": "no_answer", "minutes": 30})
        ticket = self._mail_ticket()
        timer = self._timers(ticket)
        self.assertEqual(timer.due_at, MONDAY + timedelta(minutes=30))
        self.assertIn(timer.due_at, self._wake_ups("ir_cron_fire_escalations"))
        self._run(MONDAY + timedelta(minutes=29))
        self.assertFalse(ticket.escalation_step)
        self._run(MONDAY + timedelta(minutes=30))
        self.assertEqual(ticket.escalation_step, 1)
        self.assertEqual(self._told(ticket), ["Lena Lead"])
        self._run(MONDAY + timedelta(minutes=31))
        self.assertEqual(self._told(ticket), ["Lena Lead"], "a step fires once")
        self.assertIn(
            "Step 1 of “Ladder”: The requester waits for an answer: 30 min. Told: Lena Lead.",
            ticket.decision_ids.mapped("text"),
        )

    def test_answer_stops_it_and_a_new_question_begins_anew(self):
        self._ladder({"trigger": "no_answer", "minutes": 30})
        ticket = self._mail_ticket()
        with freeze_time(MONDAY + timedelta(minutes=10)):
            ticket.with_user(self.agent).message_post(
                body="We look", message_type="comment", subtype_xmlid="mail.mt_comment"
            )
        self.assertFalse(self._timers(ticket))
        with freeze_time(MONDAY + timedelta(minutes=60)):
            ticket.message_post(
                body="And?",
                author_id=self.customer_a.id,
                message_type="email",
                subtype_xmlid="mail.mt_comment",
            )
        self.assertEqual(self._timers(ticket).due_at, MONDAY + timedelta(minutes=90))

    def test_weekend_and_summer_time(self):
        self._ladder({"trigger": "no_answer", "minutes": 120})
        friday = datetime(2026, 3, 27, 15, 30)  # 16:30 in Berlin, half an hour before the end
        ticket = self._mail_ticket(friday)
        # Monday 9:00 in Berlin is 7:00 UTC now that summer time has begun
        self.assertEqual(self._timers(ticket).due_at, datetime(2026, 3, 30, 8, 30))

    def test_holiday(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "date_from": "2026-03-02 00:00:00",
                "date_to": "2026-03-03 00:00:00",
            }
        )
        self._ladder({"trigger": "no_answer", "minutes": 30})
        ticket = self._mail_ticket()
        self.assertEqual(self._timers(ticket).due_at, datetime(2026, 3, 3, 8, 30))

    def test_around_the_clock(self):
        self._ladder({"trigger": "unassigned", "minutes": 10}, around_the_clock=True)
        night = datetime(2026, 3, 1, 2, 0)
        ticket = self._ticket_at(night)
        self.assertEqual(self._timers(ticket).due_at, night + timedelta(minutes=10))

    def test_unassigned(self):
        self._ladder({"trigger": "unassigned", "minutes": 60})
        ticket = self._ticket_at(MONDAY)
        self.assertEqual(self._timers(ticket).due_at, MONDAY + timedelta(hours=1))
        self._write_at(MONDAY + timedelta(minutes=5), ticket, user_id=self.agent.id)
        self.assertFalse(self._timers(ticket))
        self._write_at(MONDAY + timedelta(minutes=20), ticket, user_id=False)
        self.assertEqual(self._timers(ticket).due_at, MONDAY + timedelta(minutes=80))

    def test_idle(self):
        self._ladder({"trigger": "idle", "minutes": 60})
        ticket = self._ticket_at(MONDAY, user_id=self.agent.id)
        self._write_at(MONDAY + timedelta(minutes=20), ticket, state="open")
        self.assertEqual(self._timers(ticket).due_at, MONDAY + timedelta(minutes=80))
        self._write_at(MONDAY + timedelta(minutes=30), ticket, state="waiting")
        self.assertFalse(self._timers(ticket), "while it waits nobody is late")

    def test_around_the_promise(self):
        self._ladder(
            {"trigger": "before_promise", "minutes": 60},
            {"trigger": "after_promise", "minutes": 0, "notify_assignee": True},
        )
        promised = datetime(2026, 3, 3, 8, 30)  # half an hour after the team's morning begins
        ticket = self._ticket_at(MONDAY, next_update_at=promised)
        self.assertEqual(
            self._timers(ticket).mapped("due_at"), [datetime(2026, 3, 2, 15, 30), promised]
        )
        self._write_at(MONDAY, ticket, next_update_at=MONDAY + timedelta(minutes=30))
        self.assertEqual(
            self._timers(ticket).mapped("due_at"),
            [MONDAY + timedelta(minutes=30)],
            "a promise shorter than its warning warns nobody",
        )

    def test_reopened(self):
        self._ladder({"trigger": "reopened", "times": 2})
        ticket = self._ticket_at(MONDAY)
        for number in (1, 2, 3):
            moment = MONDAY + timedelta(hours=number)
            self._write_at(moment, ticket, state="solved")
            self._write_at(moment, ticket, state="open")
            self._run(moment)
            self.assertEqual(len(self._told(ticket)), 0 if number == 1 else 1)

    def test_bad_rating(self):
        self._ladder({"trigger": "rating", "max_rating": 2})
        ticket = self._ticket_at(MONDAY, state="solved")
        for value, told in ((5, 0), (1, 1)):
            rating = self.env["rating.rating"].create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(ticket._name),
                    "res_id": ticket.id,
                    "partner_id": self.customer_a.id,
                }
            )
            with freeze_time(MONDAY):
                ticket.rating_apply(value, rating=rating, feedback="So so")
            self._run(MONDAY)
            self.assertEqual(len(self._told(ticket)), told)
        self.assertFalse(ticket.escalation_step, "the work has ended")

    # ------------------------------------------------------------------ what it does
    def test_steps_in_order_with_all_they_do(self):
        owner = self.agent2
        service = self.env["service_desk.service"].create({"name": "Tills", "owner_id": owner.id})
        line2 = self.env["service_desk.team"].create({"name": "Engineers", "line": "2"})
        self.team_it.write({"line": "1", "next_team_id": line2.id})
        self._ladder(
            {"trigger": "idle", "minutes": 30, "notify_assignee": True, "notify_leads": False},
            {
                "trigger": "idle",
                "minutes": 60,
                "notify_leads": False,
                "notify_owner": True,
                "raise_priority": True,
                "owner_follows": True,
            },
            {"trigger": "idle", "minutes": 90, "reassign": "next_line"},
            service_ids=[(6, 0, service.ids)],
        )
        part = self.env["service_desk.service"].create(
            {"name": "Scanners", "parent_id": service.id}
        )
        ticket = self._ticket_at(MONDAY, user_id=self.agent.id, service_id=part.id, priority="1")
        self._run(MONDAY + timedelta(minutes=30))
        self.assertEqual(self._told(ticket), ["Anna Agent"])
        self._run(MONDAY + timedelta(minutes=60))
        self.assertEqual(self._told(ticket), ["Anna Agent", "Boris Agent"])
        self.assertEqual(ticket.priority, "2")
        self.assertIn(owner.partner_id, ticket.message_partner_ids)
        self.assertEqual(ticket.escalation_step, 2)
        self._run(MONDAY + timedelta(minutes=90))
        self.assertEqual(ticket.team_id, line2)
        self.assertFalse(ticket.user_id)
        self.assertEqual(ticket.escalation_step, 3)
        self.assertIn(
            "Ladder handed it over from “L1 IT” to “L2 Engineers”: The time of this line is up",
            ticket.decision_ids.mapped("text"),
        )
        self._write_at(MONDAY + timedelta(hours=2), ticket, state="solved")
        self.assertFalse(ticket.escalation_step)
        self.assertFalse(self._timers(ticket).filtered(lambda timer: not timer.fired_at))

    def test_deputy_hears_for_who_is_away(self):
        self._profile(self.lead, accepts_work=False, deputy_id=self.agent2.id)
        self._ladder({"trigger": "no_answer", "minutes": 30})
        ticket = self._mail_ticket()
        self._run(MONDAY + timedelta(minutes=30))
        self.assertEqual(self._told(ticket), ["Boris Agent"])

    def test_manager_of_the_assignee(self):
        self._profile(self.agent, manager_id=self.manager.id)
        self._ladder(
            {"trigger": "no_answer", "minutes": 30, "notify_leads": False, "notify_manager": True}
        )
        ticket = self._mail_ticket(user_id=self.agent.id)
        self._run(MONDAY + timedelta(minutes=30))
        self.assertEqual(self._told(ticket), ["Max Manager"])

    def test_nobody_is_told_of_what_he_may_not_see(self):
        self._ladder(
            {
                "trigger": "no_answer",
                "minutes": 30,
                "notify_leads": False,
                "notify_user_ids": [(6, 0, (self.employee | self.agent).ids)],
            },
            team_ids=[(6, 0, self.team_private.ids)],
        )
        ticket = self._mail_ticket(team_id=self.team_private.id)
        self._run(MONDAY + timedelta(minutes=30))
        told = self._told(ticket)
        self.assertTrue(told, "managers, where the team has no lead")
        self.assertFalse({"Egor Employee", "Anna Agent"} & set(told))

    def test_reassign_to_a_person_and_by_method(self):
        ladder = self._ladder(
            {
                "trigger": "unassigned",
                "minutes": 10,
                "reassign": "person",
                "reassign_user_id": self.agent2.id,
            }
        )
        ticket = self._ticket_at(MONDAY)
        self._run(MONDAY + timedelta(minutes=10))
        self.assertEqual(ticket.user_id, self.agent2)
        ladder.rung_ids.write({"trigger": "idle", "reassign": "release"})
        self._run(MONDAY, "ir_cron_rearm_escalations")
        self._run(MONDAY + timedelta(minutes=21))
        self.assertFalse(ticket.user_id)

    # ------------------------------------------------------------------ which ladder
    def test_first_that_fits(self):
        self._ladder({"minutes": 10}, name="urgent", min_priority="3", sequence=1)
        self._ladder({"minutes": 20}, name="incidents", type_ids=[(6, 0, self.type_incident.ids)])
        self._ladder({"minutes": 30}, name="all")
        for vals, minutes in (
            ({"priority": "3"}, 10),
            ({"type_id": self.type_incident.id}, 20),
            ({}, 30),
        ):
            ticket = self._mail_ticket(**vals)
            self.assertEqual(self._timers(ticket).due_at, MONDAY + timedelta(minutes=minutes))
        self._write_at(MONDAY, ticket, priority="3")
        self.assertEqual(self._timers(ticket).due_at, MONDAY + timedelta(minutes=10))
        self.assertFalse(self._timers(self._mail_ticket(team_id=self.team_private.id)))

    def test_change_of_a_ladder_counts_open_tickets_anew(self):
        ladder = self._ladder({"minutes": 30})
        ticket = self._mail_ticket()
        self._timers(ticket)
        ladder.rung_ids.minutes = 45
        self.assertTrue(self._wake_ups("ir_cron_rearm_escalations"))
        self._run(MONDAY, "ir_cron_rearm_escalations")
        self.assertEqual(self._timers(ticket).due_at, MONDAY + timedelta(minutes=45))
        ladder.active = False
        self._run(MONDAY, "ir_cron_rearm_escalations")
        self.assertFalse(self._timers(ticket))

    def test_killed_count_goes_on_where_it_was(self):
        ladder = self._ladder({"minutes": 30})
        tickets = self._mail_ticket() | self._mail_ticket() | self._mail_ticket()
        self._timers(tickets)
        ladder.rung_ids.minutes = 45
        self.env["ir.config_parameter"].set_param(
            "service_desk.escalation_rearm_from", str(max(tickets.ids))
        )
        self._run(MONDAY, "ir_cron_rearm_escalations")
        self.assertEqual(
            sorted(timer.due_at.minute for timer in self._timers(tickets)), [30, 45, 45]
        )

    # ---------------------------------------------------------------- when things break
    def test_day_without_server(self):
        self._ladder({"minutes": 30}, {"minutes": 60, "notify_user_ids": [(6, 0, self.agent.ids)]})
        tickets = self._mail_ticket() | self._mail_ticket()
        self._timers(tickets)
        later = MONDAY + timedelta(days=1)
        self._run(later)
        self.assertEqual(tickets.mapped("escalation_step"), [2, 2])
        self.env["service_desk.notice"].search([]).due_at = later
        before = self.env["mail.mail"].search([])
        self._run(later + timedelta(minutes=5), "ir_cron_send_notices")
        mails = self.env["mail.mail"].search([]) - before
        to_lead = mails.filtered(lambda mail: self.lead.partner_id in mail.recipient_ids)
        self.assertEqual(len(to_lead), 1, "one mail tells a person of all tickets")
        for ticket in tickets:
            self.assertIn(ticket.number, to_lead.body_html)
        self.assertIn("Step 2 of", to_lead.body_html)
        self._run(later + timedelta(minutes=6))
        self.assertEqual(len(self._timers(tickets).filtered("fired_at")), 4)

    @mute_logger("odoo.addons.service_desk.models.escalation.service_desk_escalation_fire")
    def test_one_that_fails_stops_no_other(self):
        self._ladder({"minutes": 30})
        broken, sound = self._mail_ticket(), self._mail_ticket()
        self._timers(broken | sound)
        rungs = type(self.env["service_desk.escalation.rung"])
        act = rungs._act

        def _act(rung, ticket):
            act(rung, ticket)
            if ticket == broken:
                raise ValueError("broken after all was done")

        moment = MONDAY + timedelta(minutes=30)
        with patch.object(rungs, "_act", _act):
            self._run(moment)
        self.assertEqual(sound.escalation_step, 1)
        self.assertEqual(broken.escalation_step, 0, "nothing is half done")
        self.assertEqual(self._told(broken | sound), ["Lena Lead"])
        timer = self._timers(broken)
        self.assertEqual((timer.attempts, timer.due_at), (1, moment + timedelta(minutes=10)))
        self._run(moment + timedelta(minutes=10))
        self.assertEqual(broken.escalation_step, 1)
        self.assertEqual(len(self._told(broken)), 1)

    def test_killed_runner_fires_once(self):
        """Killed after all was done and before it was committed: nothing was done, and the next run does it once."""
        self._ladder({"minutes": 30, "raise_priority": True})
        tickets = self._mail_ticket(priority="1") | self._mail_ticket(priority="1")
        self._timers(tickets)
        timers, moment = self.env["service_desk.escalation.timer"], MONDAY + timedelta(minutes=30)
        fire = type(timers)._fire
        fired = []

        def _fire(timer):
            fire(timer)
            fired.append(timer.id)
            if len(fired) == 2:
                raise SystemExit("killed")

        with (
            freeze_time(moment),
            patch.object(type(timers), "_fire", _fire),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60),
            self.assertRaises(SystemExit),
            self.env.cr.savepoint(),
        ):
            timers._cron_fire()
        self.env.invalidate_all()
        self.assertEqual(tickets.mapped("priority"), ["1", "1"])
        self.assertFalse(self._told(tickets))
        for _run in range(2):
            self._run(moment)
        self.assertEqual(tickets.mapped("priority"), ["2", "2"])
        self.assertEqual(self._told(tickets), ["Lena Lead"] * 2)

    def test_row_that_another_runner_holds_is_left_to_it(self):
        self._ladder({"minutes": 30})
        tickets = self._mail_ticket() | self._mail_ticket()
        held = self._timers(tickets)[0]
        timers = type(self.env["service_desk.escalation.timer"])
        lock = timers.try_lock_for_update

        def try_lock_for_update(records, **kwargs):
            return lock(records - held, **kwargs)

        with patch.object(timers, "try_lock_for_update", try_lock_for_update):
            self._run(MONDAY + timedelta(minutes=30))
        self.assertEqual(sorted(tickets.mapped("escalation_step")), [0, 1])

    def test_step_that_no_longer_holds_does_not_fire(self):
        """A calendar that changed, a mark that went past the hooks: the moment is looked at again."""
        self._ladder({"minutes": 30})
        ticket = self._mail_ticket()
        self._timers(ticket)
        self.team_it.calendar_id = False
        other = self._mail_ticket(MONDAY + timedelta(minutes=5))
        timer = self._timers(other)
        timer.due_at = MONDAY
        self._run(MONDAY + timedelta(minutes=31))
        self.assertEqual(ticket.escalation_step, 1)
        self.assertEqual(timer.due_at, MONDAY + timedelta(minutes=35), "not due yet")
        self.env.cr.execute(
            "UPDATE service_desk_ticket SET needs_reply_since = NULL WHERE id = %s", [other.id]
        )
        self.env.invalidate_all()
        self._run(MONDAY + timedelta(minutes=40))
        self.assertFalse(timer.exists())
        self.assertFalse(other.escalation_step)

    # -------------------------------------------------------------------- configuration
    def test_wrong_steps_are_refused(self):
        with self.assertRefused(ValidationError, "must do something"):
            self._ladder({"notify_leads": False})
        with self.assertRefused(ValidationError, "from 1 to 5"):
            self._ladder({"trigger": "rating", "max_rating": 9})
        with self.assertRefused(ValidationError, "Choose the person"):
            self._ladder({"reassign": "person"})
        with self.assertRefused(ValidationError, "is not an agent"):
            self._ladder({"reassign": "person", "reassign_user_id": self.employee.id})
        with self.assertRefused(ValidationError, "does not work in"):
            self._ladder({"notify_user_ids": [(6, 0, self.portal_a.ids)]})
        with self.assertRefused(ValidationError, "more than a year"):
            self._ladder({"minutes": 10_000_000})

    # ---------------------------------------------------------------------------- cost
    def test_creating_costs_one_insert_for_all(self):
        self._ladder({"minutes": 30}, {"minutes": 60}, {"trigger": "unassigned", "minutes": 20})
        vals = {"name": "x", "team_id": self.team_it.id, "type_id": self.type_question.id}
        tickets = self.env["service_desk.ticket"].create([dict(vals, channel="email")] * 50)
        before = self.env.cr.sql_log_count
        self.env.cr.flush()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 40)
        self.assertEqual(len(self._timers(tickets)), 150)

    def test_nothing_is_asked_without_ladders(self):
        ticket = self._create_ticket()
        self.env.cr.flush()
        ticket.next_step = "x"
        self.env.cr.flush()
        with self.assertQueryCount(0):
            ticket._arm_later()
            self.env["service_desk.escalation"]._kept_ladders()

    # ------------------------------------------------------------------------- ratings
    def _rating(self, ticket):
        return self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(ticket._name),
                "res_id": ticket.id,
                "partner_id": self.customer_a.id,
                "feedback": "Zanzibarquokka",
            }
        )

    def test_ratings_are_seen_with_the_ticket(self):
        ratings = self._rating(self._create_ticket()) | self._rating(
            self._create_ticket(team_id=self.team_private.id)
        )
        for user, count in (
            (self.agent, 1),
            (self.agent2, 2),
            (self.manager, 2),
            (self.auditor, 2),
            (self.employee, 0),
        ):
            found = ratings.with_user(user).search([("id", "in", ratings.ids)])
            self.assertEqual(len(found), count, user.name)

    def test_agents_rate_nobody(self):
        ticket = self._create_ticket()
        rating = self._rating(ticket)
        with self.assertRefused(AccessError, "Only the requester"):
            ticket.with_user(self.agent).rating_apply(5, token=rating.access_token)
        with self.assertRaises(AccessError):
            rating.with_user(self.agent).write({"rating": 5, "consumed": True})
        with self.assertRaises(AccessError):
            self.env["rating.rating"].with_user(self.employee).create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(ticket._name),
                    "res_id": ticket.id,
                    "rating": 5,
                    "consumed": True,
                }
            )
        ticket.with_user(self.agent).message_post(body="5 stars", rating_value=5)
        self.assertEqual(ticket.rating_count, 0)
