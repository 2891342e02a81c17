"""What a certificate of employment says; without sudo, so that nobody reads it of others by the report's address."""

from odoo import models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _service_desk_employed_since(self):
        """Return the first day of the employment: of the first contract, else of the first version."""
        self.ensure_one()
        versions = self.with_context(active_test=False).version_ids
        starts = [day for day in versions.mapped("contract_date_start") if day]
        return min(starts or versions.mapped("date_version"))
