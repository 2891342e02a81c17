from odoo import api, fields, models
from odoo.exceptions import UserError


class ServiceDeskAgreementVersion(models.Model):
    """An agreement as it was put in force. It never changes: the clocks that began under it keep it."""

    _name = "service_desk.agreement.version"
    _description = "Version of an Agreement"
    _order = "agreement_id, number desc"
    _rec_name = "number"

    agreement_id = fields.Many2one(
        "service_desk.agreement", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="agreement_id.company_id", store=True, precompute=True, index=True
    )
    number = fields.Integer(required=True, readonly=True)
    definition = fields.Json(required=True, readonly=True)
    published_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    published_by_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )

    _number_uniq = models.Constraint(
        "UNIQUE (agreement_id, number)", "This version exists already."
    )

    def write(self, vals):  # pylint: disable=method-required-super
        self.check_access("write")
        raise UserError(self.env._("A version of an agreement never changes."))

    @api.model
    def _publish(self, agreement):
        """Return the version that holds from now on; the last one where nothing has changed."""
        last = self.search([("agreement_id", "=", agreement.id)], order="number desc", limit=1)
        definition = agreement._definition()
        if last and last.definition == definition:
            return last
        # sudo: versions are made by publishing only
        return self.sudo().create(
            {"agreement_id": agreement.id, "number": last.number + 1, "definition": definition}
        )
