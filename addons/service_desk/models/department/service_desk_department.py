from odoo import api, fields, models

from ... import departments

STATES = [
    ("new", "Not Installed"),
    ("installed", "Installed"),
    ("changed", "Changed by You"),
]


class ServiceDeskDepartment(models.Model):
    """A ready department: what a file of the add-on says, and what a company has made of it.

    The texts come from the files and are read anew with each update; nobody edits them here.
    """

    _name = "service_desk.department"
    _description = "Ready Department"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, readonly=True)
    summary = fields.Char(translate=True, readonly=True)
    description = fields.Text(translate=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    icon = fields.Char(readonly=True)
    sequence = fields.Integer(readonly=True)
    service_count = fields.Integer("Services", readonly=True)
    offering_count = fields.Integer("Offerings", readonly=True)
    form_count = fields.Integer("Forms", readonly=True)
    task_count = fields.Integer("Tasks of Plans", readonly=True)
    item_ids = fields.One2many("service_desk.department.item", "department_id", readonly=True)
    state = fields.Selection(
        STATES, compute="_compute_state", help="In the company that you work in."
    )
    changed_count = fields.Integer(
        "Changed by You", compute="_compute_state", help="Records that you changed or deleted."
    )
    new_count = fields.Integer(
        "New", compute="_compute_state", help="Records that an update of the desk has brought."
    )

    _code_uniq = models.UniqueIndex("(code)", "There is such a department already.")

    @api.depends_context("company", "uid")
    def _compute_state(self):
        installed = self._items()._by_department()
        for department in self:
            items = installed.get(department, self.env["service_desk.department.item"])
            in_use = items.filtered(lambda item: item.company_id and not item.is_left)
            department.changed_count = len(in_use._changed()) if in_use else 0
            department.new_count = len(department._new_nodes()) if in_use else 0
            changed = "changed" if department.changed_count else "installed"
            department.state = changed if in_use else "new"

    def _items(self):
        """Return what the company of the user has of these departments.

        sudo: the registry is the desk's own; managers read it, nobody writes it.
        """
        return (
            self.env["service_desk.department.item"]
            .sudo()
            .search(
                [
                    ("department_id", "in", self.ids),
                    ("company_id", "in", [False, self.env.company.id]),
                ]
            )
        )

    def _pack(self):
        """Return the content of the department's file."""
        self.ensure_one()
        return departments.pack(self.code) or {}

    def _nodes(self):
        """Return ``{key: node}`` of what the department is made of here, in the order of making."""
        pack = self._pack()
        if not pack:
            return {}
        return {node.key: node for node in departments.nodes(pack) if node.model in self.env}

    # ------------------------------------------------------------------- files
    @api.model
    def _sync(self):
        """Bring the records into line with the files; called with every update of the add-on."""
        packs = departments.packs()
        known = {department.code: department for department in self.sudo().search([])}
        for code, pack in packs.items():
            vals = self._vals_of_pack(pack)
            if code in known:
                known[code].with_context(lang="en_US").write(vals)
            else:
                known[code] = self.sudo().with_context(lang="en_US").create({"code": code, **vals})
            known[code]._write_texts(known[code]._texts_of_pack())
        # a department whose file is gone stays as long as a company has something of it
        gone = self.browse(known[code].id for code in known.keys() - packs.keys()).sudo()
        gone.filtered(lambda department: not department.item_ids).unlink()

    @api.model
    def _vals_of_pack(self, pack):
        offerings = [offering for service in pack["services"] for offering in service["offerings"]]
        return {
            "name": pack["name"]["en"],
            "summary": pack["summary"]["en"],
            "description": pack["description"]["en"],
            "icon": pack["icon"],
            "sequence": pack["sequence"],
            "service_count": len(pack["services"]),
            "offering_count": len(offerings),
            "form_count": sum(1 for offering in offerings if offering.get("questions")),
            "task_count": sum(len(offering.get("tasks", ())) for offering in offerings),
        }

    def _texts_of_pack(self):
        pack = self._pack()
        return {name: pack[name] for name in ("name", "summary", "description")}

    def _write_texts(self, texts):
        """Write the texts of the other active languages; English is there already."""
        codes = {code for code, _name in self.env["res.lang"].get_installed()}
        for family, code in departments.LANGUAGES.items():
            if code != "en_US" and code in codes:
                own = {name: text[family] for name, text in texts.items()}
                self.with_context(lang=code).write(own)

    # ----------------------------------------------------------------- actions
    def action_install(self):
        """Ask who works in the departments and who answers for them, then install them."""
        return self._open_wizard("service_desk.department.install", self.env._("Install"))

    def action_remove(self):
        """Show what would be removed and what would stay, and why."""
        return self._open_wizard("service_desk.department.remove", self.env._("Remove"))

    def _open_wizard(self, model, name):
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_department_ids": self.ids},
        }

    def action_open_offerings(self):
        """Open the offerings that the departments have brought."""
        self.check_access("read")
        ids = self._items().filtered(lambda item: item.res_model == "service_desk.offering")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_offering_action"
        )
        return {**action, "domain": [("id", "in", ids.mapped("res_id"))], "context": {}}
