from odoo import api, fields, models
from odoo.exceptions import ValidationError

ON_REOPEN = [
    ("resume", "Goes on where it stopped"),
    ("restart", "Begins anew"),
    ("ended", "Stays as it was"),
]


class ServiceDeskMetric(models.Model):
    """What a clock measures: from which event, until which, and when it stands still.

    All metrics, also those that come with the add-on, are said in conditions on events and facts of a ticket
    (see ``clocks.facts``). Agreements carry a copy of the metric from the day of their publication.
    """

    _name = "service_desk.metric"
    _description = "Metric"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Names the metric in programmes; it never changes.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Char(translate=True)
    start_condition = fields.Json(required=True)
    stop_condition = fields.Json(required=True)
    pause_condition = fields.Json(help="Stands still while this holds, besides the waits.")
    pauses_while_waiting = fields.Boolean(
        "Stands Still While Waiting",
        default=True,
        help="While the ticket waits for a reason that stops the clocks.",
    )
    pauses_for_approval = fields.Boolean("Stands Still for Approvals", default=True)
    is_repeated = fields.Boolean(
        "Again and Again", help="Each start after a stop is a new cycle with a time of its own."
    )
    on_reopen = fields.Selection(ON_REOPEN, "When Re-opened", default="resume", required=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "A metric with this code exists already.")

    def write(self, vals):
        if "code" in vals and any(metric.code != vals["code"] for metric in self):
            raise ValidationError(self.env._("The code of a metric never changes."))
        return super().write(vals)

    def _definition(self):
        """Return the metric as plain data, as agreements keep it."""
        self.ensure_one()
        return {
            "code": self.code,
            "start": self.start_condition or {},
            "stop": self.stop_condition or {},
            "pause": self.pause_condition or {},
            "pauses_while_waiting": self.pauses_while_waiting,
            "pauses_for_approval": self.pauses_for_approval,
            "is_repeated": self.is_repeated,
            "on_reopen": self.on_reopen,
        }

    @api.model
    def _by_code(self, code):
        """Return the metric with ``code``; empty when there is none."""
        return self.search([("code", "=", code)], limit=1)
