"""The parties of an agreement: rows "for" and "never for", as offerings have them."""

from odoo import api, fields, models


class ServiceDeskEntitlement(models.Model):
    _inherit = "service_desk.entitlement"
    _anchors = frozenset({"agreement_id"})

    agreement_id = fields.Many2one(
        "service_desk.agreement", index="btree_not_null", ondelete="cascade"
    )
    state_ids = fields.Many2many(
        "res.country.state",
        string="Regions",
        help="Where the site is, or else the person: the nearest address that says so.",
    )

    @api.model
    def _dimensions(self):
        return {**super()._dimensions(), "region": "state_ids"}

    def _phrase_region(self, names):
        return self.env._("region %(names)s", names=names)

    @api.depends("agreement_id.company_id")
    def _compute_company_id(self):
        of_agreements = self.filtered("agreement_id")
        for row in of_agreements:
            row.company_id = row.agreement_id.company_id
        return super(ServiceDeskEntitlement, self - of_agreements)._compute_company_id()

    @api.model
    def _rulebook(self):
        """Return the book of offerings; that of agreements is read at the same time, and kept beside it."""
        self.env["service_desk.agreement"]._book()
        return super()._rulebook()

    @api.model
    def _is_asked(self, *dimensions):
        """Tell also what parties of agreements ask for."""
        asked = self.env["service_desk.agreement"]._book().dimensions
        return super()._is_asked(*dimensions) or not asked.isdisjoint(dimensions)

    @api.model
    def _facts_of(self, partners):
        """Add the region of the nearest address."""
        facts = super()._facts_of(partners)
        # what agreements ask is read with the ticket's site
        if "region" not in self._rulebook().dimensions:
            return facts
        for partner_id, way in self.env["service_desk.agreement"]._ways_up(partners.ids).items():
            region = next((place.state_id for place in way if place.state_id), None)
            facts[partner_id]["region"] = frozenset((region,) if region else ())
        return facts

    def _party(self):
        """Return the row as plain data, as a version of an agreement keeps it."""
        self.ensure_one()
        conditions = self._conditions()
        return {
            "id": self.id,
            "kind": self.kind,
            "conditions": {name: sorted(values) for name, values in sorted(conditions.items())},
            **({"broken": True} if self._has_lost(conditions) else {}),
        }
