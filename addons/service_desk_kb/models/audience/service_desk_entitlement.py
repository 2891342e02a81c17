from odoo import api, fields, models


class ServiceDeskEntitlement(models.Model):
    """Rows of an audience say who reads, as those of an offering say who asks."""

    _inherit = "service_desk.entitlement"
    _anchors = frozenset({"audience_id"})

    audience_id = fields.Many2one(
        "service_desk.audience", index="btree_not_null", ondelete="cascade"
    )

    @api.depends("audience_id.company_id")
    def _compute_company_id(self):
        rows = self.filtered("audience_id")
        for row in rows:
            row.company_id = row.audience_id.company_id
        return super(ServiceDeskEntitlement, self - rows)._compute_company_id()

    @api.model
    def _rulebook(self):
        """Return the book of offerings; that of audiences is read at the same time, and kept beside it."""
        self.env["service_desk.audience"]._asked_dimensions()
        return super()._rulebook()

    @api.model
    def _is_asked(self, *dimensions):
        """Tell also what audiences ask for."""
        asked = self.env["service_desk.audience"]._asked_dimensions()
        return super()._is_asked(*dimensions) or not asked.isdisjoint(dimensions)
