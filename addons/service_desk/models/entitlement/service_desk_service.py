from odoo import fields, models


class ServiceDeskService(models.Model):
    _inherit = "service_desk.service"

    entitlement_ids = fields.One2many(
        "service_desk.entitlement",
        "service_id",
        "For Whom",
        help="Holds for all offerings of the service and of its parts, besides their own rows.",
    )

    def action_view_as(self):
        """Open the window in which one asks what a person sees of the service.

        :raises AccessError: when the service is not the user's to edit
        """
        self.ensure_one()
        self.check_access("write")
        return self.env["service_desk.entitlement"]._view_as_action(service_id=self.id)
