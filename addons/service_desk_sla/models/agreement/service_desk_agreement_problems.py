"""What somebody who edits an agreement should look at: told on its page, refused nowhere."""

from odoo import api, fields, models

from odoo.addons.service_desk.models.service_desk_priority_rule import PRIORITIES

KEYS = ("offering_id", "service_id", "type_id", "priority")


class ServiceDeskAgreement(models.Model):
    _inherit = "service_desk.agreement"

    problems = fields.Text(compute="_compute_problems")

    @api.depends(
        "kind",
        "team_ids",
        "supplier_id",
        "entitlement_ids.is_broken",
        "service_ids",
        "offering_ids",
        "underpinning_ids.line_ids.target_ids.amount",
        "line_ids.target_ids.amount",
        "line_ids.target_ids.unit",
        "line_ids.priority",
        "line_ids.type_id",
        "line_ids.service_id",
        "line_ids.offering_id",
        "underpinning_ids.state",
    )
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_problems(self):
        for agreement in self:
            told = [*agreement._missing(), *agreement._warnings()] if agreement.line_ids else []
            agreement.problems = "\n".join(told) or False

    def _warnings(self):
        """Return sentences on what would surprise people."""
        return [
            *filter(None, (line._never_wins() for line in self.line_ids)),
            *(text for below in self.underpinning_ids for text in self._too_long(below)),
            *(
                self.env._("“%(name)s”, on which it stands, is not in force.", name=below.name)
                for below in self.underpinning_ids
                if below.state != "active"
            ),
        ]

    def _too_long(self, below):
        """Return sentences on targets of ``below`` that are longer than what is promised on the strength of them."""
        told = []
        for line in self.line_ids:
            for under in below.line_ids:
                if not under._covers(line, below.line_ids):
                    continue
                told += [
                    self.env._(
                        "%(row)s: %(metric)s is promised in %(short)s, “%(below)s” may take %(long)s",
                        below=below.name,
                        metric=target.metric_id.name,
                        long=longer._tell(),
                        short=target._tell(),
                        row=line._told(),
                    )
                    for target in line.target_ids
                    for longer in under.target_ids
                    if longer.metric_id == target.metric_id
                    and longer._rough_seconds() > target._rough_seconds()
                ]
        return told


class ServiceDeskAgreementLine(models.Model):
    _inherit = "service_desk.agreement.line"

    def _names(self):
        """Return ``{what it names: value}``."""
        return {key: self[key] for key in KEYS if self[key]}

    def _covers(self, line, siblings):
        """Tell whether the row may apply to a ticket of ``line``, a row of the agreement that stands on it.

        It does when neither contradicts the other, and no sibling that is for all of ``line`` is more specific.
        """
        if not self._agrees(line):
            return False
        own = self._names()
        wanted = line._names()
        if any(key not in wanted for key in own):
            return True  # for some of its tickets
        rank = self._rank()
        return not any(
            sibling._rank() > rank
            and sibling._agrees(line)
            and all(key in wanted for key in sibling._names())
            for sibling in siblings - self
        )

    def _agrees(self, line):
        """Tell whether a ticket can be of both rows."""
        return all(
            not self[key]
            or not line[key]
            or self[key] == line[key]
            or (key == "service_id" and self._is_part_of(line.service_id, self.service_id))
            for key in KEYS
        )

    @api.model
    def _is_part_of(self, one, other):
        first, second = one.parent_path or "", other.parent_path or ""
        return first.startswith(second) or second.startswith(first)

    def _rank(self):
        depth = (self.service_id.parent_path or "").count("/")
        return (bool(self.offering_id), depth, bool(self.type_id), bool(self.priority))

    def _never_wins(self):
        """Return why the row can apply to no ticket, or an empty sentence."""
        told = {"row": self._told()}
        scope = self.agreement_id.service_ids, self.agreement_id.offering_ids
        named = self.offering_id.service_id or self.service_id
        if self.offering_id and self.offering_id in scope[1]:
            return ""
        if named and any(scope) and not self._is_in(named, scope):
            return self.env._("Line “%(row)s” never applies: the agreement is not for it.", **told)
        if self._contradicts_itself():
            return self.env._(
                "Line “%(row)s” never applies: the offering is of another service.", **told
            )
        if not self.priority and self._has_all_priorities():
            return self.env._(
                "Line “%(row)s” never applies: each priority has a line of its own.", **told
            )
        return ""

    def _contradicts_itself(self):
        service = self.offering_id.service_id
        return (
            self.offering_id
            and self.service_id
            and not self._is_part_of_one(service, self.service_id)
        )

    @api.model
    def _is_in(self, service, scope):
        services, offerings = scope
        return any(self._is_part_of(service, one) for one in services | offerings.service_id)

    @api.model
    def _is_part_of_one(self, service, above):
        return (service.parent_path or "").startswith(above.parent_path or "")

    def _has_all_priorities(self):
        same = self.agreement_id.line_ids.filtered(
            lambda line: (
                (line.type_id, line.service_id, line.offering_id)
                == (self.type_id, self.service_id, self.offering_id)
            )
        )
        return {priority for priority, _label in PRIORITIES} <= set(same.mapped("priority"))
