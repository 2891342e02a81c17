"""Clocks with known figures on a ticket: what the screen says of them is tested apart from how they come about."""

from datetime import datetime

from odoo.addons.service_desk.tests.common import ServiceDeskCommon

HOUR = 3600
#: A Monday; the calendar of the tests is open from 9 to 18, UTC.
NOW = datetime(2026, 3, 2, 12)


class ScreenCommon(ServiceDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["service_desk.agreement"].search([]).active = False
        metrics = cls.env["service_desk.metric"]
        cls.response = metrics._by_code("first_response")
        cls.resolution = metrics._by_code("resolution")
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Nine to six",
                "tz": "UTC",
                "company_id": cls.company.id,
                "attendance_ids": [(5, 0, 0)]
                + [
                    (
                        0,
                        0,
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": 9,
                            "hour_to": 18,
                            "day_period": "full_day",
                        },
                    )
                    for day in "01234"
                ],
            }
        )
        cls.agreement = cls._create_agreement("Shops Ulyanovsk")
        cls.ticket = cls._create_ticket(user_id=cls.agent.id)

    @classmethod
    def _create_agreement(cls, name, kind="sla", **vals):
        """Return an agreement with a version; it stays a draft, so that it fits no ticket by itself."""
        agreement = cls.env["service_desk.agreement"].create({"name": name, "kind": kind, **vals})
        agreement.version_id = cls.env["service_desk.agreement.version"].create(
            {"agreement_id": agreement.id, "number": 1, "definition": {"kind": kind, "name": name}}
        )
        return agreement

    @classmethod
    def _span(cls, start, end=None, kind="run", reason=None, reason_id=None, hand="team"):
        """Return a span of the day of the tests; a team's hand is IT's."""
        return {
            "from": f"2026-03-02 {start}:00" if len(start) == 5 else start,
            "to": end and f"2026-03-02 {end}:00",
            "kind": kind,
            "reason": reason,
            "reason_id": reason_id,
            "hand": hand,
            "hand_id": cls.team_it.id if hand == "team" else None,
        }

    @classmethod
    def _create_clock(cls, ticket=None, metric=None, slot="sla", state="running", **vals):
        """Return a clock of four hours that runs since ten o'clock."""
        agreement = vals.pop("agreement", cls.agreement)
        target = {
            "at": "2026-03-02 10:00:00",
            "seconds": 4 * HOUR,
            "amount": 4,
            "unit": "hours",
            "version_id": agreement.version_id.id,
            "line_id": None,
            "calendar_id": cls.calendar.id,
            "company_id": cls.company.id,
        }
        return cls.env["service_desk.clock"].create(
            {
                "ticket_id": (ticket or cls.ticket).id,
                "slot": slot,
                "metric_id": (metric or cls.resolution).id,
                "agreement_id": agreement.id,
                "version_id": agreement.version_id.id,
                "kind": agreement.kind,
                "state": state,
                "spans": [cls._span("10:00")],
                "targets": [{**target, **values} for values in vals.pop("targets", ({},))],
                "started_at": datetime(2026, 3, 2, 10),
                "due_at": datetime(2026, 3, 2, 14) if state == "running" else False,
                "target_seconds": 4 * HOUR,
                "used_seconds": 0,
                "late_seconds": 0,
                **vals,
            }
        )
