from odoo import fields, models
from odoo.exceptions import UserError


class ServiceDeskFulfilmentPermit(models.Model):
    """Documents made of what HR knows of an employee, for himself."""

    _inherit = "service_desk.fulfilment.permit"

    record = fields.Selection(
        selection_add=[("employee", "The requester as an employee")],
        ondelete={"employee": "set default"},
    )

    def _record_models(self):
        return super()._record_models() | {"employee": "hr.employee"}

    def _document_of_employee(self, ticket):
        """Return the employee who asks (superuser): he himself, in the company of the ticket.

        :raises UserError: when the requester is no employee, or it is not certain which one
        """
        partner = ticket.partner_id
        employees = self.env["hr.employee"].search(
            [
                ("company_id", "=", ticket.company_id.id),
                "|",
                ("user_id", "in", partner.user_ids.filtered("active").ids),
                ("work_contact_id", "=", partner.id),
            ]
        )
        if not partner or len(employees) != 1:
            raise UserError(
                self.env._(
                    "It is not certain which employee of %(company)s asks.",
                    company=ticket.company_id.name,
                )
            )
        return employees
