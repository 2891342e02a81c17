"""Agreements in words: for whom, what is promised, what is wrong."""

from odoo import api, fields, models
from odoo.tools import format_date, format_list

#: Rows that a list tells of one agreement.
MOST_TOLD = 3


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    parties_told = fields.Char("For", compute="_compute_told")
    targets_told = fields.Char("Promise", compute="_compute_told")
    summary = fields.Char(compute="_compute_told")

    @api.depends(
        "kind",
        "team_ids.name",
        "supplier_id.name",
        "entitlement_ids.text",
        "service_ids.name",
        "offering_ids.name",
        "line_ids.target_ids",
        "line_ids.target_ids.amount",
        "line_ids.target_ids.unit",
        "valid_from",
        "valid_until",
    )
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_told(self):
        for agreement in self:
            agreement.parties_told = agreement._tell_parties()
            agreement.targets_told = agreement._tell_strictest()
            agreement.summary = agreement._tell_summary()

    def _tell_parties(self):
        """Return for whom, or for an OLA or UC who keeps it."""
        if self.kind == "ola":
            return ", ".join(self.team_ids.mapped("display_name"))
        if self.kind == "uc":
            return self.supplier_id.display_name or ""
        rows = [row.text for row in self.entitlement_ids[:MOST_TOLD] if row.text]
        if left := len(self.entitlement_ids) - MOST_TOLD:
            rows += [self.env._("%(count)s more", count=left)] if left > 0 else []
        return " · ".join(rows) or self.env._("For everybody")

    def _tell_scope(self):
        """Return for which services and offerings, in words."""
        names = [
            *self.service_ids.mapped("display_name"),
            *self.offering_ids.mapped("display_name"),
        ]
        if not names:
            return self.env._("all services")
        return format_list(self.env, names)

    def _tell_strictest(self):
        """Return the range of each metric: “First response 30 min – 4 h”."""
        told = []
        for metric in self.line_ids.target_ids.metric_id.sorted():
            targets = self.line_ids.target_ids.filtered(lambda t, m=metric: t.metric_id == m)
            ordered = targets.sorted(lambda target: target._rough_seconds())
            least, most = ordered[0]._tell(), ordered[-1]._tell()
            span = least if least == most else f"{least} – {most}"
            told.append(f"{metric.name} {span}")
        return "; ".join(told)

    def _tell_summary(self):
        """Return the agreement in one sentence, as its page says it."""
        if not self.line_ids:
            return ""
        parts = [self._tell_parties(), self._tell_scope(), self._tell_strictest()]
        if self.valid_until:
            date = format_date(self.env, self.valid_until)
            parts.append(self.env._("until %(date)s", date=date))
        # a part may end with an abbreviation, whose full stop is the sentence's too
        return " ".join(f"{part[0].upper()}{part[1:]}".rstrip(".") + "." for part in parts if part)


class ServiceDeskAgreementLine(models.Model):
    _inherit = "service_desk.agreement.line"

    told = fields.Char("Tickets", compute="_compute_told")
    targets_told = fields.Char("Promise", compute="_compute_told")

    @api.depends(
        "priority",
        "type_id.name",
        "service_id.name",
        "offering_id.name",
        "target_ids.metric_id.name",
        "target_ids.amount",
        "target_ids.unit",
    )
    @api.depends_context("lang")
    def _compute_told(self):
        for line in self:
            line.told = line._told()
            line.targets_told = "; ".join(
                f"{target.metric_id.name} {target._tell()}"
                for target in line.target_ids.sorted(lambda t: t.metric_id.sequence)
            )


class ServiceDeskAgreementTarget(models.Model):
    _inherit = "service_desk.agreement.target"

    def _tell(self):
        """Return a target in words: “30 min”, “4 h”, “2 working days”."""
        self.ensure_one()
        return self._tell_amount(self.amount, self.unit)

    @api.model
    def _tell_amount(self, amount, unit):
        return {
            "minutes": lambda: self.env._("%(count)s min", count=amount),
            "hours": lambda: self.env._("%(count)s h", count=amount),
            "days": lambda: self.env._("%(count)s working days", count=amount),
            "days_end": lambda: self.env._("%(count)s working days, to the end", count=amount),
        }[unit]()

    def _rough_seconds(self):
        """Return how long a target is, for comparing: a working day as eight hours."""
        return self.amount * {"minutes": 60, "hours": 3600}.get(self.unit, 8 * 3600)
