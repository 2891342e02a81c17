from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import html_translate

TASK_KINDS = [
    ("human", "A person does it"),
    ("document", "Document"),
    ("membership", "Membership of a group"),
    ("mail", "Mail to the requester"),
    ("action", "Server action"),
]
DUE_FROM = [
    ("ready", "after it can begin"),
    ("before", "before a date in the form"),
    ("after", "after a date in the form"),
]
DUE_UNITS = [("hour", "working hours"), ("day", "working days")]


class ServiceDeskFulfilmentPlanTask(models.Model):
    """One task of a plan. What it says is copied to the tickets: they keep it when the plan changes."""

    _name = "service_desk.fulfilment.plan.task"
    _description = "Task of a Plan"
    _inherit = "service_desk.anchored.mixin"
    _order = "plan_id, sequence, id"
    _anchors = frozenset({"plan_id"})

    plan_id = fields.Many2one(
        "service_desk.fulfilment.plan", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    description = fields.Html(translate=html_translate, help="What is to be done, for who does it.")
    kind = fields.Selection(TASK_KINDS, required=True, default="human")
    team_id = fields.Many2one(
        "service_desk.team", ondelete="restrict", help="Empty: the team of the ticket."
    )
    user_id = fields.Many2one(
        "res.users", "Person", domain="[('share', '=', False)]", help="Empty: whoever takes it."
    )
    depends_on_ids = fields.Many2many(
        "service_desk.fulfilment.plan.task",
        "service_desk_plan_task_order_rel",
        "task_id",
        "before_id",
        string="After",
        domain="[('plan_id', '=', plan_id), ('id', '!=', id)]",
        help="It can begin when all of these are done.",
    )
    condition = fields.Json("Only If", help="Answers of the form; empty: always.")
    checklist_id = fields.Many2one("service_desk.checklist", ondelete="restrict")
    # -------------------------------------------------------------------- due
    due_amount = fields.Integer("Due", help="0: no date, or on the very day of the form's date.")
    due_unit = fields.Selection(DUE_UNITS, required=True, default="day")
    due_from = fields.Selection(DUE_FROM, required=True, default="ready")
    due_key = fields.Char("Date in the Form", help="Key of the question that asks for the date.")
    # ---------------------------------------------------- without a person
    permit_id = fields.Many2one(
        "service_desk.fulfilment.permit",
        "Automatic Step",
        domain="[('kind', '=', kind)]",
        ondelete="restrict",
        help="Administrators decide what can be chosen here.",
    )
    until_days = fields.Integer("For (days)", help="How long the membership lasts.")
    until_key = fields.Char(
        "Until the Date in the Form", help="Key of the question; wins over the days."
    )
    lang_key = fields.Char(
        "Language by the Form",
        help="Key of the question with the choices “ru” and “en”. Empty: the requester's language.",
    )
    mail_subject = fields.Char("Subject", translate=True)
    mail_body = fields.Html("Text", translate=html_translate)

    @api.constrains("depends_on_ids", "plan_id")
    def _check_order(self):
        """Refuse an order that has no beginning, naming the tasks of the circle."""
        for plan in self.plan_id:
            for task in plan.task_ids:
                if foreign := task.depends_on_ids - plan.task_ids:
                    raise ValidationError(
                        self.env._("“%(before)s” is no task of this plan.", before=foreign[0].name)
                    )
            if circle := plan._find_circle():
                raise ValidationError(
                    self.env._(
                        "These tasks wait for each other, so none could ever begin: %(tasks)s.",
                        tasks=" → ".join(circle.mapped("name") + [circle[0].name]),
                    )
                )

    @api.constrains("kind", "permit_id", "mail_subject", "mail_body", "until_days", "until_key")
    def _check_kind(self):
        placeholders = self.env["service_desk.placeholder"]
        for task in self:
            if task.kind in ("document", "membership", "action"):
                if task.permit_id.sudo().kind != task.kind:
                    raise ValidationError(
                        self.env._("Choose the automatic step of “%(task)s”.", task=task.name)
                    )
            elif task.kind == "mail" and not (task.mail_subject and task.mail_body):
                raise ValidationError(
                    self.env._("Write subject and text of the mail “%(task)s”.", task=task.name)
                )
            if task.kind == "membership" and not (task.until_days > 0 or task.until_key):
                raise ValidationError(
                    self.env._("Say until when the membership of “%(task)s” lasts.", task=task.name)
                )
            placeholders._check_text(task.mail_subject)
            placeholders._check_text(task.mail_body)

    @api.constrains("due_amount", "due_from", "due_key")
    def _check_due(self):
        for task in self:
            if task.due_amount < 0 or task.due_amount > 10_000:
                raise ValidationError(
                    self.env._("“%(task)s” is due after 0 to 10,000 hours or days.", task=task.name)
                )
            if task.due_from != "ready" and not task.due_key:
                raise ValidationError(
                    self.env._("Name the question with the date of “%(task)s”.", task=task.name)
                )

    @api.constrains("team_id", "user_id")
    def _check_person(self):
        for task in self.filtered("user_id"):
            # sudo: groups and teams of others
            user_sudo, team_sudo = task.user_id.sudo(), task.team_id.sudo()
            if not user_sudo._is_service_desk_staff() or (
                team_sudo and not user_sudo._sees_service_desk_team(team_sudo)
            ):
                raise ValidationError(
                    self.env._(
                        "%(person)s cannot do “%(task)s”: he is no agent who sees that team.",
                        person=user_sudo.name,
                        task=task.name,
                    )
                )


class ServiceDeskFulfilmentPlan(models.Model):
    _inherit = "service_desk.fulfilment.plan"

    def _find_circle(self):
        """Return tasks that wait for each other, in order; empty where there are none."""
        self.ensure_one()
        done, path = set(), []

        def visit(task):
            if task in path:
                return path[path.index(task) :]
            if task in done:
                return []
            path.append(task)
            for before in task.depends_on_ids:
                if circle := visit(before):
                    return circle
            done.add(path.pop())
            return []

        for task in self.task_ids:
            if circle := visit(task):
                return self.task_ids.browse([member.id for member in reversed(circle)])
        return self.task_ids.browse()
