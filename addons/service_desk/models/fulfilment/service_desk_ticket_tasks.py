"""What tasks mean for their ticket: how far it is, when it is solved, and what becomes of them when it ends."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

#: These states say that the work is done.
DONE_BY_WORK = ("solved", "closed")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    task_count = fields.Integer(readonly=True, copy=False)
    open_task_count = fields.Integer("Open Tasks", readonly=True, copy=False)
    check_count = fields.Integer("Lines to Tick", readonly=True, copy=False)
    open_check_count = fields.Integer(
        "Unticked Lines", readonly=True, copy=False, help="That must be ticked before it is solved."
    )
    task_progress = fields.Char("Progress", compute="_compute_task_progress")
    task_percent = fields.Float(compute="_compute_task_progress")

    @api.depends("task_count", "open_task_count")
    @api.depends_context("lang")
    def _compute_task_progress(self):
        for ticket in self:
            done, count = ticket.task_count - ticket.open_task_count, ticket.task_count
            ticket.task_percent = 100 * done / count if count else 0
            ticket.task_progress = (
                self.env._("%(done)s of %(count)s", done=done, count=count) if count else False
            )

    # ------------------------------------------------------------------- count
    def _recount_tasks(self):
        """Write how many tasks tickets (superuser) have, and how many of them are open."""
        rows = self.env["service_desk.task"]._read_group(
            [("ticket_id", "in", self.ids)], ["ticket_id", "is_open"], ["__count"]
        )
        counts = {}
        for ticket, is_open, count in rows:
            total, left = counts.get(ticket.id, (0, 0))
            counts[ticket.id] = (total + count, left + (count if is_open else 0))
        for (total, left), tickets in self.grouped(lambda t: counts.get(t.id, (0, 0))).items():
            changed = tickets.filtered(
                lambda t, now=(total, left): (t.task_count, t.open_task_count) != now
            )
            changed._set_marks(task_count=total, open_task_count=left)

    def _recount_checks(self):
        """Write how many lines the tickets' (superuser) own checklists have, and how many must still be ticked."""
        rows = self.env["service_desk.check"]._read_group(
            [("ticket_id", "in", self.ids), ("task_id", "=", False)],
            ["ticket_id", "is_mandatory", "is_done"],
            ["__count"],
        )
        counts = {}
        for ticket, is_mandatory, is_done, count in rows:
            total, left = counts.get(ticket.id, (0, 0))
            must = count if is_mandatory and not is_done else 0
            counts[ticket.id] = (total + count, left + must)
        for (total, left), tickets in self.grouped(lambda t: counts.get(t.id, (0, 0))).items():
            changed = tickets.filtered(
                lambda t, now=(total, left): (t.check_count, t.open_check_count) != now
            )
            changed._set_marks(check_count=total, open_check_count=left)

    # ------------------------------------------------------------------- solve
    def _has_open_work(self):
        return bool(self.open_task_count or self.open_check_count)

    def _solve_fulfilled(self):
        """Solve tickets (superuser) of whose plan nothing is left, where their workflow has a way."""
        for ticket in self:
            plan = ticket.plan_id
            done = ticket.task_count and not ticket._has_open_work()
            if done and ticket.is_open and plan.solves_ticket and ticket._can_reach("solved"):
                ticket._solve_by_plan(plan)

    def _solve_by_plan(self, plan):
        """Solve one ticket; where something else is missing it stays open, and says why."""
        vals = {"state": "solved"}
        if is_html_empty(self.resolution):
            vals["resolution"] = self._resolution_of(plan)
        if not self.close_reason_id and (reason := self._close_reason_of(plan)):
            vals["close_reason_id"] = reason.id
        try:
            with self.env.cr.savepoint():
                self._write_state(vals)
        except UserError as error:
            self._explain("fulfilment", {"event": "unsolved", "why": str(error)[:500]})
        else:
            self._explain("fulfilment", {"event": "solved", "tasks": self.task_count})

    def _resolution_of(self, plan):
        """Return what the requester is told, in his language."""
        lang = self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang
        plan = plan.with_context(lang=lang)
        if is_html_empty(plan.resolution):
            return self.with_context(lang=lang).env._("All tasks are done.")
        renderer = self.env["service_desk.placeholder"]
        return renderer._render(plan.resolution, self, self.partner_id)

    def _close_reason_of(self, plan):
        if plan.close_reason_id or not self.type_id.require_close_reason:
            return plan.close_reason_id
        domain = ["|", ("type_ids", "=", False), ("type_ids", "in", self.type_id.ids)]
        return self.env["service_desk.close.reason"].search(domain, limit=1)

    # -------------------------------------------------------------------- gate
    def _pass_gate(self, vals):
        moves = super()._pass_gate(vals)
        if moves and self.env["service_desk.stage"]._state_of(vals["stage_id"]) in DONE_BY_WORK:
            self.filtered(lambda ticket: ticket.id in moves and ticket.is_open)._check_fulfilled()
        return moves

    def _stage_id_towards(self, state):
        if state in DONE_BY_WORK and self.is_open and self._has_open_work():
            return False
        return super()._stage_id_towards(state)

    def action_open_solve_wizard(self):
        self._check_fulfilled()
        return super().action_open_solve_wizard()

    def _check_fulfilled(self):
        """Refuse to solve tickets on which tasks, or lines that must be ticked, are open.

        :raises UserError: names what is open
        """
        for ticket in self.filtered(lambda ticket: ticket.is_open and ticket._has_open_work()):
            # sudo: tasks of private teams hold the ticket up as well; they are counted, not named
            left = ticket.sudo().task_ids.filtered("is_open").sudo(self.env.su)
            lines = ticket.check_ids.filtered(lambda line: line.is_mandatory and not line.is_done)
            names = [left._names_seen()] if left else []
            raise UserError(
                self.env._(
                    "%(ticket)s is not done yet. Still open: %(names)s.",
                    ticket=ticket.display_name,
                    names=", ".join(names + lines.mapped("name")),
                )
            )

    # ------------------------------------------------------------------- hooks
    def _on_closed(self):
        result = super()._on_closed()
        with_tasks = self.sudo().filtered("open_task_count")
        if with_tasks:
            reason = self.env._("The ticket has ended.")
            self.env["service_desk.task"].sudo()._cancel_with_tickets(with_tasks, reason)
        return result

    def _on_reopened(self):
        """What was cancelled because the ticket ended goes on; what is done is not done again."""
        result = super()._on_reopened()
        with_tasks = self.sudo().filtered("task_count")
        if with_tasks:
            domain = [("ticket_id", "in", with_tasks.ids), ("ended_with_ticket", "=", True)]
            self.env["service_desk.task"].sudo().search(domain)._set_back()
        return result

    def write(self, vals):
        result = super().write(vals)
        if "team_id" in vals:
            self._with_open_tasks_sudo()._take_tasks_along()
        return result

    def _with_open_tasks_sudo(self):
        """Return the tickets that have open tasks; sudo: which follow is not for the person's rights to say."""
        return self.sudo().filtered("open_task_count")

    def _take_tasks_along(self):
        """Tasks that are of no team of their own go with their ticket (superuser) to its new team."""
        following = self.task_ids.filtered(lambda task: task.is_open and task.follows_team)
        for ticket, tasks in following.grouped("ticket_id").items():
            lost = tasks.filtered(
                lambda task, team=ticket.team_id: (
                    task.user_id and not task.user_id._sees_service_desk_team(team)
                )
            )
            lost.write({"user_id": False, "team_id": ticket.team_id.id})
            (tasks - lost).write({"team_id": ticket.team_id.id})

    # ----------------------------------------------------------------- buttons
    def action_open_cancel_tasks(self):
        """Ask why the open tasks of the tickets are not wanted any more."""
        self.check_access("write")
        tasks = self.task_ids.filtered("is_open")
        return tasks._action_end("cancel", self.env._("Cancel Remaining Tasks"))

    # ------------------------------------------------------------------- panel
    def _requester_panel_sections(self):
        sections = super()._requester_panel_sections()
        if self.task_count:
            sections.append(self._panel_tasks())
        return sections

    def _panel_tasks(self):
        """Return how far the request is and what is being done: names of tasks, no more."""
        current = self.task_ids.filtered(lambda task: task.is_open and task.state != "waiting")
        names = dict(current._fields["state"]._description_selection(self.env))
        return {
            "key": "tasks",
            "title": self.env._("Tasks"),
            "icon": "fa-check-square-o",
            "sequence": 15,
            "rows": [{"label": self.env._("Done"), "text": self.task_progress}]
            + [
                {
                    "label": "" if task.state == "ready" else names[task.state],
                    "text": task.name,
                    "datetime": task.due_at,
                    "is_late": task.is_late,
                    "record": {"model": task._name, "id": task.id},
                }
                for task in current[:5]
            ],
        }
