from odoo import api, fields, models, tools


class ResUsers(models.Model):
    _inherit = "res.users"

    service_desk_owned_service_ids = fields.Many2many(
        "service_desk.service",
        string="Owned Services",
        compute="_compute_service_desk_owned_services",
        compute_sudo=True,
        help="The services the user answers for, with all that is part of them.",
    )

    @api.depends_context("uid")
    def _compute_service_desk_owned_services(self):
        self._fill_own_service_desk_ids(
            ("service_desk_owned_service_ids",),
            lambda user_id: (self._service_desk_owned_service_ids_sudo(user_id),),
        )

    @api.model
    @tools.ormcache("user_id")
    def _service_desk_owned_service_ids_sudo(self, user_id):
        """Return the ids of the services a user owns, with all below them; kept until the tree changes.

        sudo: record rules are evaluated for people who may not read services.
        """
        services_sudo = self.env["service_desk.service"].sudo().with_context(active_test=False)
        roots = services_sudo._search([("owner_id", "=", user_id)])
        return tuple(services_sudo.search([("id", "child_of", list(roots))]).ids)
