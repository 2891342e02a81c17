"""Answers as people read them."""

from markupsafe import Markup, escape

from odoo.tools import format_amount, format_date, format_datetime

from ...forms import definition as shape


class Teller:
    """Tells answers in one language; ``env`` brings it with the time zone and the user's rights.

    :param dict definition: of one language, see ``Definition.localized``
    :param dict names: ``{(kind, id): name}`` of the records and files that are named
    """

    def __init__(self, env, definition, names, currency):
        self.env = env
        self.questions = {entry["key"]: entry for entry in definition.get("questions", ())}
        self.names = names
        self.currency = currency

    def text(self, question, value):
        """Return one answer as text; ``question`` is the data of a question or column."""
        tell = getattr(self, f"_tell_{question['kind']}", None)
        if tell:
            return tell(question, value)
        return self.names.get((question["kind"], value)) or f"#{value}"

    def cell(self, column, row):
        """Return the text of one cell of a row, empty where it has no answer."""
        return self.text(column, row[column["key"]]) if column["key"] in row else ""

    def _tell_text(self, question, value):
        return value

    _tell_long_text = _tell_text

    def _tell_number(self, question, value):
        lang = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        text = lang.format(f"%.{question.get('decimals') or 0}f", value, grouping=True)
        return text.rstrip("0").rstrip(lang.decimal_point) if question.get("decimals") else text

    def _tell_money(self, question, value):
        return format_amount(self.env, value, self.currency)

    def _tell_date(self, question, value):
        return format_date(self.env, value)

    def _tell_datetime(self, question, value):
        return format_datetime(self.env, value, dt_format="short")

    def _tell_boolean(self, question, value):
        return self.env._("Yes") if value else self.env._("No")

    def _tell_choice(self, question, value):
        labels = {option["key"]: option.get("label") for option in question.get("options", ())}
        return labels.get(value) or value

    def _tell_choices(self, question, value):
        return ", ".join(self._tell_choice(question, key) for key in value)

    def _tell_files(self, question, value):
        return ", ".join(self.names.get(("files", file_id)) or f"#{file_id}" for file_id in value)

    def _tell_table(self, question, value):
        rows = ([self.cell(column, row) for column in question["columns"]] for row in value)
        return "\n".join(" · ".join(filter(None, cells)) for cells in rows)

    # --------------------------------------------------------------------- HTML
    def html(self, definition, answers):
        """Return the answers by sections, as HTML of which every text is escaped."""
        labels = {
            section["key"]: section.get("label") for section in definition.get("sections", ())
        }
        parts, current = [], None
        for question in definition.get("questions", ()):
            if question["key"] not in answers:
                continue
            if question.get("section", "") != current:
                current = question.get("section", "")
                if labels.get(current):
                    parts.append(Markup('<h4 class="mt-3">%s</h4>') % labels[current])
            parts.append(self._html_question(question, answers[question["key"]]))
        return Markup("").join(parts)

    def _html_question(self, question, value):
        if question["kind"] == "table":
            told = self._html_table(question, value)
        else:
            told = escape(self.text(question, value)).replace("\n", Markup("<br/>"))
        label = question.get("label") or question["key"]
        return Markup('<div class="mb-2"><strong>%s</strong><div>%s</div></div>') % (label, told)

    def _html_table(self, question, value):
        row = Markup("<tr>%s</tr>")
        head = row % Markup("").join(
            Markup("<th>%s</th>") % (column.get("label") or column["key"])
            for column in question["columns"]
        )
        body = (
            row
            % Markup("").join(
                Markup("<td>%s</td>") % self.cell(column, cells) for column in question["columns"]
            )
            for cells in value
        )
        return Markup(
            '<table class="table table-sm table-bordered"><thead>%s</thead><tbody>%s</tbody></table>'
        ) % (
            head,
            Markup("").join(body),
        )


def named(definition, answers):
    """Return ``{kind: {ids}}`` of the records and files that answers name."""
    found = {}

    def note(question, value):
        if question.kind in shape.RECORD_KINDS:
            found.setdefault(question.kind, set()).add(value)
        elif question.kind == "files":
            found.setdefault("files", set()).update(value)

    for question in shape.read(definition).questions:
        value = answers.get(question.key)
        if value is None:
            continue
        if question.kind == "table":
            for row in value:
                for column in question.columns:
                    if column.key in row:
                        note(column, row[column.key])
        else:
            note(question, value)
    return found
