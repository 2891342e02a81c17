"""What the builder asks the server besides reading and saving the rows of a form."""

from odoo import api, models


class ServiceDeskForm(models.Model):
    _inherit = "service_desk.form"

    def action_build(self):
        """Open the builder on the form."""
        return self._screen_action("service_desk.service_desk_form_builder_action")

    def action_preview(self):
        """Open the form as a requester sees it."""
        return self._screen_action("service_desk.service_desk_form_preview_action")

    def _screen_action(self, xmlid):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(xmlid)
        return dict(action, context={"active_id": self.id, "active_model": self._name})

    @api.model
    @api.readonly
    def get_builder_facts(self):
        """Return what can be asked here, as plain data in the reader's language.

        :return: ``kinds`` as ``[key, label]``, ``models`` as ``{kind: model}``, ``prefills`` as
            ``{key, label, kinds}``, ``languages`` as ``[code, name]``
        """
        self.check_access("read")
        kinds = self.env["service_desk.form.kind"]
        return {
            "kinds": [["section", self.env._("Section")], *map(list, kinds._kinds().items())],
            "models": kinds._models(),
            "prefills": [
                {"key": fact, "label": label, "kinds": sorted(fitting)}
                for fact, (label, fitting) in kinds._prefills().items()
            ],
            "languages": [list(language) for language in self.env["res.lang"].get_installed()],
        }


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    def action_build_form(self):
        """Open the builder on the form of the offering; there is a new one where nothing is asked yet."""
        self.ensure_one()
        if not self.form_id:
            self.check_access("write")
            vals = {"name": self.name, "service_id": self.service_id.id}
            self.form_id = self.env["service_desk.form"].create(vals)
        return self.form_id.action_build()
