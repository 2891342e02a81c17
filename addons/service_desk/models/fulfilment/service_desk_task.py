from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .seen_ticket import SeenTicket
from .service_desk_fulfilment_plan_task import TASK_KINDS

TASK_STATES = [
    ("waiting", "Waiting"),
    ("ready", "Ready"),
    ("in_progress", "In Progress"),
    ("failed", "Failed"),
    ("done", "Done"),
    ("skipped", "Skipped"),
    ("cancelled", "Cancelled"),
]
#: Nobody works on these any more; what comes after them may begin.
ENDED = ("done", "skipped", "cancelled")
#: Somebody can work on these now.
WORKABLE = ("ready", "in_progress", "failed")


class ServiceDeskTask(models.Model):
    """A piece of work that a ticket needs, for one team. Its people see it also where the ticket is hidden."""

    _name = "service_desk.task"
    _description = "Task"
    _inherit = ["service_desk.marks.mixin", "service_desk.anchored.mixin"]
    _order = "ticket_id desc, sequence, id"
    _anchors = frozenset({"ticket_id", "team_id"})

    ticket_id = SeenTicket(
        "service_desk.ticket", "Ticket", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="ticket_id.company_id", store=True, index=True, precompute=True
    )
    plan_task_id = fields.Many2one(
        "service_desk.fulfilment.plan.task",
        "Of the Plan",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    name = fields.Char(required=True, translate=True)
    description = fields.Html(translate=True, help="What is to be done.")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(TASK_KINDS, readonly=True, required=True, default="human")
    state = fields.Selection(
        TASK_STATES, readonly=True, required=True, default="ready", copy=False, group_expand=True
    )
    is_open = fields.Boolean(compute="_compute_is_open", store=True, precompute=True)
    team_id = fields.Many2one(
        "service_desk.team",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
        help="Empty at first: the team of the ticket.",
    )
    follows_team = fields.Boolean(
        readonly=True, help="It goes with the ticket when that moves to another team."
    )
    user_id = fields.Many2one(
        "res.users", "Person", domain="[('share', '=', False)]", index="btree_not_null"
    )
    depends_on_ids = fields.Many2many(
        "service_desk.task",
        "service_desk_task_order_rel",
        "task_id",
        "before_id",
        string="After",
        domain="[('ticket_id', '=', ticket_id), ('id', '!=', id)]",
    )
    dependent_ids = fields.Many2many(
        "service_desk.task",
        "service_desk_task_order_rel",
        "before_id",
        "task_id",
        string="Before",
        readonly=True,
    )
    waits_for = fields.Char(compute="_compute_waits_for", help="What must be done before.")
    check_ids = fields.One2many("service_desk.check", "task_id", "Checklist")
    check_progress = fields.Char("Checked", compute="_compute_check_progress")
    note = fields.Text("What Was Done")
    # ------------------------------------------------------------------ times
    ready_at = fields.Datetime(readonly=True, copy=False)
    due_at = fields.Datetime("Due")
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    late_told_at = fields.Datetime(readonly=True, copy=False)
    started_at = fields.Datetime(readonly=True, copy=False)
    done_at = fields.Datetime("Ended", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", "Ended by", readonly=True, copy=False)
    reason = fields.Char(readonly=True, copy=False, help="Why it was skipped or cancelled.")
    ended_with_ticket = fields.Boolean(readonly=True, copy=False)
    # ------------------------------------------------------- without a person
    attempts = fields.Integer(readonly=True, copy=False)
    attempt_at = fields.Datetime(readonly=True, copy=False)
    failure = fields.Char("Failed Because", readonly=True, copy=False)

    _order_index = models.Index("(ticket_id DESC, sequence, id)")
    _open_user_index = models.Index("(user_id, due_at) WHERE is_open IS TRUE")
    _open_team_index = models.Index("(team_id, due_at) WHERE is_open IS TRUE")
    _due_index = models.Index("(due_at, id) WHERE is_open IS TRUE AND late_told_at IS NULL")
    _attempt_index = models.Index(
        "(attempt_at, id) WHERE state = 'ready' AND attempt_at IS NOT NULL"
    )

    # ---------------------------------------------------------------- computes
    @api.depends("state")
    def _compute_is_open(self):
        for task in self:
            task.is_open = task.state not in ENDED

    @api.depends("ticket_id")
    def _compute_team_id(self):
        for task in self:
            # sudo: the team of a ticket that one sees is no secret
            task.team_id = task.team_id or task.sudo().ticket_id.team_id.with_env(task.env)

    @api.depends("depends_on_ids.state", "depends_on_ids.name")
    @api.depends_context("uid", "lang")
    def _compute_waits_for(self):
        for task in self:
            # sudo: also what others do comes before
            before = task.sudo().depends_on_ids.filtered("is_open")
            waits = task.is_open and before
            task.waits_for = before.sudo(self.env.su)._names_seen() if waits else False

    def _names_seen(self, limit=5):
        """Return the names of tasks as one text; of those that the user may not see, only how many."""
        seen = self._filtered_access("read")
        names = seen[:limit].mapped("name")
        if more := len(self) - len(names):
            names.append(self.env._("%s more", more))
        return ", ".join(names)

    @api.depends("check_ids.is_done")
    def _compute_check_progress(self):
        for task in self:
            lines = task.check_ids
            done = lines.filtered("is_done")
            task.check_progress = f"{len(done)}/{len(lines)}" if lines else False

    @api.depends("due_at", "is_open")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for task in self:
            task.is_late = bool(task.is_open and task.due_at and task.due_at < now)

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("is_open", "=", True), ("due_at", "<", fields.Datetime.now())]

    # -------------------------------------------------------------- constrains
    @api.constrains("user_id", "team_id")
    def _check_person(self):
        for task in self.filtered("user_id"):
            user_sudo = task.user_id.sudo()  # sudo: groups and teams of others
            team_sudo = task.sudo().team_id
            if not user_sudo._is_service_desk_staff() or not user_sudo._sees_service_desk_team(
                team_sudo
            ):
                raise ValidationError(
                    self.env._(
                        "%(person)s does not see the work of the team “%(team)s”. Choose another person.",
                        person=user_sudo.name,
                        team=team_sudo.name,
                    )
                )

    @api.constrains("depends_on_ids", "ticket_id")
    def _check_order(self):
        for task in self.sudo():
            if task.depends_on_ids.ticket_id - task.ticket_id:
                raise ValidationError(
                    self.env._(
                        "“%(task)s” can only come after tasks of its ticket.", task=task.name
                    )
                )
        if self._has_cycle("depends_on_ids"):
            raise ValidationError(
                self.env._("Tasks cannot wait for each other: none could ever begin.")
            )

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        if not self.env.context.get("service_desk_from_plan"):
            tasks.sudo()._added_by_hand()  # sudo: counts and states are the desk's own marks
        return tasks

    def write(self, vals):
        if "ticket_id" in vals and not self.env.su:
            raise AccessError(self.env._("A task stays on its ticket."))
        result = super().write(vals)
        if not self.env.su:
            self._follow_up(vals.keys())
        return result

    def _follow_up(self, names):
        """Do what follows from a person's change of the fields ``names``."""
        tasks_sudo = self.sudo()  # sudo: states, notices and due moments are the desk's own
        if "depends_on_ids" in names:
            tasks_sudo._order_changed()
        if names & {"user_id", "team_id"}:
            tasks_sudo._tell_ready()
        if "due_at" in names:
            tasks_sudo._due_changed()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_plan(self):
        if self.env.su:
            return
        if any(task.plan_task_id or not task.is_open for task in self.sudo()):
            raise UserError(
                self.env._("Tasks of a plan, and what is done, stay. Skip a task and say why.")
            )

    def unlink(self):
        tickets_sudo, after_sudo = self._left_by_deletion_sudo()
        result = super().unlink()
        after_sudo.exists()._begin_if_possible()
        tickets_sudo.exists()._recount_tasks()
        return result

    def _left_by_deletion_sudo(self):
        """Return the tickets of the tasks, and the tasks that wait for them; sudo: counts are the desk's own marks."""
        tasks_sudo = self.sudo()
        return tasks_sudo.ticket_id, tasks_sudo.dependent_ids - tasks_sudo

    @api.model
    def _read_group(self, domain, groupby=(), *args, **kwargs):
        """Grouping by ticket tells the ticket's name: only tasks of tickets that one may read are in it."""
        return super()._read_group(
            self._with_seen_tickets(domain, groupby), groupby, *args, **kwargs
        )

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, *args, **kwargs):
        groupby = [name for names in grouping_sets for name in names]
        domain = self._with_seen_tickets(domain, groupby)
        return super()._read_grouping_sets(domain, grouping_sets, *args, **kwargs)

    @api.model
    def _with_seen_tickets(self, domain, groupby):
        if self.env.su or not any(name.split(":")[0] == "ticket_id" for name in groupby):
            return domain
        return fields.Domain(domain) & fields.Domain("ticket_id", "any", fields.Domain.TRUE)
