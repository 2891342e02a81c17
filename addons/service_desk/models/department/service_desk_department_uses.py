"""What keeps a record of a department: that people changed it, or that something outside refers to it."""

from collections import defaultdict

from odoo import models

from ... import departments

#: Why a whole stays, and how: ``keep`` leaves it as it is, ``archive`` takes it out of use.
GO, ARCHIVE, KEEP = 0, 1, 2
#: What is learned of a record, or is kept by the desk itself, uses nothing.
NO_USE = ("service_desk.catalog.", "service_desk.department.", "service_desk.search.")


class ServiceDeskDepartmentItem(models.Model):
    _inherit = "service_desk.department.item"

    def _tops(self):
        """Return ``{item: item of the whole that it is a part of}``."""
        by_key = {(item.department_id, item.key): item for item in self}
        tops = {}
        for department, items in self._by_department().items():
            pack = department._pack()
            nodes = {node.key: node for node in departments.nodes(pack)} if pack else {}
            for item in items:
                key = item.key
                while key in nodes and nodes[key].part_of:
                    key = nodes[key].part_of
                tops[item] = by_key.get((department, key), item)
        return tops

    def _verdicts(self):
        """Return ``{whole: (how it stays, reasons)}`` of all wholes that these items are parts of."""
        tops = self._tops()
        verdicts = {top: [GO, []] for top in tops.values()}
        for item, names in self._changed().items():
            if names:  # a deleted record keeps nothing
                _raise(verdicts[tops[item]], KEEP, self._changed_reason(item, names))
        inside = self._count_uses(tops, verdicts)
        self._spread(inside, verdicts)
        return {
            top: (how, list(dict.fromkeys(reasons))) for top, (how, reasons) in verdicts.items()
        }

    def _changed_reason(self, item, names):
        known = self.env[item.res_model]._fields
        labels = [known[name]._description_string(self.env) for name in names if name in known]
        record = item._records().get(item)
        return self.env._(
            "%(record)s: you changed %(fields)s",
            record=record.display_name if record else item.key,
            fields=", ".join(sorted(set(labels))),
        )

    def _spread(self, inside, verdicts):
        """What a staying whole refers to stays as well, until nothing more comes to it."""
        waiting = [top for top, (how, _reasons) in verdicts.items() if how]
        while waiting:
            source = waiting.pop()
            how = verdicts[source][0]
            for target in inside[source]:
                if target != source and verdicts[target][0] < how:
                    name = source._records()[source].display_name
                    _raise(verdicts[target], how, self.env._("used by “%(name)s”", name=name))
                    waiting.append(target)

    # -------------------------------------------------------------- references
    def _count_uses(self, tops, verdicts):
        """Note what outside refers to the records; return ``{whole: wholes that it refers to}``."""
        records = self._records()
        item_of = {(item.res_model, item.res_id): item for item in records}
        inside = defaultdict(set)
        for model, items in self.browse(i.id for i in records).grouped("res_model").items():
            ids = items.mapped("res_id")
            for field in self._fields_to(model):
                for source_id, target_id, count in self._references(field, ids, item_of):
                    target = tops[item_of[model, target_id]]
                    source = item_of.get((field.model_name, source_id))
                    if source:
                        inside[tops[source]].add(target)
                    else:
                        how = ARCHIVE if self._is_history(field.model_name) else KEEP
                        _raise(verdicts[target], how, self._use_reason(field.model_name, count))
        return inside

    def _fields_to(self, model):
        """Return the stored fields of other records that name records of ``model``."""
        for source in self.env.registry.values():
            if source._abstract or source._transient or not source._auto:
                continue
            if source._name.startswith((f"{model}.", *NO_USE)) and not self._is_own(source._name):
                continue
            for field in source._fields.values():
                if (
                    field.type in ("many2one", "many2many")
                    and field.comodel_name == model
                    and field.store
                    and not field.related
                ):
                    yield field

    def _is_own(self, model):
        """Tell whether departments bring records of the model: those are looked at one by one."""
        return model in self.mapped("res_model")

    def _references(self, field, ids, item_of):
        """Yield ``(id of who refers or False, id of the record, how many)``."""
        # sudo: also what the user does not see keeps a record; he is told how many, nothing of what
        source = self.env[field.model_name].sudo().with_context(active_test=False)
        domain = [(field.name, "in", ids)]
        if not self._is_own(field.model_name):
            for target, count in source._read_group(domain, [field.name], ["__count"]):
                if target.id in ids:
                    yield False, target.id, count
            return
        for record in source.search(domain):
            for target_id in record[field.name].ids:
                if target_id in ids:
                    yield record.id, target_id, 1

    def _is_history(self, model):
        """Tell whether records of the model are the past (tickets and what hangs on them), not configuration."""
        fields = self.env[model]._fields.values()
        return model == "service_desk.ticket" or any(
            field.type == "many2one" and field.comodel_name == "service_desk.ticket"
            for field in fields
        )

    def _use_reason(self, model, count):
        # sudo: the name of a model is no secret
        name = self.env["ir.model"].sudo()._get(model).name
        return self.env._("used by: %(what)s (%(count)s)", what=name, count=count)


def _raise(verdict, how, reason):
    verdict[0] = max(verdict[0], how)
    verdict[1].append(reason)
