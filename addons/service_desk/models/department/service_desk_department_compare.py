"""How a record was when it was made, and what people have changed since."""

from odoo import models
from odoo.tools import SQL

from ... import departments


class ServiceDeskDepartmentItem(models.Model):
    _inherit = "service_desk.department.item"

    def _remember(self, nodes):
        """Keep how the records of these items are now.

        :param dict nodes: ``{key: node}`` of what they were made by
        """
        records = self._records()
        items = self.filtered(lambda item: item in records)
        fields_of = {item: item._fields_of(nodes[item.key]) for item in items}
        current = items._current(fields_of, records)
        for item in items:
            item.values = current[item]

    def _fields_of(self, node):
        """Return the names of the fields that a node says something about."""
        names = (*node.values, *node.texts, *node.refs, *node.parts)
        known = self.env[self.res_model]._fields
        return [
            name for name in names if name in known and known[name].store | (name in node.parts)
        ]

    def _changed(self):
        """Return ``{item: names of fields}`` of what people changed; no names where the record was deleted.

        Only records that were written after they were remembered are looked at closely.
        """
        records = self._records()
        changed = {item: [] for item in self if item not in records and item.res_model in self.env}
        suspects = self.filtered(
            lambda item: item in records and records[item].write_date > item.write_date
        )
        return {**changed, **suspects._differences(records)}

    def _differences(self, records):
        """Return ``{item: names of fields}`` of those that are not as they were made."""
        fields_of = {item: list(item.values or ()) for item in self}
        current = self._current(fields_of, records)
        found = {}
        for item in self:
            was = item.values or {}
            if names := [name for name in was if not _is_same(was[name], current[item].get(name))]:
                found[item] = names
        return found

    def _current(self, fields_of, records):
        """Return ``{item: {field: value}}`` as plain data, texts in all languages of the files."""
        found = {}
        for model, items in self.grouped("res_model").items():
            names = {name for item in items for name in fields_of[item]}
            known = self.env[model]._fields
            texts = [name for name in names if name in known and known[name].translate]
            stored = self._stored_texts(model, texts, items.mapped("res_id"))
            for item in items:
                record = records[item]
                found[item] = {
                    name: stored[record.id][name] if name in texts else _plain(record, name)
                    for name in fields_of[item]
                    if name in known
                }
        return found

    def _stored_texts(self, model, names, ids):
        """Return ``{id: {field: {language: text}}}`` of translated fields."""
        records = self.env[model].sudo().browse(ids)
        if not names:
            return dict.fromkeys(ids, {})
        records.flush_recordset(names)
        columns = SQL(", ").join(map(SQL.identifier, names))
        table = SQL.identifier(records._table)
        rows = self.env.execute_query(
            SQL("SELECT id, %s FROM %s WHERE id = ANY(%s)", columns, table, list(ids))
        )
        codes = set(departments.LANGUAGES.values())
        return {
            record_id: {
                name: {code: text for code, text in (value or {}).items() if code in codes}
                for name, value in zip(names, values, strict=True)
            }
            for record_id, *values in rows
        }


def _plain(record, name):
    value = record[name]
    if record._fields[name].relational:
        return sorted(value.ids) if record._fields[name].type != "many2one" else value.id
    return value


def _is_same(was, now):
    """Tell whether a value is as it was; a language that has come since is no change."""
    if isinstance(was, dict) and isinstance(now, dict) and was.keys() & now.keys():
        return all(now.get(key) == value for key, value in was.items())
    return (was or None) == (now or None)
