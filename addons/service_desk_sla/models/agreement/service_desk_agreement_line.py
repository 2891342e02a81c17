from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.service_desk.models.service_desk_priority_rule import PRIORITIES

UNITS = [
    ("minutes", "minutes"),
    ("hours", "hours"),
    ("days", "working days"),
    ("days_end", "working days, until the day's end"),
]
#: Nothing is promised for longer: two years of office hours are nine of the calendar, and working hours tell no
#: deadline that is more than ten years away.
MOST_AMOUNT = {"minutes": 1_051_200, "hours": 17_520, "days": 730, "days_end": 730}


class ServiceDeskAgreementLine(models.Model):
    """One row of an agreement's table: for which tickets, and what is promised for each metric."""

    _name = "service_desk.agreement.line"
    _description = "Row of an Agreement"
    _inherit = "service_desk.kept.mixin"
    _order = "sequence, id"
    _check_company_auto = True
    _kept_fields = frozenset({"service_id", "offering_id"})

    agreement_id = fields.Many2one(
        "service_desk.agreement", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="agreement_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    priority = fields.Selection(PRIORITIES, help="Empty: all.")
    type_id = fields.Many2one("service_desk.ticket.type", "Ticket Type", help="Empty: all.")
    service_id = fields.Many2one(
        "service_desk.service", check_company=True, help="With all that is part of it. Empty: all."
    )
    offering_id = fields.Many2one("service_desk.offering", check_company=True, help="Empty: all.")
    target_ids = fields.One2many("service_desk.agreement.target", "line_id", "Targets", copy=True)

    def _definition(self):
        """Return the row as plain data."""
        self.ensure_one()
        return {
            "id": self.id,
            "priority": self.priority or None,
            "type_id": self.type_id.id or None,
            "service_id": self.service_id.id or None,
            "offering_id": self.offering_id.id or None,
            "targets": {
                target.metric_id.code: {"amount": target.amount, "unit": target.unit}
                for target in self.target_ids
            },
        }


class ServiceDeskAgreementTarget(models.Model):
    """One cell of the table: within what time."""

    _name = "service_desk.agreement.target"
    _description = "Target"
    _order = "line_id, metric_id"

    line_id = fields.Many2one(
        "service_desk.agreement.line", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="line_id.company_id", store=True, precompute=True, index=True
    )
    agreement_id = fields.Many2one(
        related="line_id.agreement_id", store=True, precompute=True, index=True
    )
    metric_id = fields.Many2one("service_desk.metric", required=True, ondelete="restrict")
    amount = fields.Integer(required=True)
    unit = fields.Selection(UNITS, required=True, default="minutes")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A target is more than nothing.")
    _metric_uniq = models.Constraint(
        "UNIQUE (line_id, metric_id)", "A row has one target for each metric."
    )

    @api.constrains("amount", "unit")
    def _check_amount(self):
        for target in self:
            self._check_length(target.amount, target.unit)

    @api.model
    def _check_length(self, amount, unit):
        """Refuse what no clock could count: no ticket could be opened under it.

        :raises ValidationError: when it is longer than two years
        """
        if amount > MOST_AMOUNT[unit]:
            raise ValidationError(self.env._("A target is two years at most."))
