from contextlib import contextmanager
from datetime import datetime

from odoo import fields
from odoo.tests import freeze_time

from odoo.addons.service_desk.tests.common import ServiceDeskCommon

#: A Monday.
MONDAY = "2026-03-02 09:00:00"


class SlaCommon(ServiceDeskCommon):
    """Agreements, working hours and a stopped clock for tests of service levels; all moments are UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Clock = cls.env["service_desk.clock"]
        cls.Event = cls.env["service_desk.ticket.event"]
        # rules and ladders of the database must not move the tickets of tests
        cls.env["service_desk.routing.rule"].search([]).active = False
        cls.env["service_desk.escalation"].search([]).active = False
        cls.env["service_desk.agreement"].search([]).active = False
        cls.env["service_desk.waiting.reason"]._set_ready_hands()  # a manager may have changed them
        cls.office = cls._create_calendar("Office", "UTC")
        cls.waits_for_requester = cls.env.ref("service_desk.waiting_reason_requester")
        cls.waits_for_supplier = cls.env.ref("service_desk.waiting_reason_supplier")

    # ------------------------------------------------------------------- making
    @classmethod
    def _create_calendar(cls, name, tz, hours=((9, 13), (14, 18)), days=range(5)):
        """Return a calendar with the same hours on these days of the week (0 is Monday)."""
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": tz,
                "company_id": False,
                "attendance_ids": [
                    (5, 0, 0),
                    *(
                        (0, 0, {"name": "Open", "dayofweek": str(day), "hour_from": start, "hour_to": end,
                                "day_period": "morning" if end <= 13 else "afternoon"})
                        for day in days
                        for start, end in hours
                    ),
                ],
            }
        )  # fmt: skip

    @classmethod
    def _create_agreement(cls, targets, lines=(), publish=True, **vals):
        """Return an agreement in force.

        :param dict targets: ``{metric code: minutes}`` for all tickets
        :param lines: ``[(values of the row, {metric code: minutes or (amount, unit)})]`` before that row
        """
        rows = [*lines, ({}, targets)] if targets else list(lines)
        agreement = cls.env["service_desk.agreement"].create(
            {
                "name": "Standard",
                "calendar_id": cls.office.id,
                "line_ids": [
                    (0, 0, {**row, "target_ids": [(0, 0, cls._target(*item)) for item in cells.items()]})
                    for row, cells in rows
                ],
                **vals,
            }
        )  # fmt: skip
        if publish:
            agreement.action_publish()
        return agreement

    @classmethod
    def _target(cls, code, amount):
        metric = cls.env["service_desk.metric"]._by_code(code)
        amount, unit = amount if isinstance(amount, tuple) else (amount, "minutes")
        return {"metric_id": metric.id, "amount": amount, "unit": unit}

    @contextmanager
    def _at(self, moment):
        """Let it be ``moment`` (text, UTC), in the time of the database, too."""
        frozen = fields.Datetime.to_datetime(moment)
        with freeze_time(frozen):
            self.env.cr._now, before = frozen, self.env.cr._now
            try:
                yield frozen
            finally:
                self.env.cr._now = before

    def _ticket_at(self, moment, **vals):
        """Return a ticket that was opened at ``moment``."""
        with self._at(moment):
            return self._create_ticket(**vals)

    def _answer(self, ticket, user=None, **kwargs):
        """Let an agent answer the requester."""
        values = {
            "body": "Here you are",
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
        }
        return ticket.with_user(user or self.agent).message_post(**{**values, **kwargs})

    def _ask(self, ticket, **kwargs):
        """Let the requester write."""
        return ticket.message_post(
            body="Any news?",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=ticket.partner_id.id,
            **kwargs,
        )

    # ------------------------------------------------------------------ looking
    def _clock(self, ticket, code, slot=None, cycle=1):
        """Return the clock of a metric; the only one when ``slot`` is not given."""
        found = self.Clock.search([("ticket_id", "=", ticket.id), ("metric_id.code", "=", code)])
        found = found.filtered(lambda clock: clock.cycle == cycle and slot in (None, clock.slot))
        self.assertLessEqual(len(found), 1, found.mapped("slot"))
        return found

    def _events(self, ticket):
        """Return ``[(kind, facts)]`` of the timeline."""
        return [(event.kind, event.facts or {}) for event in self._timeline(ticket)]

    def _timeline(self, ticket):
        return self.Event.search([("ticket_id", "=", ticket.id)])

    def _kinds(self, ticket):
        return self._timeline(ticket).mapped("kind")

    def assertDue(self, clock, moment, state="running"):
        """Assert that a clock is due at ``moment`` (text, UTC; None: it has no deadline now)."""
        self.assertEqual(clock.state, state)
        self.assertEqual(clock.due_at or None, fields.Datetime.to_datetime(moment) or None)

    def assertUsed(self, clock, minutes):
        """Assert how much working time was used up to the last event."""
        self.assertEqual(clock.used_seconds, minutes * 60)

    def assertSettled(self, tickets, moment):
        """Assert that settling once more at ``moment`` changes nothing."""
        with self._at(moment):
            self.Clock._settle(tickets)
            before = self._plain_rows(tickets)
            self.Clock._settle(tickets)
            self.assertEqual(self._plain_rows(tickets), before)

    def _plain_rows(self, tickets):
        names = [name for name in self.Clock._fields if name not in ("write_date", "__last_update")]
        clocks = self.Clock.sudo().search([("ticket_id", "in", tickets.ids)])
        return clocks.read(names)

    def _queries(self, call, *args):
        """Return how many queries a call makes, with all that its end of transaction adds; what is known is known."""
        self._end_of_transaction()
        before = self.env.cr.sql_log_count
        call(*args)
        self._end_of_transaction()
        return self.env.cr.sql_log_count - before

    def _end_of_transaction(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.flush_all()

    @staticmethod
    def _moment(text):
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")
