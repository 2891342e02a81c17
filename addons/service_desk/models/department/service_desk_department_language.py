"""A language that comes later finds its texts, too."""

from odoo import api, models

from ... import departments


class ServiceDeskDepartment(models.Model):
    _inherit = "service_desk.department"

    @api.model
    def _fill_languages(self, codes):
        """Fill the texts of languages that have just been activated, without overwriting any.

        A record whose English text was changed keeps it: the ready translation would say something else.
        """
        codes = set(codes) & set(departments.LANGUAGES.values()) - {"en_US"}
        if not codes:
            return
        every = self.sudo().search([])  # pylint: disable=no-search-all
        for department in every:
            department._write_texts(department._texts_of_pack())
        # sudo: companies have the same texts; who activates a language need not be of each of them
        items_sudo = self.env["service_desk.department.item"].sudo()
        items = items_sudo.search([])  # pylint: disable=no-search-all
        for department, own in items._by_department().items():
            own._fill_languages(department._nodes(), codes)


class ServiceDeskDepartmentItem(models.Model):
    _inherit = "service_desk.department.item"

    def _fill_languages(self, nodes, codes):
        records = self._records()
        items = self.filtered(lambda item: item in records and item.key in nodes)
        changed = items._differences(records)
        untouched = items - self.browse(item.id for item in changed)
        untouched -= untouched._with_texts(nodes, codes)
        untouched._write_languages(nodes, codes)
        untouched._remember(nodes)
        tops = items._tops()
        edited = {tops[item] for item in items - untouched}
        for item in untouched:
            if item.res_model == "service_desk.form" and item not in edited:
                item._publish_form(records[item])

    def _publish_form(self, form):
        """Publish the new texts of a form that nobody has changed."""
        form.invalidate_recordset()
        if form.version_id and not form._problems():
            form._publish()

    def _with_texts(self, nodes, codes):
        """Return the items whose records have texts in one of the languages already."""
        found = self.browse()
        for model, items in self.grouped("res_model").items():
            names = {name for item in items for name in nodes[item.key].texts}
            known = self.env[model]._fields
            names = [name for name in names if name in known and known[name].translate]
            stored = self._stored_texts(model, names, items.mapped("res_id"))
            found |= items.filtered(
                lambda item, stored=stored: any(
                    code in texts for texts in stored[item.res_id].values() for code in codes
                )
            )
        return found
