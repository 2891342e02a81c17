"""Teams, people and hours that the tests of assignment need."""

from .common import ServiceDeskCommon


class AssignmentCommon(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.team"].search([("id", "!=", cls.team_it.id)]).assign_method = "manual"
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
        cls.profiles = cls.env["service_desk.agent"]

    @classmethod
    def _give_hours(cls, user, tz="UTC"):
        return cls.env["resource.resource"].create(
            {"name": user.name, "user_id": user.id, "calendar_id": cls.office.id, "tz": tz}
        )

    def _profile(self, user):
        return self.profiles._of_users(user)

    def _run(self):
        """Let the runner work as it does when the scheduler calls it."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_assign").method_direct_trigger()
        self.env.invalidate_all()

    def _woken(self):
        """Return the moments for which the runner is called, and forget them."""
        self.env.cr.precommit.run()
        cron = self.env.ref("service_desk.ir_cron_assign")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        moments = triggers.mapped("call_at")
        triggers.unlink()
        return moments
