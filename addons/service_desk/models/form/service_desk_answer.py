from odoo import api, fields, models

from ...forms import definition as shape

#: Where the answer of a kind is kept; all others are references to a record.
COLUMNS = {
    "text": "value_text",
    "long_text": "value_text",
    "number": "value_number",
    "money": "value_amount",
    "date": "value_date",
    "datetime": "value_datetime",
    "boolean": "value_boolean",
    "choice": "value_option",
    "choices": "value_options",
    "files": "attachment_ids",
}


class ServiceDeskAnswer(models.Model):
    """One answer of a request, in the type of its question, with the words as they were then."""

    _name = "service_desk.answer"
    _description = "Answer of a Request"
    _order = "ticket_id desc, is_former, sequence, row, id"
    _rec_name = "label"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, index=True, ondelete="cascade"
    )
    version_id = fields.Many2one(
        "service_desk.form.version", "Form", required=True, index=True, ondelete="restrict"
    )
    form_id = fields.Many2one(
        related="version_id.form_id", string="Asked by", store=True, precompute=True
    )
    key = fields.Char("Technical Key", required=True, index=True)
    table_key = fields.Char("Table", help="The table that it is a cell of.")
    row = fields.Integer(help="Row of the table, from 1; 0 for what is no cell.", aggregator=None)
    sequence = fields.Integer(aggregator=None)
    kind = fields.Selection("_selection_kind", required=True)
    section = fields.Char()
    label = fields.Char("Question")
    display = fields.Text("Given Answer", index="trigram", help="As the requester read it then.")
    is_former = fields.Boolean(
        "Former", help="Of a form that the request had before its offering was changed."
    )
    value_text = fields.Text("As Text")
    value_number = fields.Float("As Number", aggregator="sum")
    value_amount = fields.Float("As Amount", aggregator="sum")
    currency_id = fields.Many2one("res.currency", ondelete="restrict")
    value_date = fields.Date("As Date")
    value_datetime = fields.Datetime("As Moment")
    value_boolean = fields.Boolean("As Yes or No")
    value_option = fields.Char("Chosen")
    value_options = fields.Json("All Chosen")
    res_model = fields.Char("Model")
    res_id = fields.Many2oneReference("Record", model_field="res_model")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")

    _record_index = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")

    @api.model
    def _selection_kind(self):
        kinds = self.env["service_desk.form.kind"]._kinds()
        # kinds of an add-on that is gone keep their answers
        return [*kinds.items(), *((kind, kind) for kind in sorted(shape.KINDS - kinds.keys()))]

    # ------------------------------------------------------------------ writing
    @api.model
    def _column_vals(self, kind, value):
        """Return the values that keep one answer."""
        if kind in shape.RECORD_KINDS:
            return {
                "res_model": self.env["service_desk.form.kind"]._models()[kind],
                "res_id": value,
            }
        if kind == "files":
            return {"attachment_ids": [(6, 0, value)]}
        return {COLUMNS[kind]: value}

    def _value(self, question=None):
        """Return the answer as it was given, in the types of JSON; ``question`` tells whole numbers."""
        self.ensure_one()
        if self.kind in shape.RECORD_KINDS:
            return self.res_id
        value = self[COLUMNS[self.kind]]
        if self.kind == "number" and question and not question.rule("decimals", 0):
            return int(value)
        if self.kind == "files":
            return sorted(value.ids)
        if self.kind == "date":
            return fields.Date.to_string(value)
        if self.kind == "datetime":
            return fields.Datetime.to_string(value)
        return value
