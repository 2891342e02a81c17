"""Tasks when tickets are merged: they go on in the survivor, unless that does the same already."""

from odoo import models

TASKS, CHECKS = "service_desk.task", "service_desk.check"


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _move_into(self, survivor):
        with_tasks = self.filtered(lambda ticket: ticket.task_count or ticket.check_count)
        doubled = with_tasks.filtered(
            lambda ticket: survivor.plan_id and ticket.plan_id == survivor.plan_id
        )
        if doubled:
            reason = self.env._("%(ticket)s does the same.", ticket=survivor.number)
            self.env[TASKS]._cancel_with_tickets(doubled, reason)
        moved = super()._move_into(survivor)
        moving = with_tasks - doubled
        if moving:
            for kind in (TASKS, CHECKS):
                for ticket_id, ids in moving._move_rows(kind, "ticket_id", survivor).items():
                    moved[ticket_id][kind] = ids
            (moving | survivor)._recount_all()
            if not survivor.plan_id:
                survivor._set_marks(plan_id=moving.plan_id[:1].id)
        return moved

    def _recount_all(self):
        self._recount_tasks()
        self._recount_checks()


class ServiceDeskMerge(models.Model):
    _inherit = "service_desk.merge"

    def _return_rows(self):
        result = super()._return_rows()
        if self.moved.keys() & {TASKS, CHECKS}:
            for kind in (TASKS, CHECKS):
                rows = self.env[kind].browse(self.moved.get(kind, [])).exists()
                rows = rows.filtered(lambda row: row.ticket_id == self.survivor_id)
                if rows:
                    rows.write({"ticket_id": self.ticket_id.id})
            if self.survivor_id.plan_id and not any(
                task.plan_task_id.plan_id == self.survivor_id.plan_id
                for task in self.survivor_id.task_ids
            ):
                self.survivor_id._set_marks(plan_id=False)
            (self.ticket_id | self.survivor_id)._recount_all()
        return result
