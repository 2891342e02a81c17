from odoo import api, models
from odoo.exceptions import AccessError


class ServiceDeskMarksMixin(models.AbstractModel):
    """For records with marks of the desk's own: stored fields that are read-only by their definition.

    What is computed is among them: a remote call could write it as well.
    """

    _name = "service_desk.marks.mixin"
    _description = "Marks of the Desk"

    @api.model
    def _mark_fields(self):
        """Return the names of the fields that no person may set."""
        return {
            name
            for name, field in self._fields.items()
            if field.store and field.readonly and name not in models.MAGIC_COLUMNS
        }

    @api.model
    def _check_marks(self, vals):
        """Refuse values that only the desk itself sets.

        :raises AccessError: names the fields
        """
        names = self._mark_fields() & vals.keys()
        if names and not self.env.su:
            labels = sorted(self._fields[name]._description_string(self.env) for name in names)
            raise AccessError(
                self.env._(
                    "The service desk itself keeps: %(fields)s. Nobody can set it.",
                    fields=", ".join(labels),
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_marks(vals)
        # a remote call brings its own context: no default of a mark comes from there
        forged = {f"default_{name}" for name in self._mark_fields()}
        context = {key: value for key, value in self.env.context.items() if key not in forged}
        creating = self if self.env.su else self.with_env(self.env(context=context))
        return super(ServiceDeskMarksMixin, creating).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_marks(vals)
        return super().write(vals)

    def _set_marks(self, **vals):
        """Write marks; sudo: no person may set them, they follow from what he did with his own rights."""
        if self:
            self.sudo().write(vals)
        return True
