"""The chart of employees says who is above a contact, also where he has no login."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _service_desk_above(self):
        above = super()._service_desk_above()
        return above or self._service_desk_chart_above()

    def _service_desk_chart_above(self):
        """Return the contact of the nearest one above the person's employee record who can be asked."""
        employee_sudo = self._service_desk_employee_sudo()
        seen = employee_sudo
        above = employee_sudo._service_desk_above()
        while above and above not in seen:
            contact = above._service_desk_contact()
            if above.active and contact and contact.id != self.id:
                return self.browse(contact.id)
            seen |= above
            above = above._service_desk_above()
        return self.browse()

    def _service_desk_employee_sudo(self):
        """Return the employee behind the contact.

        sudo: whoever asks for something need not be able to read employees
        """
        employees_sudo = self.env["hr.employee"].sudo()
        if not self:
            return employees_sudo
        of_user = employees_sudo.search([("user_id", "in", self.sudo().user_ids.ids)], limit=1)
        return of_user or employees_sudo.search([("work_contact_id", "=", self.id)], limit=1)


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _service_desk_contact(self):
        """Return the contact by which the employee is asked: his user's, else his work contact."""
        user = self.user_id
        return user.partner_id if user.active else self.work_contact_id
