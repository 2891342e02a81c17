"""What an offering was at each time: a ticket tells by which words and rules it was asked for."""

from datetime import timedelta

from odoo import api, fields, models

#: Saves of one person that follow so fast are one version, while no ticket was made by it.
ONE_SITTING = timedelta(minutes=15)
#: What a version keeps; names that no add-on has brought are left out.
VERSIONED = (
    "name", "summary", "description", "search_words", "service_id", "type_id", "team_id", "impact", "urgency",
    "tag_ids", "price", "form_id", "approval_policy_id", "plan_id", "checklist_ids", "route_ids",
)  # fmt: skip
#: Longest text that is told as it was and as it is; of longer ones only that they changed.
TOLD_LENGTH = 80


class ServiceDeskOfferingVersion(models.Model):
    """An offering as it was published at a moment; nobody changes it afterwards."""

    _name = "service_desk.offering.version"
    _description = "Version of an Offering"
    _order = "offering_id, number desc"
    _rec_name = "number"

    offering_id = fields.Many2one(
        "service_desk.offering", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="offering_id.company_id", store=True, precompute=True)
    number = fields.Integer("Version", required=True, readonly=True)
    published_at = fields.Datetime("Published", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True)
    snapshot = fields.Json(required=True, readonly=True)
    changes = fields.Json(readonly=True)
    change_text = fields.Text("What Changed", compute="_compute_change_text")

    _number_uniq = models.UniqueIndex("(offering_id, number)", "An offering has each version once.")

    @api.depends("changes")
    @api.depends_context("lang")
    def _compute_change_text(self):
        for version in self:
            told = [self._told_change(change) for change in version.changes or ()]
            version.change_text = "\n".join(filter(None, told)) or self.env._("First published")

    @api.depends("number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._("Version %(number)s", number=version.number)

    # ------------------------------------------------------------------- words
    @api.model
    def _told_change(self, change):
        """Return one change in words; empty for a field that is gone."""
        label = self._change_label(change["field"])
        if not label:
            return ""
        old, new = (self._told_value(change["field"], change[side]) for side in ("old", "new"))
        if max(len(old), len(new)) > TOLD_LENGTH or old == new:
            return self.env._("%(field)s: changed", field=label)
        if not old:
            return self.env._("%(field)s: %(new)s", field=label, new=new)
        if not new:
            return self.env._("%(field)s: %(old)s removed", field=label, old=old)
        return self.env._("%(field)s: %(old)s → %(new)s", field=label, old=old, new=new)

    @api.model
    def _change_label(self, name):
        """Hook: return what people call a part of an offering; empty for an unknown one."""
        field = self.env["service_desk.offering"]._fields.get(name)
        return field._description_string(self.env) if field else ""

    @api.model
    def _told_value(self, name, value):
        """Return a kept value as the reader understands it."""
        if not value:
            return ""
        field = self.env["service_desk.offering"]._fields.get(name)
        if isinstance(value, dict):  # a text in several languages
            return str(value.get(self.env.lang) or value.get("en_US") or next(iter(value.values())))
        if field and field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, str(value))
        if isinstance(value, list) and isinstance(value[0], str):
            return "; ".join(value)
        if field and field.relational:
            rows = value if isinstance(value[0], list) else [value]
            return ", ".join(self._told_record(field.comodel_name, *row) for row in rows)
        return str(value)

    @api.model
    def _told_record(self, model, record_id, name):
        """Return the name of a record in the reader's language; as it was where it is gone."""
        record = self.env[model].browse(record_id).exists()  # its name is kept where it is gone
        return record.display_name if record and record.has_access("read") else name


class ServiceDeskOffering(models.Model):
    _inherit = "service_desk.offering"

    version_id = fields.Many2one(
        "service_desk.offering.version",
        "Current Version",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    version_ids = fields.One2many(
        "service_desk.offering.version", "offering_id", "Versions", readonly=True
    )

    def write(self, vals):
        """Write; what changes on a published offering holds at once, and is a version of its own."""
        result = super().write(vals)
        if self._versioned_fields() & vals.keys():
            self._note_changes()
        return result

    def _on_moved(self, state):
        super()._on_moved(state)
        if state == "published":
            self._note_changes()

    @api.model
    def _versioned_fields(self):
        """Return the names of the fields that make a version."""
        return set(VERSIONED) & self._fields.keys()

    def _note_changes(self):
        """Keep a version of each published offering that is not what its last one says."""
        # sudo: versions are the desk's own record, also of what the owner does not see (a team)
        for offering_sudo in self.sudo().filtered(lambda o: o.state == "published"):
            snapshot = offering_sudo._snapshot()
            last = offering_sudo.version_id
            if not last or self._changes(last.snapshot, snapshot):
                offering_sudo._keep_version(snapshot)

    def _keep_version(self, snapshot):
        """Keep ``snapshot`` as a version: as a new one, or in the one that the person is just making."""
        last = self.version_id
        before = last
        if is_same := self._is_one_sitting(last):
            before = self.version_ids.filtered(lambda v: v.number == last.number - 1)
        vals = {
            "snapshot": snapshot,
            "changes": self._changes(before.snapshot, snapshot) if before else False,
            "published_at": fields.Datetime.now(),
        }
        if is_same:
            last.write(vals)
            return
        number = (max(self.version_ids.mapped("number"), default=0)) + 1
        self.version_id = self.env["service_desk.offering.version"].create(
            {**vals, "offering_id": self.id, "number": number, "user_id": self.env.uid}
        )
        self._message_log(body=self.env._("Published as version %(number)s.", number=number))

    def _is_one_sitting(self, version):
        if not version or version.user_id != self.env.user:
            return False
        if version.published_at < fields.Datetime.now() - ONE_SITTING:
            return False
        tickets = self.env["service_desk.ticket"].with_context(active_test=False)
        return not tickets.search_count([("offering_version_id", "=", version.id)], limit=1)

    def _snapshot(self):
        """Hook: return what the offering is at this moment, as plain data by field."""
        self.ensure_one()
        return {name: self._plain(name) for name in sorted(self._versioned_fields())}

    def _plain(self, name):
        """Return the value of a field as it can be kept and compared."""
        field, value = self._fields[name], self[name]
        if field.type == "many2one":
            return [value.id, value.display_name] if value else False
        if field.relational:
            return [[record.id, record.display_name] for record in value]
        if field.translate:
            return field._get_stored_translations(self) or False
        return value or False

    @api.model
    def _changes(self, old, new):
        return [
            {"field": name, "old": old.get(name), "new": new.get(name)}
            for name in sorted(old.keys() | new.keys())
            if _bare(old.get(name)) != _bare(new.get(name))
        ]


def _bare(value):
    """Return what of a kept value is compared: the ids of records, not their names."""
    if isinstance(value, list) and value:
        if isinstance(value[0], list):
            return sorted(row[0] for row in value)
        return value[0] if isinstance(value[0], int) else value
    return value or False
