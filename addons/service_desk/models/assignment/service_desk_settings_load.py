from odoo import api, fields, models
from odoo.exceptions import ValidationError

PRIORITY_WEIGHTS = ("load_weight_low", "load_weight_normal", "load_weight_high", "load_weight_critical")  # fmt: skip


class ServiceDeskSettings(models.Model):
    _inherit = "service_desk.settings"

    load_weight_low = fields.Integer("Low", default=1, help="Points of an open ticket.")
    load_weight_normal = fields.Integer("Normal", default=2, help="Points of an open ticket.")
    load_weight_high = fields.Integer("High", default=4, help="Points of an open ticket.")
    load_weight_critical = fields.Integer("Critical", default=8, help="Points of an open ticket.")
    load_waiting_percent = fields.Integer(
        "Share of Waiting Tickets",
        default=100,
        help="How much a waiting ticket counts in the load of its agent, in percent. 0: not at all.",
    )

    @api.constrains("load_waiting_percent")
    def _check_load_waiting_percent(self):
        for settings in self:
            if settings.load_waiting_percent > 100:
                raise ValidationError(
                    self.env._("A waiting ticket cannot count for more than 100 percent.")
                )

    @api.constrains(*PRIORITY_WEIGHTS, "load_waiting_percent")
    def _check_not_negative(self):
        return super()._check_not_negative()

    def _load_weights(self):
        """Return ``{priority: points}`` of an open ticket."""
        return {str(index): self[name] for index, name in enumerate(PRIORITY_WEIGHTS)}
