from datetime import datetime

from odoo.tests import freeze_time

from .common import ServiceDeskCommon

#: A Monday, 10:00 in Berlin.
MONDAY = datetime(2026, 3, 2, 9, 0)


class EscalationCommon(ServiceDeskCommon):
    """Teams that work from 9 to 17 in Berlin, a ladder maker, and the jobs at a moment of one's choice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.escalation"].search([]).active = False
        cls.env["service_desk.oncall"].search([]).active = False
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "9 to 17",
                "tz": "Europe/Berlin",
                "attendance_ids": [(5, 0, 0)]
                + [
                    (0, 0, {"name": "d", "dayofweek": str(day), "hour_from": 9, "hour_to": 17})
                    for day in range(5)
                ],
            }
        )
        cls.team_it.calendar_id = cls.calendar

    @classmethod
    def _ladder(cls, *rungs, **vals):
        return cls.env["service_desk.escalation"].create(
            {
                "name": "Ladder",
                "team_ids": [(6, 0, cls.team_it.ids)],
                "rung_ids": [
                    (0, 0, {"sequence": number, **rung}) for number, rung in enumerate(rungs)
                ],
                **vals,
            }
        )

    def _ticket_at(self, moment, **vals):
        with freeze_time(moment):
            ticket = self._create_ticket(**vals)
            self.env.cr.flush()
        return ticket

    def _write_at(self, moment, records, **vals):
        with freeze_time(moment):
            records.write(vals)
            self.env.cr.flush()

    def _run(self, moment, xmlid="ir_cron_fire_escalations"):
        self.env.cr.flush()
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref(f"service_desk.{xmlid}").method_direct_trigger()
        self.env.invalidate_all()

    def _timers(self, tickets):
        self.env.cr.flush()
        return self.env["service_desk.escalation.timer"].search([("ticket_id", "in", tickets.ids)])

    def _told(self, tickets):
        """Return who was to be told of an escalation, in order."""
        self.env.cr.flush()
        lines = self.env["service_desk.notice"].search(
            [("ticket_id", "in", tickets.ids), ("event", "=", "escalated")], order="id"
        )
        return [line.partner_id.name for line in lines]

    def _profile(self, user, **vals):
        """Write into a person's profile, which members of a team have from the start."""
        profiles = self.env["service_desk.agent"]
        profile = profiles.search([("user_id", "=", user.id)]) or profiles.create(
            {"user_id": user.id}
        )
        profile.write(vals)

    def _wake_ups(self, xmlid):
        cron = self.env.ref(f"service_desk.{xmlid}")
        return self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).mapped("call_at")
