"""What has been told and done of a clock's warnings: each once."""

from odoo import fields, models

OUTCOMES = [
    ("done", "Done"),
    ("overtaken", "Overtaken by the breach: told with it"),
    ("failed", "Failed"),
]
#: The key of the breach itself, which is noted for every clock.
BREACH = "missed"


class ServiceDeskClockAlert(models.Model):
    """A warning of a clock that has fired, or the breach that was noted.

    It names the clock by what makes it the same clock (ticket, slot, metric, cycle), not by its row: a row that is
    lost and derived anew does not warn again.
    """

    _name = "service_desk.clock.alert"
    _description = "Warning of a Clock"
    _order = "due_at, id"
    _rec_name = "key"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade"
    )
    slot = fields.Char(required=True, readonly=True)
    metric_id = fields.Many2one(
        "service_desk.metric", required=True, readonly=True, ondelete="cascade", index=True
    )
    cycle = fields.Integer(required=True, readonly=True)
    key = fields.Char("Warning", required=True, readonly=True)
    due_at = fields.Datetime(readonly=True, help="The moment that it tells of.")
    fired_at = fields.Datetime(readonly=True, help="Empty: it failed and is tried again.")
    retry_at = fields.Datetime(readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    attempts = fields.Integer(readonly=True)

    _once = models.UniqueIndex(
        "(ticket_id, slot, metric_id, cycle, key)", "This warning has fired already."
    )

    def _identity(self):
        """Return what makes the clock the same clock, whatever row it has."""
        self.ensure_one()
        return self.ticket_id.id, self.slot, self.metric_id.id, self.cycle

    def _place(self):
        return *self._identity(), self.key
