"""Making the records of a department."""

import json

from odoo import Command, api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ... import departments

#: Records that belong to the company; others follow from what they hang on, or are of all.
OF_COMPANY = frozenset({"service_desk.team", "service_desk.service", "service_desk.routing.rule"})
SHARED = frozenset({"service_desk.waiting.reason"})
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}


class ServiceDeskDepartment(models.Model):
    _inherit = "service_desk.department"

    def _install(self, company, options=None):
        """Make what these departments are made of and what the company has not of them yet.

        What is there stays as it is: nothing that somebody changed or deleted is touched.

        :param options: ``lead_ids``, ``member_ids`` (ids of users), ``owner_id`` and ``publish``
        :return: the items that were made
        """
        self._check_manager()
        made = self.env["service_desk.department.item"]
        for department in self.with_company(company):
            made |= department._install_one({"publish": True, **(options or {})})
        return made.with_env(self.env)

    @api.model
    def _check_manager(self):
        if not self.env.su and not self.env.user.has_group(
            "service_desk.service_desk_group_manager"
        ):
            raise AccessError(self.env._("Managers of the desk install and remove departments."))

    def _install_one(self, options):
        self.ensure_one()
        # two who install at once: the second waits, and finds it done
        self.sudo().lock_for_update()
        left = self._items().filtered("is_left")
        left._take_back()
        new = self._new_nodes()
        places = self._places()
        items = self.env["service_desk.department.item"].sudo()
        for nodes in self._in_batches(new):
            items |= self._make(nodes, places, options)
        items._write_languages(self._nodes())
        self._publish(items, options)
        touched = items | self._items().filtered(
            lambda item: item.key in {node.part_of for node in new}
        )
        touched._remember(self._nodes())
        return items

    def _new_nodes(self):
        """Return the nodes that the company has no record of; none inside of what people have changed."""
        self.ensure_one()
        items = self._items()
        known = set(items.mapped("key"))
        nodes = self._nodes()
        new = [node for key, node in nodes.items() if key not in known]
        if not known or not new:
            return new
        changed = {self._top(nodes, item.key) for item in items._changed() if item.key in nodes}
        return [node for node in new if self._top(nodes, node.key) not in changed]

    @api.model
    def _top(self, nodes, key):
        """Return the key of the whole that a node is a part of."""
        while nodes[key].part_of:
            key = nodes[key].part_of
        return key

    def _places(self):
        """Return ``{key: record id}`` of what is there; of other departments as ``department:key``."""
        every = self.sudo().search([])._items()  # pylint: disable=no-search-all
        alive = every._records()
        places = {f"{item.department_id.code}:{item.key}": item.res_id for item in alive}
        own = {item.key: item.res_id for item in alive if item.department_id == self}
        return {**places, **own}

    @api.model
    def _in_batches(self, nodes):
        """Yield lists of nodes of one model that do not refer to each other."""
        batch, keys = [], set()
        for node in nodes:
            refers = any(key.rpartition("|")[2] in keys for key in _keys(node))
            if batch and (node.model != batch[0].model or refers):
                yield batch
                batch, keys = [], set()
            batch.append(node)
            keys.add(node.key)
        if batch:
            yield batch

    # ------------------------------------------------------------------ making
    def _make(self, nodes, places, options):
        """Create the records of nodes of one model, and remember which they are."""
        model = self.env[nodes[0].model].with_context(lang="en_US", **QUIET)
        vals_list = [self._vals(node, places, options) for node in nodes]
        records = model.create(vals_list)
        places.update(zip((node.key for node in nodes), records.ids, strict=True))
        shared = nodes[0].model in SHARED
        # sudo: the registry is the desk's own
        return (
            self.env["service_desk.department.item"]
            .sudo()
            .create(
                [
                    {
                        "department_id": self.id,
                        "company_id": False if shared else self.env.company.id,
                        "key": node.key,
                        "res_model": node.model,
                        "res_id": record.id,
                    }
                    for node, record in zip(nodes, records, strict=True)
                ]
            )
        )

    def _vals(self, node, places, options):
        """Return the values of a record; what this database has no field for is left out."""
        known = self.env[node.model]._fields
        vals = {name: value for name, value in node.values.items() if name in known}
        for name, texts in node.texts.items():
            if name in known:
                lang = "en_US" if known[name].translate else self.env.lang
                vals[name] = departments.text_in(texts, lang)
        for name, keys in node.refs.items():
            if name in known:
                vals[name] = self._reference(keys, places)
        if node.model in OF_COMPANY:
            vals["company_id"] = self.env.company.id
        vals.update(self._people(node, options))
        return self._fitting(node, vals)

    def _reference(self, keys, places):
        if isinstance(keys, tuple):
            return [Command.set([self._place(key, places) for key in keys if key in places])]
        return self._place(keys, places)

    def _place(self, key, places):
        kind, _colon, xmlid = key.partition(":")
        if kind == "xmlid":
            return self.env.ref(xmlid).id
        foreign, _bar, own = key.rpartition("|")
        return places.get(foreign) or places.get(own, False)

    @api.model
    def _people(self, node, options):
        """Return who works in a team, and who answers for the services."""
        if node.model == "service_desk.team":
            return {
                "member_ids": [Command.set(options.get("member_ids") or [])],
                "lead_ids": [Command.set(options.get("lead_ids") or [])],
            }
        if node.key == "service":
            return {"owner_id": options.get("owner_id") or self.env.uid}
        return {}

    @api.model
    def _fitting(self, node, vals):
        """Leave out what a question can only be filled with where another add-on is installed."""
        if node.model == "service_desk.form.question" and vals.get("prefill"):
            facts = self.env["service_desk.form.kind"]._prefills()
            if vals["kind"] not in facts.get(vals["prefill"], ("", ()))[1]:
                vals.pop("prefill")
        return vals

    # ---------------------------------------------------------------- finishing
    def _publish(self, items, options):
        """Publish the forms that are new or have new questions, then the new offerings."""
        nodes = self._nodes()
        keys = {self._top(nodes, item.key) for item in items}
        forms = self._items().filtered(
            lambda item: item.res_model == "service_desk.form" and item.key in keys
        )
        if forms:
            self.env["service_desk.form"].browse(forms.mapped("res_id")).action_publish()
        offerings = items.filtered(lambda item: item.res_model == "service_desk.offering")
        if offerings and options.get("publish"):
            self.env["service_desk.offering"].with_context(**QUIET).browse(
                offerings.mapped("res_id")
            ).write({"state": "published"})


