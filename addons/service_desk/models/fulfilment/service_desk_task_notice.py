"""Who hears of tasks: their person, or the members of their team; also where the ticket is hidden from them."""

from markupsafe import Markup

from odoo import api, models
from odoo.tools import format_datetime

TASK_EVENTS = ("task_ready", "task_in_team", "task_late")


class ToldTasks(frozenset):
    """Ids of the tasks that a mail tells of. No call from outside can bring one in its context."""


class ServiceDeskTask(models.Model):
    _inherit = "service_desk.task"

    def _tell_ready(self):
        """Tell the person, or the team, of tasks (superuser) that can begin."""
        rows = []
        for task in self:
            by_a_person = task.kind == "human" or task.state == "failed"
            if by_a_person and task.state in ("ready", "failed"):
                rows += task._notice_rows("task_ready" if task.user_id else "task_in_team")
        self.env["service_desk.notice"]._enqueue(rows)

    def _tell_late(self):
        """Tell the person of late tasks (superuser), or the leads of the team."""
        rows = []
        for task in self:
            people = task.user_id or task.team_id.lead_ids or task.team_id.member_ids
            for person in people:
                rows += task._notice_rows("task_late", person.partner_id)
        self.env["service_desk.notice"]._enqueue(rows)

    def _notice_rows(self, event, partner=None):
        partner = partner or self.user_id.partner_id
        payload = {"task": self.id, "author": self.ticket_id._actor_id()}
        if event == "task_late":
            actor_free = self.ticket_id.with_context(service_desk_actor=-1)
            return actor_free._notify_later(event, partner, payload=payload)
        return self.ticket_id._notify_later(event, partner, payload=payload)

    def _told_to(self, partner):
        """Return those of the tasks that ``partner`` may see and that still wait for him or his team."""
        users = partner.user_ids.filtered(lambda user: user.active and not user.share)
        open_tasks = self.exists().filtered(
            lambda task: task.is_open and (not task.user_id or task.user_id in users)
        )
        return open_tasks.filtered(
            lambda task: any(task.with_user(user).has_access("read") for user in users)
        )

    def _as_list(self):
        """Return the tasks as HTML, each a link with the moment at which it is due."""
        rows = Markup()
        for task in self:
            due = task._due_text()
            rows += Markup("<li><a href='%s'>%s</a>%s</li>") % (
                task._link(),
                task.name,
                Markup(" – %s") % due if due else "",
            )
        return Markup("<ul>%s</ul>") % rows

    def _due_text(self):
        if not self.due_at:
            return ""
        return self.env._("due %s", format_datetime(self.env, self.due_at, dt_format="short"))

    def _link(self):
        return f"{self.get_base_url()}/odoo/service-desk-tasks/{self.id}"


class ServiceDeskNotice(models.Model):
    _inherit = "service_desk.notice"

    def _expand_teams(self):
        """Replace lines for the team of a task by lines for its members."""
        for_teams = self.filtered(lambda line: line.event == "task_in_team" and not line.partner_id)
        vals_list = [
            {
                "ticket_id": line.ticket_id.id,
                "partner_id": member.id,
                "event": line.event,
                "payload": line.payload,
                "due_at": line.due_at,
            }
            for line in for_teams
            for member in (
                line._tasks().team_id.member_ids | line._tasks().team_id.lead_ids
            ).partner_id
            if member.id != line.payload.get("author")
        ]
        for_teams._done("expanded")
        rest = self - for_teams
        return super(ServiceDeskNotice, rest)._expand_teams() | self.create(vals_list)

    def _tasks(self):
        ids = {(line.payload or {}).get("task") for line in self} - {None}
        return self.env["service_desk.task"].browse(sorted(ids)).exists()

    def _mail_kind(self):
        """Tasks have a mail of their own: it may go to somebody who must not see the ticket."""
        if self.event in TASK_EVENTS:
            return "tasks", self.ticket_id.id, self.is_digest
        return super()._mail_kind()

    def _may_know(self, ticket, event):
        if event in TASK_EVENTS:
            return bool(self._tasks()._told_to(self[0].partner_id))
        return super()._may_know(ticket, event)

    def _key_task_ready(self, ticket):
        return "task_ready"

    def _key_task_in_team(self, ticket):
        return "task_in_team"

    def _key_task_late(self, ticket):
        return "task_late"

    def _send(self):
        tasks = self._tasks() if self[0].event in TASK_EVENTS else self.env["service_desk.task"]
        if not tasks:
            return super()._send()
        partner = self[0].partner_id
        tasks = tasks._told_to(partner)
        if not tasks:
            return self.env["mail.message"]
        users = partner.user_ids.filtered(lambda user: user.active and not user.share)
        if any(self.ticket_id.with_user(user).has_access("read") for user in users):
            telling = self.with_context(service_desk_tasks=ToldTasks(tasks.ids))
            return super(ServiceDeskNotice, telling)._send()
        return self._send_without_ticket(tasks, partner)

    def _send_without_ticket(self, tasks, partner):
        """Tell of tasks on a hidden ticket: their own words, and nothing of the ticket."""
        tasks = tasks.with_context(lang=self._reader_lang(), tz=partner.tz)
        late = any(line.event == "task_late" for line in self)
        names = ", ".join(tasks.mapped("name"))
        subject = tasks.env._("Late: %s", names) if late else tasks.env._("To do: %s", names)
        return self.env["mail.thread"].message_notify(
            partner_ids=partner.ids,
            subject=subject,
            body=tasks._as_list(),
            email_layout_xmlid="mail.mail_notification_light",
        )


class ServiceDeskPlaceholder(models.AbstractModel):
    _inherit = "service_desk.placeholder"

    @api.model
    def _placeholders(self):
        """Add what a mail about tasks tells, and how far the request is."""
        return super()._placeholders() | {
            "tasks.list": (self.env._("The tasks that the mail is about"), self._told_tasks),
            "tasks.names": (self.env._("Their names"), self._told_names),
            "tasks.progress": (
                self.env._("How many tasks are done"),
                lambda ticket, reader: ticket.task_progress or "",
            ),
        }

    def _told(self, ticket):
        ids = ticket.env.context.get("service_desk_tasks")
        ids = ids if isinstance(ids, ToldTasks) else ()
        return ticket.env["service_desk.task"].browse(sorted(ids)).exists()

    def _told_tasks(self, ticket, reader):
        tasks = self._told(ticket)
        return tasks._as_list() if tasks else Markup()

    def _told_names(self, ticket, reader):
        return ", ".join(self._told(ticket).mapped("name"))
