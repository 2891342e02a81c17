"""A day of a desk in three time zones, replayed: the same twice, fair, and within everybody's walls."""

import random
from collections import Counter, defaultdict
from datetime import datetime, timedelta

from odoo.tests import freeze_time, new_test_user, tagged

from .assignment_common import AssignmentCommon

DAY = datetime(2026, 3, 2)  # a Monday
TICKETS = 1000
LIMIT = 60
#: The same shift in three places; UTC+2, UTC+5, UTC+10: together from 23:00 of the day before to 16:00.
ZONES = ("Europe/Kaliningrad", "Asia/Yekaterinburg", "Asia/Vladivostok")
MAX_SPREAD = 0.15


def spread(counts):
    """Return how far the most and the least are apart, as a part of the mean."""
    return (max(counts) - min(counts)) / (sum(counts) / len(counts))


@tagged("post_install", "-at_install")
class TestAssignmentReplay(AssignmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the story is that of tickets and people: mails and notes of it are other tests
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        users = [
            new_test_user(
                cls.env, f"sd_day_{number}", groups="service_desk.service_desk_group_agent"
            )
            for number in range(10)
        ]
        cls.eight, cls.on_leave, cls.unskilled = users[:8], users[8], users[9]
        cls.zone = {user: ZONES[number % 3] for number, user in enumerate(users)}
        cls.team = cls.env["service_desk.team"].create(
            {
                "name": "Round the clock",
                "member_ids": [(6, 0, [user.id for user in users])],
                "assign_method": "balanced",
                "member_limit": LIMIT,
                "acknowledge": False,
            }
        )
        skill = cls.env["service_desk.skill"].create({"name": "Everything"})
        cls.env["service_desk.skill.demand"].create(
            {"skill_id": skill.id, "type_id": cls.type_question.id, "level": "2"}
        )
        cls.env["service_desk.agent.skill"].create(
            [
                {"agent_id": agent.id, "skill_id": skill.id, "level": "3"}
                for agent in cls.profiles._of_users(cls.env["res.users"].concat(*users[:9]))
            ]
        )

    def _create_batch(self, count, dice):
        return self.env["service_desk.ticket"].create(
            [
                {
                    "name": "Day",
                    "team_id": self.team.id,
                    "type_id": self.type_question.id,
                    "priority": str(dice.randrange(4)),
                }
                for _number in range(count)
            ]
        )

    @freeze_time(DAY + timedelta(hours=12))
    def test_thousand_tickets_to_eight_people(self):
        self.profiles._of_users(self.on_leave).accepts_work = False
        self.team.member_limit = 0
        tickets = self._create_batch(TICKETS, random.Random(1))
        assignment = self.env["service_desk.assignment"]
        verdicts = assignment._plan(self.team, tickets, assignment._candidates(self.team))
        given = Counter(verdict.candidate.user_id for verdict in verdicts.values())
        self.assertEqual(set(given), {user.id for user in self.eight})
        points = Counter()
        weights = self.env["service_desk.settings"]._of(self.company)._load_weights()
        for ticket, verdict in verdicts.items():
            points[verdict.candidate.user_id] += weights[ticket.priority]
        self.assertLessEqual(spread(points.values()), MAX_SPREAD)
        self.assertLessEqual(spread(given.values()), MAX_SPREAD)

    def _replay(self):
        """Live through the day by hours; return who got which ticket at which hour."""
        dice = random.Random(2)
        self.profiles._of_users(self.env["res.users"].concat(*self.eight)).last_assigned_at = False
        story, waiting_ids = [], []
        for hour in range(18):
            with freeze_time(DAY + timedelta(hours=hour)):
                new = self._create_batch(TICKETS // 16, dice) if hour < 16 else self.team.browse()
                waiting_ids += new.ids
                self._run()
                queue = self.env["service_desk.ticket"].browse(waiting_ids)
                given = [(index, t.user_id) for index, t in enumerate(queue) if t.user_id]
                story += [(hour, waiting_ids[index], user) for index, user in given]
                self._check_limits()
                self._solve_some(hour)
                taken = {waiting_ids[index] for index, _user in given}
                waiting_ids = [ticket_id for ticket_id in waiting_ids if ticket_id not in taken]
        first = min(ticket_id for _hour, ticket_id, _user in story)
        return [(hour, ticket_id - first, user) for hour, ticket_id, user in story]

    def _check_limits(self):
        loads = self.env["service_desk.assignment"]._loads(self.team.member_ids, self.company)
        self.assertLessEqual(max(tickets for tickets, _points in loads.values()), LIMIT)

    def _solve_some(self, hour):
        """Everybody solves most of what he has, the oldest first."""
        held = self.env["service_desk.ticket"].search(
            [("team_id", "=", self.team.id), ("is_open", "=", True), ("user_id", "!=", False)],
            order="id",
        )
        done = self.env["service_desk.ticket"]
        for tickets in held.grouped("user_id").values():
            done |= tickets[: len(tickets) * 3 // 4]
        done.write({"resolution": "<p>done</p>", "state": "solved"})

    def test_the_day_is_the_same_twice(self):
        for user, zone in self.zone.items():
            resource = self._give_hours(user, tz=zone)
            if user == self.on_leave:
                self.env["resource.calendar.leaves"].create(
                    {
                        "name": "leave",
                        "resource_id": resource.id,
                        "calendar_id": self.office.id,
                        "date_from": DAY - timedelta(days=1),
                        "date_to": DAY + timedelta(days=2),
                    }
                )
        stories = []
        for _turn in range(2):
            with self.env.cr.savepoint() as savepoint:
                stories.append(self._replay())
                savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)
        self.assertEqual(stories[0], stories[1])
        self._check_story(stories[0])

    def _check_story(self, story):
        self.assertGreater(len(story), TICKETS * 0.8)
        counts = defaultdict(Counter)
        for hour, _ticket, user in story:
            self.assertIn(user, self.eight, "the absent and the unskilled got nothing")
            moment = DAY + timedelta(hours=hour)
            self.assertFalse(user._service_desk_absences(moment), "given outside working hours")
            counts[self.zone[user]][user] += 1
        for zone, given in counts.items():
            with self.subTest(zone=zone):
                self.assertLessEqual(spread(given.values()), MAX_SPREAD, given)
