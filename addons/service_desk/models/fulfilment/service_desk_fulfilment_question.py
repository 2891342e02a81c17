"""Which questions of the form a plan asks about: chosen by name, kept by key, so that a new version changes nothing."""

from odoo import api, fields, models

from ...forms import conditions

#: Field that keeps the key: field by which it is chosen.
QUESTIONS = {
    "due_key": "due_question_id",
    "until_key": "until_question_id",
    "lang_key": "lang_question_id",
}
DATES = (
    "[('form_id', '=', form_id), ('parent_id', '=', False), ('kind', 'in', ('date', 'datetime'))]"
)
CHOICES = "[('form_id', '=', form_id), ('parent_id', '=', False), ('kind', '=', 'choice')]"


class ServiceDeskFulfilmentPlan(models.Model):
    _inherit = "service_desk.fulfilment.plan"

    form_id = fields.Many2one("service_desk.form", compute="_compute_form_id")

    @api.depends("offering_ids.form_id")
    def _compute_form_id(self):
        for plan in self:
            plan.form_id = plan.offering_ids.form_id[:1]

    def _find_problems(self):
        """Return what of the plan asks for questions that its form does not have, for the drawing."""
        self.ensure_one()
        known = set(self.form_id.sudo().question_ids.mapped("key"))
        problems = []
        for task in self.task_ids:
            asked = set(conditions.keys_of(task.condition or {}))
            asked |= {task[name] for name in QUESTIONS if task[name]}
            if unknown := asked - known:
                problems.append(
                    {
                        "level": "warning",
                        "stage_id": task._origin.id,
                        "text": self.env._(
                            "“%(task)s” asks for what no form of the plan's offerings asks: %(keys)s.",
                            task=task.name,
                            keys=", ".join(sorted(unknown)),
                        ),
                    }
                )
        return problems


class ServiceDeskFulfilmentPlanTask(models.Model):
    _inherit = "service_desk.fulfilment.plan.task"

    form_id = fields.Many2one(related="plan_id.form_id")
    due_question_id = fields.Many2one(
        "service_desk.form.question",
        "The Date of",
        compute="_compute_questions",
        inverse="_inverse_due_question_id",
        domain=DATES,
    )
    until_question_id = fields.Many2one(
        "service_desk.form.question",
        "Until the Date of",
        compute="_compute_questions",
        inverse="_inverse_until_question_id",
        domain=DATES,
    )
    lang_question_id = fields.Many2one(
        "service_desk.form.question",
        "Language by",
        compute="_compute_questions",
        inverse="_inverse_lang_question_id",
        domain=CHOICES,
        help="A choice between “ru” and “en”. Empty: the requester's language.",
    )

    @api.depends("due_key", "until_key", "lang_key", "plan_id.form_id")
    def _compute_questions(self):
        for task in self:
            by_key = {question.key: question for question in task.form_id.question_ids}
            for key_name, name in QUESTIONS.items():
                task[name] = by_key.get(task[key_name], False)

    def _inverse_due_question_id(self):
        for task in self:
            task.due_key = task.due_question_id.key

    def _inverse_until_question_id(self):
        for task in self:
            task.until_key = task.until_question_id.key

    def _inverse_lang_question_id(self):
        for task in self:
            task.lang_key = task.lang_question_id.key
