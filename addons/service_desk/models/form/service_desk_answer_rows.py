"""From answers to rows and back."""

from odoo import api, models

from .answer_text import Teller, named


class ServiceDeskAnswer(models.Model):
    _inherit = "service_desk.answer"

    @api.model
    def _names(self, definition, answers):
        """Return ``{(kind, id): name}`` of the records and files that answers name; one query for each kind.

        sudo: whoever may read the request may read what it is about by name.
        """
        models_by_kind = {
            **self.env["service_desk.form.kind"]._models(),
            "files": "ir.attachment",
        }
        names = {}
        for kind, ids in named(definition, answers).items():
            if kind not in models_by_kind:
                continue
            records_sudo = self.env[models_by_kind[kind]].sudo().browse(ids).exists()
            for record in records_sudo:
                names[kind, record.id] = record.name if kind == "files" else record.display_name
        return names

    @api.model
    def _prepare_rows(self, ticket, version, answers):
        """Return the values of the rows that keep ``answers`` of ``ticket``, told in its requester's language."""
        lang = ticket._requester_lang()
        told = self.with_context(lang=lang, tz=ticket.partner_id.tz or self.env.user.tz)
        plain = version._client_definition(lang)
        sections = {entry["key"]: entry.get("label") for entry in plain.get("sections", ())}
        names = told._names(version._definition(), answers)
        teller = Teller(told.env, plain, names, ticket.company_id.currency_id)
        rows = []
        for place, question in enumerate(plain["questions"]):
            if question["key"] not in answers:
                continue
            base = {
                "ticket_id": ticket.id,
                "version_id": version.id,
                "sequence": place,
                "section": sections.get(question.get("section")) or False,
            }
            value = answers[question["key"]]
            if question["kind"] == "table":
                rows += self._rows_of_table(question, value, base, teller)
            else:
                rows.append({**base, **self._row(question, value, teller)})
        return rows

    @api.model
    def _rows_of_table(self, question, value, base, teller):
        return [
            {
                **base,
                **self._row(column, row[column["key"]], teller),
                "label": f"{question.get('label')}: {column.get('label')}",
                "table_key": question["key"],
                "row": number,
            }
            for number, row in enumerate(value, 1)
            for column in question["columns"]
            if column["key"] in row
        ]

    @api.model
    def _row(self, question, value, teller):
        vals = {
            "key": question["key"],
            "kind": question["kind"],
            "label": question.get("label") or question["key"],
            "display": teller.text(question, value),
            **self._column_vals(question["kind"], value),
        }
        if question["kind"] == "money":
            vals["currency_id"] = teller.currency.id
        return vals

    def _values(self, version):
        """Return ``{key: value}`` of the rows of one ticket, tables as lists of rows."""
        form = version._definition()
        answers = {}
        for row in self.sorted(lambda row: (row.sequence, row.row, row.id)):
            question = form.get(row.table_key or row.key)
            if not row.table_key:
                answers[row.key] = row._value(question)
                continue
            column = next((one for one in question.columns if one.key == row.key), None)
            lines = answers.setdefault(row.table_key, [])
            while len(lines) < row.row:
                lines.append({})
            lines[row.row - 1][row.key] = row._value(column)
        return answers

    def _as_told(self):
        """Return a definition and answers of texts: former answers with the words as they were."""
        questions, answers = [], {}
        for number, row in enumerate(
            self.sorted(lambda row: (row.version_id.id, row.sequence, row.row, row.id))
        ):
            key = f"q{number}"
            questions.append({"key": key, "kind": "text", "label": row.label})
            answers[key] = row.display or ""
        return {"questions": questions}, answers
