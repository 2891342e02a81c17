"""Approvers by the chart of employees: no list of approvers to keep."""

from odoo import fields, models


class ServiceDeskApprovalPolicyStep(models.Model):
    _inherit = "service_desk.approval.policy.step"

    who = fields.Selection(
        selection_add=[("department_head", "The head of the department")],
        ondelete={"department_head": lambda steps: steps.write({"who": "manager"})},
    )


class ServiceDeskApprovalStep(models.Model):
    _inherit = "service_desk.approval.step"

    def _approvers_department_head(self, rule):
        """Return the head of the requester's department, else of the next one above it; never himself."""
        employee_sudo = self.ticket_id.partner_id._service_desk_employee_sudo()
        department = employee_sudo.department_id
        while department and department.manager_id in (employee_sudo, employee_sudo.browse()):
            department = department.parent_id
        contact = department.manager_id._service_desk_contact()
        return self.env["res.partner"].browse(contact.id)

    def _partner_of_employee(self, value):
        """Return the contact of the employee that was chosen in the form."""
        employee_sudo = self.env["hr.employee"].sudo().browse(value).exists()  # sudo: as above
        return self.env["res.partner"].browse(employee_sudo._service_desk_contact().id)
