from odoo import fields
from odoo.tests import freeze_time

from .sla_common import SlaCommon


class AlertCommon(SlaCommon):
    """Agreements with warnings, and the job that tells of them at a moment of one's choice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team_it.calendar_id = cls.office
        cls.company.partner_id.lang = "en_US"

    @classmethod
    def _agreement_with(cls, *alerts, targets=None, **vals):
        """Return an agreement in force: four hours to solve unless ``targets`` says otherwise."""
        return cls._create_agreement(
            targets or {"resolution": 240},
            alert_ids=[(0, 0, {"sequence": n, **alert}) for n, alert in enumerate(alerts)],
            **vals,
        )

    def _sweep(self, moment):
        """Let the job run at ``moment`` (text, UTC)."""
        self._end_of_transaction()
        with self._at(moment), self.enter_registry_test_mode():
            self.env.ref("service_desk_sla.ir_cron_sweep_clocks").method_direct_trigger()
            self.env.cr.precommit.run()
        self.env.invalidate_all()

    def _fired(self, ticket):
        """Return ``[(key, outcome)]`` in the order of their moments."""
        rows = self.env["service_desk.clock.alert"].search([("ticket_id", "=", ticket.id)])
        return [(row.key, row.outcome) for row in rows.sorted(lambda row: (row.due_at, row.id))]

    def _told(self, tickets, *events):
        """Return ``[(event, name)]`` of what waits to be told, in the order in which it was noted."""
        self._end_of_transaction()
        lines = self.env["service_desk.notice"].search(
            [
                ("ticket_id", "in", tickets.ids),
                ("event", "in", events or ("sla_warning", "sla_missed")),
            ],
            order="id",
        )
        return [(line.event, line.partner_id.name) for line in lines]

    def _send_notices(self, moment):
        """Make the mails that are due, as the job does."""
        self._end_of_transaction()
        with freeze_time(fields.Datetime.to_datetime(moment)), self.enter_registry_test_mode():
            self.env.ref("service_desk.ir_cron_send_notices").method_direct_trigger()
        self.env.invalidate_all()
