from odoo import api, models


class ServiceDeskKeptMixin(models.AbstractModel):
    """For configuration that ``ormcache`` methods keep in memory: a change of it lets them be asked anew."""

    _name = "service_desk.kept.mixin"
    _description = "Kept in Memory"

    #: The fields that what is kept is made of; None means all.
    _kept_fields = None

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if self._kept_fields is None or self._kept_fields & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
