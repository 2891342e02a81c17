"""What an agent sees of a colleague who asks: where he works and whom he answers to, never more than the public profile."""

from odoo import models
from odoo.tools import format_date


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _requester_panel_sections(self):
        sections = super()._requester_panel_sections()
        section = self._panel_employee()
        return [*sections, section] if section else sections

    def _panel_employee(self):
        """Return the section of a requester who is an employee, read with the rights of whoever looks."""
        employee = self._requester_employee()
        if not employee:
            return None
        rows = [{"label": label, "text": text} for label, text in self._panel_job(employee) if text]
        if employee.parent_id:
            rows.insert(min(2, len(rows)), self._panel_colleague(employee.parent_id))
        if employee.is_absent and employee.leave_date_to:
            back = format_date(self.env, employee.leave_date_to)
            rows.append({"label": self.env._("Absent until"), "text": back, "is_late": True})
        return rows and {
            "key": "employee",
            "title": self.env._("Employee"),
            "icon": "fa-id-badge",
            "sequence": 15,
            "rows": rows,
        }

    def _requester_employee(self):
        """Return the public profile of the requester; of several companies' the ticket's comes first."""
        if not self.partner_id:
            return self.env["hr.employee.public"]
        employees = self.env["hr.employee.public"].search(
            [
                "|",
                ("work_contact_id", "=", self.partner_id.id),
                ("user_id.partner_id", "=", self.partner_id.id),
            ]
        )
        return employees.sorted(lambda employee: employee.company_id != self.company_id)[:1]

    def _panel_job(self, employee):
        """Return ``(label, text)`` of what the public profile says about the work of ``employee``."""
        return [
            (self.env._("Job"), employee.job_title or employee.job_id.name),
            (self.env._("Department"), employee.department_id.name),
            (
                self.env._("Place of work"),
                employee.work_location_name or employee.work_location_id.name,
            ),
            (self.env._("Work phone"), employee.work_phone),
        ]

    def _panel_colleague(self, manager):
        return {
            "label": "",
            "text": self.env._("Manager: %(name)s", name=manager.name),
            "image": f"/web/image/hr.employee.public/{manager.id}/avatar_128",
            "record": {"model": manager._name, "id": manager.id},
        }
