"""What conditions of metrics may ask: the facts of a ticket, as the questions of a form, so that one editor does."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.service_desk.forms import conditions

#: The conditions of a metric.
CONDITIONS = ("start_condition", "stop_condition", "pause_condition")
#: Facts that are ids, and the models of the records.
RECORDS = {
    "stage_id": "service_desk.stage",
    "waiting_reason_id": "service_desk.waiting.reason",
    "type_id": "service_desk.ticket.type",
    "team_id": "service_desk.team",
    "user_id": "res.users",
    "service_id": "service_desk.service",
    "offering_id": "service_desk.offering",
}
#: Facts that are one of a list, and the field of a ticket that has it.
SELECTIONS = ("state", "priority", "approval_state", "approval_hold")
MOST_RECORDS = 500


class ServiceDeskMetric(models.Model):
    _inherit = "service_desk.metric"

    facts = fields.Json("What Can Be Asked", compute="_compute_facts")

    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_facts(self):
        self.facts = self._facts_definition()

    @api.model
    def _facts_definition(self):
        """Return the facts as the definition of a form (docs/developers/forms.md), in the reader's language."""
        questions = [
            self._fact(
                "event", self.env._("Event"), self._choices("service_desk.ticket.event", "kind")
            ),
            *(self._fact_of_ticket(name) for name in SELECTIONS),
            *(self._fact_of_record(name, model) for name, model in RECORDS.items()),
            {
                **self._fact("waiting_pauses", self.env._("The waiting stops clocks")),
                "kind": "boolean",
            },
            {**self._fact("answered", self.env._("We have answered once")), "kind": "boolean"},
        ]
        return {"format": 1, "sections": [], "questions": questions}

    @api.model
    def _fact(self, key, label, options=()):
        return {
            "key": key,
            "kind": "choice",
            "label": label,
            "is_fact": True,
            "options": [{"key": str(value), "label": name} for value, name in options],
        }

    @api.model
    def _fact_of_ticket(self, name):
        field = self.env["service_desk.ticket"]._fields[name]
        label = field._description_string(self.env)
        return self._fact(name, label, self._choices("service_desk.ticket", name))

    @api.model
    def _fact_of_record(self, name, model):
        """Return a fact that is a record, with those that the reader may choose."""
        field = self.env["service_desk.ticket"]._fields[name]
        records = self.env[model].search(
            [("share", "=", False)] if model == "res.users" else [], limit=MOST_RECORDS
        )
        options = [(record.id, record.display_name) for record in records]
        return self._fact(name, field._description_string(self.env), options)

    @api.model
    def _choices(self, model, name):
        return self.env[model]._fields[name]._description_selection(self.env)

    # ------------------------------------------------------------------- checks
    @api.constrains(*CONDITIONS)
    def _check_conditions(self):
        definition = self._facts_definition()
        for metric in self:
            for name in CONDITIONS:
                metric._check_condition(name, definition)
            if not metric._asks(metric.start_condition):
                raise ValidationError(self.env._("Say when “%(name)s” starts.", name=metric.name))
            if not metric._asks(metric.stop_condition):
                raise ValidationError(self.env._("Say when “%(name)s” stops.", name=metric.name))
            if metric.start_condition == metric.stop_condition:
                raise ValidationError(
                    self.env._("“%(name)s” would stop the moment it starts.", name=metric.name)
                )

    def _check_condition(self, name, definition):
        """Refuse a condition that clocks could not read.

        :raises ValidationError: naming what it asks and why that cannot be asked
        """
        labels = {question["key"]: question["label"] for question in definition["questions"]}
        for code, about in conditions.check(self[name], definition):
            other = about.get("other", "")
            told = {
                "metric": self.name,
                "which": self._fields[name]._description_string(self.env),
                "fact": labels.get(other, other),
            }
            raise ValidationError(
                {
                    "condition_unknown": self.env._(
                        "%(metric)s, %(which)s: nothing is known of “%(fact)s”.", **told
                    ),
                    "condition_operator": self.env._(
                        "%(metric)s, %(which)s: “%(fact)s” cannot be compared in this way.", **told
                    ),
                    "condition_value": self.env._(
                        "%(metric)s, %(which)s: “%(fact)s” cannot be compared with this value.",
                        **told,
                    ),
                }.get(code)
                or self.env._("%(metric)s, %(which)s: this condition cannot be read.", **told)
            )

    @api.model
    def _asks(self, condition):
        return bool(condition and any(condition.values()))

    @api.model
    def _for_clocks(self, condition):
        """Return a condition as clocks take it: ids are numbers, where the editor keeps them as words."""
        return {
            how: [
                {**line, "value": self._as_ids(line["value"])}
                if line["key"] in RECORDS and "value" in line
                else line
                for line in lines
            ]
            for how, lines in (condition or {}).items()
        }

    @api.model
    def _as_ids(self, value):
        return [int(one) for one in value] if isinstance(value, list) else int(value)
