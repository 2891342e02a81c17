"""Employees as answers, and what the firm knows of an employee who asks."""

from odoo import api, models
from odoo.fields import Domain


class ServiceDeskFormKind(models.AbstractModel):
    _inherit = "service_desk.form.kind"

    @api.model
    def _kinds(self):
        return self._put_after(super()._kinds(), "contact", "employee", self.env._("Employee"))

    @api.model
    def _models(self):
        # what every colleague may read of an employee, not his HR file
        return {**super()._models(), "employee": "hr.employee.public"}

    @api.model
    def _domain_employee(self, partner, user):
        """Employees are named by colleagues only."""
        if not user:
            return Domain.FALSE
        return Domain("company_id", "in", user.company_ids.ids)

    @api.model
    def _prefills(self):
        return {
            **super()._prefills(),
            "department": (self.env._("Department"), {"text"}),
            "job": (self.env._("Job position"), {"text"}),
            "employee": (self.env._("Himself as an employee"), {"employee"}),
        }

    @api.model
    def _prefill_facts(self, partner):
        facts = super()._prefill_facts(partner)
        # sudo: who asks is told of himself, without a right on HR
        employee_sudo = self.env["hr.employee"].sudo()
        if user_sudo := partner.sudo().user_ids.filtered("active")[:1]:
            employee_sudo = employee_sudo.search(
                [("user_id", "=", user_sudo.id), ("company_id", "in", user_sudo.company_ids.ids)],
                limit=1,
            )
        employee_sudo = employee_sudo or employee_sudo.search(
            [("work_contact_id", "=", partner.id)], limit=1
        )
        known = {
            "department": employee_sudo.department_id.name,
            "job": employee_sudo.job_title or employee_sudo.job_id.name,
            "employee": employee_sudo.id,
        }
        return {**facts, **{name: value for name, value in known.items() if value}}
