"""A request becomes tasks: by the plan of its offering, once, as soon as nothing holds it back."""

from odoo import fields, models
from odoo.tools import SQL

from ...forms import conditions
from .seen_ticket import CountedLines


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    plan_id = fields.Many2one(
        "service_desk.fulfilment.plan",
        "Fulfilment Plan",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="What became its tasks.",
    )
    task_ids = CountedLines("service_desk.task", "ticket_id", "Tasks", counted_by="task_count")

    # ------------------------------------------------------------------- hooks
    def _on_opened(self):
        result = super()._on_opened()
        asked = self.filtered("offering_id")
        if asked:
            asked._start_unless_held()
        return result

    def _on_approved(self):
        result = super()._on_approved()
        self._start_fulfilment()
        return result

    def write(self, vals):
        if "offering_id" not in vals:
            return super().write(vals)
        before = {ticket.id: ticket.offering_id for ticket in self}
        result = super().write(vals)
        changed = self.filtered(lambda ticket: ticket.offering_id != before[ticket.id])
        changed._replan()
        return result

    def _start_unless_held(self):
        """Start the tasks of those tickets for which no approval is awaited."""
        held = self._waits_for_approval()
        (self - held)._start_fulfilment()

    # ------------------------------------------------------------------- start
    def _start_fulfilment(self):
        """Unfold the plans of the tickets' offerings into tasks.

        A ticket whose plan has been unfolded is left alone, so that calling it twice does no harm.
        """
        # sudo: whoever asks has no right on offerings, plans and tasks
        starting = self.sudo().filtered(
            lambda ticket: ticket.offering_id.plan_id and ticket.is_open and not ticket.plan_id
        )
        for plan, tickets in starting.grouped(lambda t: t.offering_id.plan_id).items():
            tickets._unfold(plan)

    def _unfold(self, plan):
        """Make the tasks of ``plan`` for tickets (superuser): a few statements, however many tickets."""
        self._set_marks(plan_id=plan.id)
        asks = plan._asks_answers()
        vals_list = []
        for ticket in self:
            answers = ticket._answers() if asks else {}
            for template in plan.task_ids:
                if template._applies_to(answers):
                    vals_list.append(template._prepare_task_vals(ticket, answers))
        tasks = self.env["service_desk.task"].with_context(service_desk_from_plan=True)
        tasks = tasks.create(vals_list).with_env(self.env)
        tasks._copy_words()
        tasks._set_order()
        tasks._copy_checklists()
        tasks.filtered(lambda task: not task.depends_on_ids)._become_ready()
        self._recount_tasks()
        self._explain("fulfilment", self._grounds_of_plan(plan, tasks))
        tasks._wake_for_late()

    def _grounds_of_plan(self, plan, tasks):
        """Return ``{ticket id: payload}``: which plan became how many tasks."""
        counts = {ticket.id: len(own) for ticket, own in tasks.grouped("ticket_id").items()}
        name = {"id": plan.id, "name": plan.name}
        return {
            ticket.id: {
                "event": "planned",
                "plan": name,
                "tasks": counts.get(ticket.id, 0),
                "left_out": len(plan.task_ids) - counts.get(ticket.id, 0),
            }
            for ticket in self
        }

    def _replan(self):
        """Another offering was chosen: what the old plan left open is cancelled, the new one begins.

        What is done stays done. Nothing begins where an approval is awaited.
        """
        # sudo: marks and tasks are the desk's own
        planned_sudo = self.sudo().filtered("plan_id")
        if planned_sudo:
            tasks_sudo = planned_sudo.task_ids.filtered(
                lambda task: task.is_open and task.plan_task_id
            )
            tasks_sudo._end_by_desk("cancelled", self.env._("Another offering was chosen."))
            planned_sudo._set_marks(plan_id=False)
        self._start_unless_held()


class ServiceDeskFulfilmentPlanTask(models.Model):
    _inherit = "service_desk.fulfilment.plan.task"

    def _applies_to(self, answers):
        """Tell whether the task is needed with these answers."""
        return conditions.holds(self.condition, answers)

    def _prepare_task_vals(self, ticket, answers):
        team = self.team_id if self.team_id.active else ticket.team_id
        person = self.user_id if self.user_id.active else self.env["res.users"]
        if person and not person._sees_service_desk_team(team):
            person = self.env["res.users"]
        return {
            "ticket_id": ticket.id,
            "plan_task_id": self.id,
            "name": self.name,
            "sequence": self.sequence,
            "kind": self.kind,
            "state": "waiting",
            "team_id": team.id,
            "follows_team": not self.team_id.active,
            "user_id": person.id,
            "due_at": self._due_at(team, answers),
        }


class ServiceDeskTask(models.Model):
    _inherit = "service_desk.task"

    def _copy_words(self):
        """Give the tasks the words of their templates in all languages, by one statement."""
        if not self:
            return
        self.flush_recordset()
        self.env["service_desk.fulfilment.plan.task"].flush_model(["name", "description"])
        self.env.cr.execute(
            SQL(
                "UPDATE service_desk_task task SET name = template.name, description = template.description"
                " FROM service_desk_fulfilment_plan_task template"
                " WHERE template.id = task.plan_task_id AND task.id IN %s",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["name", "description"], flush=False)

    def _set_order(self):
        """Let the tasks wait for each other as their templates do, by one statement.

        What comes before a task that was left out comes before what would have come after it.
        """
        pairs = []
        for tasks in self.grouped("ticket_id").values():
            made = {task.plan_task_id: task for task in tasks}
            for template, task in made.items():
                pairs += [(task.id, made[before].id) for before in template._before_among(made)]
        if pairs:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO service_desk_task_order_rel (task_id, before_id) VALUES %s"
                    " ON CONFLICT DO NOTHING",
                    SQL(", ").join(pairs),
                )
            )
        self.invalidate_recordset(["depends_on_ids", "dependent_ids", "waits_for"], flush=False)

    def _copy_checklists(self):
        """Put the checklists of the templates on the tasks, in one batch."""
        self.env["service_desk.check"]._put(
            (task.plan_task_id.checklist_id, task.ticket_id, task)
            for task in self
            if task.plan_task_id.checklist_id
        )

    def _end_by_desk(self, state, reason):
        """End open tasks (superuser) for a reason of the desk's own; nothing comes after them."""
        if self:
            self._set_marks(
                state=state,
                done_at=fields.Datetime.now(),
                done_by_id=self.env.uid,
                reason=reason,
                attempt_at=False,
            )
            self._on_ended()
            self.ticket_id._recount_tasks()


class ServiceDeskFulfilmentPlanTaskOrder(models.Model):
    _inherit = "service_desk.fulfilment.plan.task"

    def _before_among(self, made):
        """Return the templates in ``made`` that come right before this one, past those that are not in it."""
        found, left, seen = self.browse(), list(self.depends_on_ids), set()
        while left:
            before = left.pop()
            if before in seen:
                continue
            seen.add(before)
            if before in made:
                found |= before
            else:
                left += list(before.depends_on_ids)
        return found
