"""What is wrong with an agreement: refused when it is saved or published, or told on its page."""

from collections import Counter

from odoo import api, models
from odoo.exceptions import UserError, ValidationError


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    @api.constrains("valid_from", "valid_until")
    def _check_validity(self):
        for agreement in self:
            dated = agreement.valid_from and agreement.valid_until
            if dated and agreement.valid_until < agreement.valid_from:
                raise ValidationError(
                    self.env._("“%(name)s” ends before it begins.", name=agreement.name)
                )

    @api.constrains("kind", "team_ids", "supplier_id", "runs_beside", "underpinning_ids")
    def _check_kind(self):
        for agreement in self:
            if problem := agreement._wrong_for_its_kind():
                raise ValidationError(problem)

    def _wrong_for_its_kind(self):
        """Return a sentence on what an agreement of this kind cannot have, or an empty one."""
        if self.kind != "ola" and self.team_ids:
            return self.env._("Only an internal agreement (OLA) names the teams that keep it.")
        if self.kind != "uc" and self.supplier_id:
            return self.env._("Only a contract with a supplier (UC) names a supplier.")
        if self.kind != "sla" and self.runs_beside:
            return self.env._("Only an agreement with customers (SLA) runs beside others.")
        if self.kind != "sla" and self.underpinning_ids:
            return self.env._("Only an agreement with customers (SLA) stands on others.")
        if any(below.kind == "sla" for below in self.underpinning_ids):
            return self.env._("An SLA stands on internal agreements and contracts, not on an SLA.")
        return ""

    @api.constrains("calendar_id")
    def _check_calendar(self):
        """Refuse working hours that never open: no deadline would ever come."""
        for agreement in self:
            self.env["service_desk.working.time"]._check_opens(
                agreement.calendar_id, agreement.company_id
            )

    # -------------------------------------------------------------- publishing
    def _check_publishable(self):
        """Refuse to put in force what cannot be kept.

        :raises UserError: with all that is missing, a sentence each
        """
        self.ensure_one()
        if missing := self._missing():
            raise UserError("\n".join(missing))

    def _missing(self):
        """Return what an agreement needs before it can be put in force, as sentences."""
        missing = []
        if self.kind == "ola" and not self.team_ids:
            missing.append(self.env._("Say which team keeps the internal agreement."))
        if self.kind == "uc" and not self.supplier_id:
            missing.append(self.env._("Say which supplier the contract is with."))
        if not self.line_ids:
            missing.append(self.env._("The table of targets is empty."))
        missing += [
            self.env._("Line %(number)s of the table has no target at all.", number=number)
            for number, line in enumerate(self.line_ids, 1)
            if not line.target_ids
        ]
        if any(row.is_broken for row in self.entitlement_ids):
            missing.append(self.env._("A party names something that is gone. Look at the red row."))
        return missing


class ServiceDeskAgreementLine(models.Model):
    _inherit = "service_desk.agreement.line"

    def _key(self):
        """Return for which tickets the row is."""
        return (self.priority or "", self.type_id.id, self.service_id.id, self.offering_id.id)

    @api.constrains("agreement_id", "priority", "type_id", "service_id", "offering_id")
    def _check_duplicates(self):
        for agreement in self.agreement_id:
            keys = Counter(line._key() for line in agreement.line_ids)
            for number, line in enumerate(agreement.line_ids, 1):
                if keys[line._key()] > 1:
                    raise ValidationError(
                        self.env._(
                            "“%(agreement)s” has two lines for the same tickets: line %(number)s (%(row)s).",
                            agreement=agreement.name,
                            number=number,
                            row=line._told(),
                        )
                    )

    def _told(self):
        """Return for which tickets the row is, in words."""
        return self.env["service_desk.agreement"]._told_row(
            {
                "priority": self.priority,
                "type_id": self.type_id.id,
                "service_id": self.service_id.id,
                "offering_id": self.offering_id.id,
            }
        )
