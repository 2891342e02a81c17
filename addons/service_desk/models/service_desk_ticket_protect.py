"""What no person may set: marks that the desk itself makes, and rows of teams he may not see.

Every route of a person – form, import, RPC – ends in ``create`` or ``write`` with his own rights; what the
desk finds out is written as superuser. So one check here holds for all of them.
"""

from odoo import api, models
from odoo.exceptions import AccessError


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model
    def _protected_fields(self):
        """Return the names of the stored fields that are read-only by their definition: the desk's own marks.

        The number, the source, the channel and the origin; whatever is computed; the moments that reports
        and agreements are measured by. A field that a bridge adds read-only is protected without more ado.
        """
        return {
            name
            for name, field in self._fields.items()
            if field.store and field.readonly and name not in models.MAGIC_COLUMNS
        }

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._without_defaults(vals) for vals in vals_list]
            for vals in vals_list:
                self._check_protected(vals)
            self._check_team_visible(*(vals.get("team_id") for vals in vals_list))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_protected(vals)
            if "team_id" in vals:
                self._check_team_visible(vals["team_id"])
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy is a new contact with the desk: it takes over no mark of the old one."""
        kept = self._protected_fields() - set(default or ())
        return [
            {name: value for name, value in vals.items() if name not in kept}
            for vals in super().copy_data(default=default)
        ]

    @api.model
    def _without_defaults(self, vals):
        """Leave out marks that have just the value they would get anyway (a form may send them back)."""
        defaults = {"number": "/", "channel": "manual"}
        return {name: value for name, value in vals.items() if name not in defaults or value != defaults[name]}

    @api.model
    def _check_protected(self, vals):
        """Refuse values that no person may set.

        :raises AccessError: names the fields
        """
        names = self._protected_fields() & vals.keys()
        if names:
            labels = sorted(self._fields[name]._description_string(self.env) for name in names)
            raise AccessError(
                self.env._("The service desk itself keeps: %(fields)s. Nobody can set it.", fields=", ".join(labels))
            )

    @api.model
    def _check_team_visible(self, *team_ids):
        """Refuse to put tickets into a team that the person may not see (an id proves nothing).

        :raises AccessError: when a team is not his to see
        """
        teams = self.env["service_desk.team"].browse({team_id for team_id in team_ids if isinstance(team_id, int) and team_id})
        if teams:
            teams.check_access("read")

    def _set_marks(self, **vals):
        """Write marks of the desk itself.

        sudo: no person may set them; they follow from what a person did with his own rights.
        """
        if self:
            self.sudo().write(vals)
        return True
