from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .seen_ticket import CountedLines, SeenTicket


class ServiceDeskCheck(models.Model):
    """A line that somebody ticks, on a ticket or on one of its tasks."""

    _name = "service_desk.check"
    _description = "Line to Tick"
    _inherit = ["service_desk.marks.mixin", "service_desk.anchored.mixin"]
    _order = "sequence, id"
    _anchors = frozenset({"ticket_id", "task_id"})

    ticket_id = SeenTicket(
        "service_desk.ticket",
        "Ticket",
        compute="_compute_ticket_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        ondelete="cascade",
        index=True,
    )
    task_id = fields.Many2one("service_desk.task", ondelete="cascade", index="btree_not_null")
    line_id = fields.Many2one(
        "service_desk.checklist.line", "Of the Checklist", readonly=True, ondelete="set null"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    is_mandatory = fields.Boolean("Must Be Ticked")
    is_done = fields.Boolean("Done", copy=False)
    done_at = fields.Datetime("Ticked", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", "Ticked by", readonly=True, copy=False)

    @api.depends("task_id")
    def _compute_ticket_id(self):
        for line in self:
            # sudo: the ticket of a task that one sees may be hidden
            line_sudo = line.sudo()
            if line_sudo.task_id:
                line_sudo.ticket_id = line_sudo.task_id.ticket_id

    # -------------------------------------------------------------------- CRUD
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        ticked = lines.filtered("is_done")
        ticked._set_marks(done_at=fields.Datetime.now(), done_by_id=self.env.uid)
        lines._count_on_tickets()
        return lines

    def write(self, vals):
        if vals.keys() & self._anchor_names() and not self.env.su:
            raise AccessError(self.env._("A line stays where it is."))
        if not vals.get("is_mandatory", True):
            self._check_may_spare()
        changed = (
            self.filtered(lambda line: line.is_done != vals["is_done"])
            if "is_done" in vals
            else self.browse()
        )
        if changed:
            changed._check_may_tick()
        result = super().write(vals)
        if changed:
            ticked = vals["is_done"]
            changed._set_marks(
                done_at=fields.Datetime.now() if ticked else False,
                done_by_id=self.env.uid if ticked else False,
            )
        if vals.keys() & {"is_done", "is_mandatory"}:
            self._count_on_tickets()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_checklist(self):
        self._check_may_spare()

    def _check_may_spare(self):
        """Refuse to do without lines of a checklist that must be ticked.

        :raises UserError: for people; the desk itself may
        """
        if not self.env.su and any(line.line_id and line.is_mandatory for line in self):
            raise UserError(self.env._("Lines that must be ticked stay."))

    def unlink(self):
        tickets_sudo = self._tickets_sudo()
        result = super().unlink()
        tickets_sudo.exists()._recount_checks()
        return result

    def _tickets_sudo(self):
        """Return the tickets of the lines; sudo: the counts on them are the desk's own marks."""
        return self.sudo().ticket_id

    def _check_may_tick(self):
        """Refuse to tick what is over.

        :raises UserError: when the task, or the ticket, has ended
        """
        for line in self.sudo():  # sudo: the ticket may be hidden
            over = not line.task_id.is_open if line.task_id else not line.ticket_id.is_open
            if over and not self.env.su:
                raise UserError(
                    self.env._("“%(line)s” belongs to something that has ended.", line=line.name)
                )

    def _count_on_tickets(self):
        """Count anew what must be ticked; the last tick of a fulfilled request solves it."""
        tickets_sudo = self.sudo().filtered(lambda line: not line.task_id).ticket_id
        if tickets_sudo:
            tickets_sudo._recount_checks()
            tickets_sudo.filtered("plan_id")._solve_fulfilled()

    # --------------------------------------------------------------------- put
    @api.model
    def _put(self, places):
        """Put checklists on tickets or tasks, in one batch.

        :param places: ``(checklist, ticket, task or None)``
        """
        vals_list = [
            {
                "ticket_id": ticket.id,
                "task_id": task.id if task else False,
                "line_id": line.id,
                "sequence": line.sequence,
                "name": line.name,
                "is_mandatory": line.is_mandatory,
            }
            for checklist, ticket, task in places
            # sudo: whoever puts it there need not read templates of others
            for line in checklist.sudo().line_ids
        ]
        lines = self.sudo().create(vals_list)
        lines._copy_words()
        return lines

    def _copy_words(self):
        """Give the lines the words of their templates in all languages, by one statement."""
        if not self:
            return
        self.flush_recordset()
        self.env["service_desk.checklist.line"].flush_model(["name"])
        self.env.cr.execute(
            SQL(
                "UPDATE service_desk_check line SET name = template.name"
                " FROM service_desk_checklist_line template"
                " WHERE template.id = line.line_id AND line.id IN %s",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["name"], flush=False)


class ServiceDeskTask(models.Model):
    _inherit = "service_desk.task"

    def write(self, vals):
        result = super().write(vals)
        if "ticket_id" in vals:
            self._take_checks_along(vals["ticket_id"])
        return result

    def _take_checks_along(self, ticket_id):
        self.sudo().check_ids.write({"ticket_id": ticket_id})  # sudo: a mark of the desk


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    check_ids = CountedLines(
        "service_desk.check",
        "ticket_id",
        "Checklist",
        domain=[("task_id", "=", False)],
        counted_by="check_count",
    )

    def _on_opened(self):
        result = super()._on_opened()
        checklists = self.env["service_desk.checklist"]
        if checklists._rules():
            places = [
                (checklists.browse(checklist_id), ticket, None)
                for ticket in self
                if ticket.is_open
                for checklist_id in checklists._ids_for(ticket)
            ]
            if places:
                self.env["service_desk.check"]._put(places)
        return result

    def action_open_put_checklist(self):
        """Ask which checklists go onto the ticket."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add a Checklist"),
            "res_model": "service_desk.put.checklist",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }
