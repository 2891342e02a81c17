from odoo import api, fields, models, tools


class ResUsers(models.Model):
    _inherit = "res.users"

    service_desk_owned_agreement_ids = fields.Many2many(
        "service_desk.agreement",
        string="Agreements of Owned Services",
        compute="_compute_service_desk_agreements",
        compute_sudo=True,
        help="The agreements that name a service the user answers for, or one of its offerings.",
    )
    service_desk_seen_agreement_ids = fields.Many2many(
        "service_desk.agreement",
        string="Agreements Seen",
        compute="_compute_service_desk_agreements",
        compute_sudo=True,
        help="The agreements that the user may read: all for the desk, else those of his services.",
    )

    @api.depends_context("uid")
    def _compute_service_desk_agreements(self):
        self._fill_own_service_desk_ids(
            ("service_desk_owned_agreement_ids", "service_desk_seen_agreement_ids"),
            lambda user_id: (
                self._service_desk_owned_agreement_ids_sudo(user_id),
                self._service_desk_seen_agreement_ids_sudo(user_id),
            ),
        )

    @api.model
    @tools.ormcache("user_id")
    def _service_desk_owned_agreement_ids_sudo(self, user_id):
        """Return the ids of the agreements about what a user owns; kept until one of them or the tree changes.

        An agreement about a service is also about its parts. sudo: record rules ask for people who may not read.
        """
        owned = self._service_desk_owned_service_ids_sudo(user_id)
        services_sudo = self.env["service_desk.service"].sudo().with_context(active_test=False)
        above = services_sudo.search([("id", "parent_of", list(owned))]).ids if owned else []
        agreements_sudo = self.env["service_desk.agreement"].sudo().with_context(active_test=False)
        return tuple(
            agreements_sudo.search(
                [
                    "|",
                    "|",
                    "|",
                    ("service_ids", "in", above),
                    ("offering_ids.service_id", "in", owned),
                    ("line_ids.service_id", "in", owned),
                    ("line_ids.offering_id.service_id", "in", owned),
                ]
            ).ids
        )

    @api.model
    @tools.ormcache("user_id")
    def _service_desk_seen_agreement_ids_sudo(self, user_id):
        """Return the ids of the agreements that a user may read; the companies are asked by another rule."""
        user_sudo = self.browse(user_id).sudo()
        groups = "service_desk.service_desk_group_agent,service_desk.service_desk_group_auditor"
        if not user_sudo.has_groups(groups):
            return self._service_desk_owned_agreement_ids_sudo(user_id)
        agreements_sudo = self.env["service_desk.agreement"].sudo().with_context(active_test=False)
        return tuple(agreements_sudo.search([("company_id", "in", user_sudo.company_ids.ids)]).ids)

    @api.model
    def _forget_service_desk_agreements(self):
        """Let it be asked anew who may read which agreement, also in this transaction."""
        self.env.registry.clear_cache()
        self.invalidate_model(
            ["service_desk_owned_agreement_ids", "service_desk_seen_agreement_ids"], flush=False
        )
