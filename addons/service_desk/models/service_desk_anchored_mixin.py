from odoo import api, models


class ServiceDeskAnchoredMixin(models.AbstractModel):
    """For records whose rights follow from what they hang on: nobody hangs them on what is hidden from him.

    Odoo asks the record rules before a write only, and on creating after the constraints, whose sentences may
    name what the person does not see.
    """

    _name = "service_desk.anchored.mixin"
    _description = "Hangs on Another Record"

    #: The many2one fields that the record rules ask about. An add-on that extends a model names its own only.
    _anchors = frozenset()

    @api.model
    def _anchor_names(self):
        """Return the anchors that the model and its extensions name."""
        return frozenset().union(*(vars(cls).get("_anchors", ()) for cls in type(self).mro()))

    @api.model
    def _check_anchors(self, vals_list):
        """Refuse to hang records on others that the person may not read (an id proves nothing).

        :raises AccessError: when one of them is not his to see
        """
        for name in self._anchor_names():
            default = self.env.context.get(f"default_{name}")
            ids = {vals.get(name, default) for vals in vals_list if name in vals or default}
            known = [record_id for record_id in ids if isinstance(record_id, int) and record_id]
            self.env[self._fields[name].comodel_name].browse(known).check_access("read")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_anchors(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        moved = self._anchor_names() & vals.keys()
        if self.env.su or not moved:
            return super().write(vals)
        self._check_anchors([{name: vals[name] for name in moved}])
        result = super().write(vals)
        self.check_access("write")  # where it hangs now it must still be his
        return result
