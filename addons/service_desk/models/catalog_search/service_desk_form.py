from odoo import api, models

#: Characters of all labels of a form that are looked at.
MAX_LABELS = 3_000


class ServiceDeskForm(models.Model):
    _name = "service_desk.form"
    _inherit = ["service_desk.form", "service_desk.kept.mixin"]
    #: What is asked now is among the words of the catalog.
    _kept_fields = frozenset({"version_id"})


class ServiceDeskFormVersion(models.Model):
    _inherit = "service_desk.form.version"

    @api.model
    def _words(self, definition):
        """Return the labels of sections, questions, options and columns in all languages, as one text."""
        found, waiting = [], [definition]
        while waiting:
            part = waiting.pop()
            if isinstance(part, list):
                waiting += part
            elif isinstance(part, dict):
                label = part.get("label")
                found += label.values() if isinstance(label, dict) else ()
                waiting += (
                    part[key]
                    for key in ("sections", "questions", "options", "columns")
                    if key in part
                )
        return " ".join(dict.fromkeys(text for text in found if text))[:MAX_LABELS]
