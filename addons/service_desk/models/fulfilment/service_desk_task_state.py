"""How a task moves: by a person, and by what came before it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .service_desk_task import ENDED, WORKABLE


class ServiceDeskTask(models.Model):
    _inherit = "service_desk.task"

    # ----------------------------------------------------------------- buttons
    def action_take(self):
        """Take the tasks and begin with those that can begin."""
        self.write({"user_id": self.env.uid})
        self.filtered(lambda task: task.state in ("ready", "failed"))._start()

    def action_start(self):
        """Begin with the tasks.

        :raises UserError: when one of them has to wait, or is ended
        """
        self._check_state("ready", "failed")
        self.filtered(lambda task: not task.user_id).write({"user_id": self.env.uid})
        self._start()

    def action_done(self):
        """Say that the tasks are done.

        :raises UserError: when one of them has to wait, is ended, or its checklist is not
        """
        self._check_state(*WORKABLE)
        self._check_checklist()
        self._end("done")

    def action_open_skip(self):
        """Ask why the tasks are not needed."""
        return self._action_end("skip", self.env._("Skip Tasks"))

    def action_retry(self):
        """Let failed automatic tasks try again."""
        self._check_state("failed")
        if self.filtered(lambda task: task.kind == "human"):
            raise UserError(self.env._("Only automatic tasks can be tried again."))
        self._set_marks(state="ready", attempts=0, failure=False)
        self._own_sudo()._queue()

    def _own_sudo(self):
        """Return the tasks for what the desk does itself; sudo: their ticket may be hidden from who works on them."""
        return self.sudo()

    def action_reopen(self):
        """Set back tasks that were ended by mistake; what comes after them and has not begun waits again.

        :raises UserError: when the ticket is done, or what comes after has begun
        """
        self._check_state(*ENDED)
        tasks_sudo = self._own_sudo()
        for task in tasks_sudo:
            if not task.ticket_id.is_open:
                raise UserError(
                    self.env._(
                        "The ticket of “%(task)s” is done. Open it again first.", task=task.name
                    )
                )
            if begun := task.dependent_ids.filtered(
                lambda after: after.state in ("in_progress", "done")
            ):
                raise UserError(
                    self.env._(
                        "“%(after)s” has begun, because “%(task)s” was done.",
                        after=begun[0].name,
                        task=task.name,
                    )
                )
        tasks_sudo._set_back()

    def _action_end(self, how, name):
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "service_desk.task.end",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_task_ids": self.ids, "default_how": how},
        }

    # ------------------------------------------------------------------ checks
    def _check_state(self, *states):
        """Refuse what the state of a task does not allow.

        :raises UserError: names the task and what it waits for
        """
        self.check_access("write")
        for task in self.filtered(lambda task: task.state not in states):
            if task.state == "waiting":
                raise UserError(
                    self.env._(
                        "“%(task)s” cannot begin yet. First: %(before)s.",
                        task=task.name,
                        before=task.waits_for or "",
                    )
                )
            names = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(task)s” is “%(state)s” already.", task=task.name, state=names[task.state]
                )
            )

    def _check_checklist(self):
        for task in self:
            left = task.check_ids.filtered(lambda line: line.is_mandatory and not line.is_done)
            if left:
                raise UserError(
                    self.env._(
                        "“%(task)s” is not done yet. Tick first: %(lines)s.",
                        task=task.name,
                        lines=", ".join(left.mapped("name")),
                    )
                )

    # ------------------------------------------------------------------- moves
    def _start(self):
        self._set_marks(state="in_progress", started_at=fields.Datetime.now())

    def _skip(self, reason):
        """End open tasks that are not needed; whoever skips says why.

        :raises UserError: without a reason, or when a task is ended already
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the task is not needed."))
        self._check_state("waiting", *WORKABLE)
        self._end("skipped", reason=reason.strip())

    def _cancel_rest(self, reason):
        """End open tasks because nobody wants their result any more: leads and managers only.

        :raises UserError: without a reason
        :raises AccessError: for others than leads of the ticket's team and managers
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the tasks are cancelled."))
        user = self.env.user
        teams = self.sudo().ticket_id.team_id  # sudo: asked whether he leads it
        leads = not teams - user.service_desk_led_team_ids.sudo()
        if not leads and not user.has_group("service_desk.service_desk_group_manager"):
            raise AccessError(
                self.env._("Only leads of the ticket's team and managers cancel its tasks.")
            )
        self._end("cancelled", reason=reason.strip())

    def _end(self, state, **marks):
        """End tasks and let begin what waited for them. The tickets are solved where nothing is left."""
        ending = self.filtered("is_open")
        if not ending:
            return
        ending._set_marks(
            state=state,
            done_at=fields.Datetime.now(),
            done_by_id=self.env.uid,
            attempt_at=False,
            **marks,
        )
        # sudo: what comes after, and the ticket, may be hidden from who does this task
        ending_sudo = ending.sudo()
        ending_sudo._on_ended()
        ending_sudo.dependent_ids._begin_if_possible()
        tickets_sudo = ending_sudo.ticket_id
        # each end changes a count on the ticket: so of two at once the second one sees the first
        tickets_sudo._recount_tasks()
        tickets_sudo._solve_fulfilled()

    def _on_ended(self):
        """Hook: the tasks of ``self`` (superuser) have just been done, skipped or cancelled."""

    def _begin_if_possible(self):
        """Let waiting tasks of ``self`` (superuser) begin when all before them are ended."""
        beginning = self.filtered(
            lambda task: (
                task.state == "waiting"
                and all(before.state in ENDED for before in task.depends_on_ids)
            )
        )
        beginning._become_ready()

    def _become_ready(self):
        """Open tasks (superuser) to whoever does them: people are told, the queue takes the others."""
        if not self:
            return
        now = fields.Datetime.now()
        self._set_marks(state="ready", ready_at=now)
        self._set_due(now)
        self._find_stand_ins()
        self._queue()
        self._tell_ready()
        self._on_ready()

    def _on_ready(self):
        """Hook: the tasks of ``self`` (superuser) can begin now. Clocks of agreements start here."""

    def _find_stand_ins(self):
        """Give tasks of people who are away to their deputies, where these see the team."""
        for user, tasks in self.grouped("user_id").items():
            if not user:
                continue
            person = user._service_desk_stand_in()
            if person == user:
                continue
            for task in tasks:
                fits = person and person._sees_service_desk_team(task.team_id)
                task.user_id = person if fits else False

    def _set_back(self):
        """Open ended tasks (superuser) again."""
        after = self.dependent_ids.filtered(lambda task: task.state == "ready")
        after._set_marks(state="waiting", ready_at=False, attempt_at=False)
        self._set_marks(
            state="waiting",
            done_at=False,
            done_by_id=False,
            reason=False,
            late_told_at=False,
            attempts=0,
            ended_with_ticket=False,
        )
        self._begin_if_possible()
        self.ticket_id._recount_tasks()

    # -------------------------------------------------------------- by a person
    def _added_by_hand(self):
        """New tasks of ``self`` (superuser) that no plan has made wait for what they depend on."""
        waiting = self.filtered(lambda task: any(b.is_open for b in task.depends_on_ids))
        waiting._set_marks(state="waiting")
        ready = self - waiting
        now = fields.Datetime.now()
        ready._set_marks(ready_at=now)
        ready._tell_ready()
        self._wake_for_late()
        self.ticket_id._recount_tasks()

    def _order_changed(self):
        """A person has changed what tasks of ``self`` (superuser) wait for."""
        must_wait = self.filtered(
            lambda task: task.state == "ready" and any(b.is_open for b in task.depends_on_ids)
        )
        must_wait._set_marks(state="waiting", ready_at=False, attempt_at=False)
        self._begin_if_possible()

    @api.model
    def _cancel_with_tickets(self, tickets, reason):
        """Cancel what is open on tickets (superuser) that are over; re-opening brings it back."""
        tasks = self.search([("ticket_id", "in", tickets.ids), ("is_open", "=", True)])
        if not tasks:
            return
        tasks._set_marks(
            state="cancelled",
            done_at=fields.Datetime.now(),
            done_by_id=self.env.uid,
            reason=reason,
            attempt_at=False,
            ended_with_ticket=True,
        )
        tasks._on_ended()
        tickets._recount_tasks()
