from odoo import fields, models


class ServiceDeskDepartmentItem(models.Model):
    """One record that a department has brought to a company, and how it was then.

    No technical names (``ir.model.data``) are used for this: several companies have their own records of one
    part, and nothing is left behind when the add-on goes.
    """

    _name = "service_desk.department.item"
    _description = "Record of a Ready Department"
    _order = "id"
    _rec_name = "key"

    department_id = fields.Many2one(
        "service_desk.department", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", index=True, ondelete="cascade", help="Empty: all companies share the record."
    )
    key = fields.Char(required=True)
    res_model = fields.Char("Model", required=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    values = fields.Json(
        help="The record as it was made: what differs from it was changed by people."
    )
    is_left = fields.Boolean(
        "Left Over",
        help="The department was removed; this record stayed because it is used or changed.",
    )

    _key_uniq = models.UniqueIndex(
        "(department_id, COALESCE(company_id, 0), key)",
        "The department has brought this record already.",
    )

    def _by_department(self):
        return self.grouped("department_id")

    def _records(self):
        """Return ``{item: record}`` as superuser, also of archived ones; without what was deleted."""
        found = {}
        for model, items in self.grouped("res_model").items():
            if model not in self.env:
                continue
            # sudo: the caller decides what he tells of it
            records = self.env[model].sudo().with_context(active_test=False)
            alive = set(records.browse(items.mapped("res_id")).exists().ids)
            for item in items:
                if item.res_id in alive:
                    found[item] = records.browse(item.res_id)
        return found
