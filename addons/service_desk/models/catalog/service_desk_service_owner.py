"""Owners of services edit what is theirs, and cannot give themselves more."""

from odoo import Command, api, models
from odoo.exceptions import AccessError, ValidationError

MANAGER = "service_desk.service_desk_group_manager"
OWNER = "service_desk.service_desk_group_owner"
#: Who owns what, and for whom: managers decide about it.
MANAGED_FIELDS = ("owner_id", "company_id", "active")


class ServiceDeskService(models.Model):
    _inherit = "service_desk.service"

    @api.constrains("owner_id")
    def _check_owner(self):
        for service in self:
            if service.owner_id.sudo().share:  # sudo: who is an employee is no secret
                raise ValidationError(
                    self.env._(
                        "“%(person)s” is no employee: only employees own services.",
                        person=service.owner_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_manager_of_services():
            vals_list = [self._as_part_of_mine(vals) for vals in vals_list]
        services = super().create(vals_list)
        services._enrol_owners()
        return services

    def write(self, vals):
        if not self._is_manager_of_services():
            self._check_managed(vals)
            self._check_new_parent(vals)
            self._check_team_known(vals)
        result = super().write(vals)
        if vals.get("owner_id"):
            self._enrol_owners()
        return result

    @api.model
    def _is_manager_of_services(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    @api.model
    def _as_part_of_mine(self, vals):
        """Return the values of a new part of an owned service: whose and for whom follows from it."""
        self.browse()._check_managed(vals)
        self._check_team_known(vals)
        parent_id = vals.get("parent_id") or self.env.context.get("default_parent_id")
        if parent_id not in self.env.user.service_desk_owned_service_ids.ids:
            raise AccessError(self.env._("You can add parts to the services that you own only."))
        # sudo: the company of one's own service
        company_id = self.sudo().browse(parent_id).company_id.id
        return {**vals, "parent_id": parent_id, "company_id": company_id, "owner_id": False}

    def _check_managed(self, vals):
        """Refuse what managers decide about; what stays as it is may be sent along.

        :raises AccessError: names the fields
        """
        changed = [
            name
            for name in MANAGED_FIELDS
            if name in vals and any(self._is_changed(service, name, vals) for service in self)
        ]
        if changed:
            labels = [self._fields[name]._description_string(self.env) for name in changed]
            raise AccessError(
                self.env._(
                    "Managers of the desk decide about: %(fields)s.", fields=", ".join(labels)
                )
            )

    @api.model
    def _is_changed(self, service, name, vals):
        current = service[name]
        return (current.id if isinstance(current, models.BaseModel) else current) != vals[name]

    def _check_new_parent(self, vals):
        """Refuse to move services out of what the person owns: to a stranger's, or to the top.

        :raises AccessError: when the new place is not his
        """
        if "parent_id" not in vals:
            return
        owned = self.env.user.service_desk_owned_service_ids.ids
        moved = self.filtered(lambda service: service.parent_id.id != vals["parent_id"])
        if moved and vals["parent_id"] not in owned:
            raise AccessError(self.env._("You can move services within what you own only."))

    @api.model
    def _check_team_known(self, vals):
        """Refuse teams that the person may not see: an id proves nothing."""
        team_id = vals.get("team_id", self.env.context.get("default_team_id"))
        if isinstance(team_id, int) and team_id:
            self.env["service_desk.team"].browse(team_id).check_access("read")

    def _enrol_owners(self):
        """Let owners edit: they get the group “Service owner”.

        sudo: who may name an owner need not be an administrator; nothing but this one group is given.
        """
        owners_sudo = self.owner_id.sudo().filtered(lambda user: not user.share)
        new_sudo = owners_sudo.filtered(lambda user: not user.has_group(OWNER))
        if new_sudo:
            new_sudo.write({"group_ids": [Command.link(self.env.ref(OWNER).id)]})
