"""The targets of a row as one value, so that a grid can edit them."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .service_desk_agreement_line import UNITS


class ServiceDeskAgreementLine(models.Model):
    _inherit = "service_desk.agreement.line"

    cells = fields.Json(
        "Targets by Metric",
        compute="_compute_cells",
        inverse="_inverse_cells",
        readonly=False,
        help="{metric id: {amount, unit}}; writing it replaces all targets of the row.",
    )

    @api.depends("target_ids.metric_id", "target_ids.amount", "target_ids.unit")
    def _compute_cells(self):
        for line in self:
            line.cells = {
                str(target.metric_id.id): {"amount": target.amount, "unit": target.unit}
                for target in line.target_ids
            }

    def _inverse_cells(self):
        for line in self:
            wanted = line._read_cells(line.cells or {})
            known = {target.metric_id.id: target for target in line.target_ids}
            line.target_ids = [
                *((2, target.id) for metric_id, target in known.items() if metric_id not in wanted),
                *(
                    (1, known[metric_id].id, cell)
                    if metric_id in known
                    else (0, 0, {"metric_id": metric_id, **cell})
                    for metric_id, cell in wanted.items()
                ),
            ]

    def _read_cells(self, cells):
        """Return ``{metric id: {"amount", "unit"}}`` of what a client sent.

        :raises ValidationError: for anything else
        """
        units, targets = dict(UNITS), self.env["service_desk.agreement.target"]
        try:
            wanted = {
                int(metric_id): {"amount": cell["amount"], "unit": cell["unit"]}
                for metric_id, cell in cells.items()
                if cell
            }
        except (AttributeError, KeyError, TypeError, ValueError):
            raise self._unreadable_cells() from None
        for cell in wanted.values():
            amount = cell["amount"]
            is_number = isinstance(amount, int) and not isinstance(amount, bool)
            if not is_number or amount <= 0 or cell["unit"] not in units:
                raise self._unreadable_cells()
            targets._check_length(**cell)
        if len(self.env["service_desk.metric"].browse(wanted).exists()) != len(wanted):
            raise self._unreadable_cells()
        return wanted

    def _unreadable_cells(self):
        return ValidationError(
            self.env._("A target is a number of minutes, hours or working days, more than nothing.")
        )
