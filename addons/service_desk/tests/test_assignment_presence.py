"""Who is there, who stands in, and what a profile is."""

from datetime import datetime

from odoo.tests import freeze_time, tagged

from odoo.addons.service_desk.models.assignment.res_users_presence import Absence

from .common import ServiceDeskCommon

#: A Monday.
MONDAY_NOON = datetime(2026, 3, 2, 12, 0)


@tagged("post_install", "-at_install")
class TestAssignmentPresence(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.env["resource.calendar"].create(
            {
                "name": "Office",
                "tz": "UTC",
                "attendance_ids": [
                    (0, 0, {"name": "Day", "dayofweek": str(day), "hour_from": 9, "hour_to": 18})
                    for day in range(5)
                ],
            }
        )

    def _give_hours(self, user, tz="UTC"):
        return self.env["resource.resource"].create(
            {"name": user.name, "user_id": user.id, "calendar_id": self.office.id, "tz": tz}
        )

    def test_without_hours_everybody_is_always_there(self):
        self.assertEqual((self.agent | self.agent2)._service_desk_absences(MONDAY_NOON), {})

    def test_hours_of_ones_own_time_zone(self):
        self._give_hours(self.agent)
        self._give_hours(self.agent2, tz="Asia/Vladivostok")  # UTC+10
        absent = (self.agent | self.agent2)._service_desk_absences(MONDAY_NOON)
        self.assertEqual(absent, {self.agent2.id: Absence("hours", datetime(2026, 3, 2, 23, 0))})

    def test_team_hours_where_one_has_none(self):
        self.team_it.calendar_id = self.office
        night = datetime(2026, 3, 2, 20, 0)
        absent = self.agent._service_desk_absences(night, team=self.team_it)
        self.assertEqual(absent[self.agent.id], Absence("hours", datetime(2026, 3, 3, 9, 0)))

    def test_leave_ends_at_the_next_working_moment(self):
        resource = self._give_hours(self.agent)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "hospital",
                "resource_id": resource.id,
                "calendar_id": self.office.id,
                "date_from": datetime(2026, 3, 2, 10, 0),
                "date_to": datetime(2026, 3, 6, 18, 0),  # Friday evening
            }
        )
        absent = self.agent._service_desk_absences(MONDAY_NOON)
        self.assertEqual(absent[self.agent.id], Absence("leave", datetime(2026, 3, 9, 9, 0)))
        self.assertFalse(self.agent._service_desk_absences(datetime(2026, 3, 2, 9, 30)))

    def test_out_of_office_and_switch(self):
        self.agent.write(
            {
                "out_of_office_from": datetime(2026, 3, 2, 11, 0),
                "out_of_office_to": datetime(2026, 3, 2, 15, 0),
            }
        )
        absent = self.agent._service_desk_absences(MONDAY_NOON)
        self.assertEqual(
            absent[self.agent.id], Absence("out_of_office", datetime(2026, 3, 2, 15, 0))
        )
        self.env["service_desk.agent"]._of_users(self.agent2).accepts_work = False
        self.assertEqual(
            self.agent2._service_desk_absences(MONDAY_NOON)[self.agent2.id], Absence("off", None)
        )

    @freeze_time("2026-03-02 12:00:00")
    def test_stand_in_is_a_bounded_chain(self):
        agents = self.env["service_desk.agent"]._of_users(self.agent | self.agent2 | self.lead)
        profile = {agent.user_id: agent for agent in agents}
        self.assertEqual(self.agent._service_desk_stand_in(), self.agent)
        profile[self.agent].write({"accepts_work": False, "deputy_id": self.agent2.id})
        self.assertEqual(self.agent._service_desk_stand_in(), self.agent2)
        profile[self.agent2].write({"accepts_work": False, "deputy_id": self.agent.id})
        self.assertFalse(self.agent._service_desk_stand_in(), "a circle ends")
        profile[self.agent2].deputy_id = self.lead
        self.assertEqual(self.agent._service_desk_stand_in(), self.lead)

    def test_manager(self):
        agent = self.env["service_desk.agent"]._of_users(self.agent)
        self.assertFalse(self.agent._service_desk_manager())
        agent.manager_id = self.lead
        self.assertEqual(self.agent._service_desk_manager(), self.lead)

    def test_profile_is_made_once(self):
        agents = self.env["service_desk.agent"]
        first = agents._of_users(self.agent)
        self.assertEqual((first.name, first.active, first.accepts_work), ("Anna Agent", True, True))
        self.assertEqual(agents._of_users(self.agent), first)
