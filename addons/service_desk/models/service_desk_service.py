from odoo import api, fields, models


class ServiceDeskService(models.Model):
    """What the organisation provides, as a tree; somebody answers for each branch of it."""

    _name = "service_desk.service"
    _description = "Service"
    _parent_store = True
    _order = "parent_path, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(
        "Full Name",
        compute="_compute_complete_name",
        recursive=True,
        search="_search_complete_name",
        help="With what it is part of, in the language of the reader.",
    )
    active = fields.Boolean(default=True)
    color = fields.Integer()
    parent_id = fields.Many2one(
        "service_desk.service", "Part of", index=True, ondelete="restrict", check_company=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("service_desk.service", "parent_id", "Parts")
    company_id = fields.Many2one("res.company", index=True, help="Empty: of all companies.")
    owner_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        help="Who answers for the service: escalations call him in. Empty: the owner of what it is part of.",
    )
    team_id = fields.Many2one(
        "service_desk.team",
        check_company=True,
        help="The team that works on its tickets, where nothing else decides.",
    )
    description = fields.Text(translate=True)

    @api.depends("name", "parent_id.complete_name")
    @api.depends_context("lang")
    def _compute_complete_name(self):
        for service in self:
            above = service.parent_id.complete_name
            service.complete_name = f"{above} / {service.name}" if above else service.name

    @api.model
    def _search_complete_name(self, operator, value):
        return [("id", "child_of", list(self._search([("name", operator, value)])))]

    @api.depends("complete_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for service in self:
            service.display_name = service.complete_name

    def _owner(self):
        """Return who answers for the service: its owner, else the nearest owner above it (may be empty)."""
        self.ensure_one()
        service = self
        while service and not service.owner_id:
            service = service.parent_id
        return service.owner_id

    def _team_seen(self):
        """Return the team that works on the service's tickets: its own, else the nearest above it.

        Empty where there is none, or where the user may not work with it: he cannot open tickets there.
        """
        self.ensure_one()
        service_sudo = self.sudo()  # the way up is no secret of a service one may choose
        while service_sudo and not service_sudo.team_id.active:
            service_sudo = service_sudo.parent_id
        team = service_sudo.team_id.with_env(self.env)
        seen = not team or self.env.su or self.env.user._sees_service_desk_team(team)
        return team if seen else team.browse()