class ServiceDeskDepartmentItem(models.Model):
    _inherit = "service_desk.department.item"

    def _take_back(self):
        """A department that was removed comes again: what was left of it is in use again."""
        for item, record in self._records().items():
            if "active" in record._fields and not record.active:
                record.action_unarchive()
            if item.res_model == "service_desk.offering" and record.state == "retired":
                record.write({"state": "published"})
        self.is_left = False

    def _write_languages(self, nodes, codes=None):
        """Write the texts of the active languages besides English, a statement for each field.

        :param codes: only these languages of Odoo
        """
        active = {code for code, _name in self.env["res.lang"].get_installed()}
        wanted = {
            family: code
            for family, code in departments.LANGUAGES.items()
            if code in active and code != "en_US" and (codes is None or code in codes)
        }
        if not wanted:
            return
        for model, items in self.grouped("res_model").items():
            self._write_languages_of(model, items, nodes, wanted)
        self.env.registry.clear_cache()  # what is kept of configuration may hold its texts

    def _write_languages_of(self, model, items, nodes, wanted):
        # sudo: texts of the add-on's own files, for records that were just made or are unchanged
        records = self.env[model].sudo()
        names = {name for item in items for name in nodes[item.key].texts}
        for name in sorted(names & records._fields.keys()):
            if not records._fields[name].translate:
                continue
            ids, texts = [], []
            for item in items:
                if of_name := nodes[item.key].texts.get(name):
                    ids.append(item.res_id)
                    texts.append({code: of_name[family] for family, code in wanted.items()})
            self._merge_texts(records.browse(ids), name, texts)

    def _merge_texts(self, records, name, texts):
        """Add ``texts`` (``{language: text}`` for each record) to a translated field."""
        if not records:
            return
        records.flush_recordset([name])
        column = SQL.identifier(name)
        rows = SQL(", ").join(
            SQL("(%s, %s::jsonb)", record.id, json.dumps(text, ensure_ascii=False))
            for record, text in zip(records, texts, strict=True)
        )
        self.env.execute_query(
            SQL(
                "UPDATE %(table)s t SET %(column)s = COALESCE(t.%(column)s, '{}'::jsonb) || v.texts"
                " FROM (VALUES %(rows)s) AS v(id, texts) WHERE t.id = v.id RETURNING t.id",
                table=SQL.identifier(records._table),
                column=column,
                rows=rows,
            )
        )
        records.invalidate_recordset([name], flush=False)


def _keys(node):
    for keys in node.refs.values():
        yield from keys if isinstance(keys, tuple) else (keys,)
