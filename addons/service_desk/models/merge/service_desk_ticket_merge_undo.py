"""Undoing a merge: each ticket gets back what was its own; what came later stays with the survivor."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .service_desk_merge import UNDO_HOURS
from .service_desk_ticket_audience import AUDIENCE_FIELDS
from .service_desk_ticket_merge import MERGING
from .service_desk_ticket_merge_move import TICKET

#: Tables whose rows were moved by their column, past the ORM.
MOVED_ROWS = {
    "mail.message": "res_id",
    "ir.attachment": "res_id",
    "mail.scheduled.message": "res_id",
    "service_desk.mail.intake": "ticket_id",
    "service_desk.call": "ticket_id",
}
#: Records that were moved by a write.
MOVED_RECORDS = {
    "mail.activity": ("mail.activity", "res_id"),
    "links": ("service_desk.ticket.link", "ticket_id"),
    "backlinks": ("service_desk.ticket.link", "other_id"),
    "children": (TICKET, "parent_id"),
}


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _undo_merge(self):
        """Take back the merges of the tickets of ``self``, and return them (empty when there was none).

        :raises UserError: when it is too late, or the other ticket was merged on
        :raises AccessError: when the user may not write both sides
        """
        merges = self.env["service_desk.merge"]._standing_of(self)
        for merge in merges:
            merge._check_undo()
        for merge in merges:
            merge.ticket_id._lock_with(merge.survivor_id)
        for merge in merges.sudo():  # sudo: rights on both sides were checked
            merge._undo()
        return merges


class ServiceDeskMerge(models.Model):
    _inherit = "service_desk.merge"

    def _check_undo(self):
        """Refuse what cannot be undone any more."""
        self.ensure_one()
        (self.ticket_id | self.survivor_id).check_access("write")
        if self.merged_at < self._undo_limit():
            raise UserError(
                self.env._(
                    "A merge can be undone for %(hours)s hours. Now split the messages that belong to"
                    " another ticket instead.",
                    hours=UNDO_HOURS,
                )
            )
        if self.survivor_id.merged_into_id:
            raise UserError(
                self.env._(
                    "%(survivor)s was merged into another ticket since. Undo that merge first.",
                    survivor=self.survivor_id.number,
                )
            )

    def _undo(self):
        """Put back what moved and what was before; ``self`` is superuser."""
        quiet = self.with_context(**MERGING)
        ticket, survivor = quiet.ticket_id, quiet.survivor_id
        quiet._return_rows()
        quiet._return_records()
        quiet._return_people()
        quiet._return_notices()
        quiet._restore_survivor()
        ticket.write({"merged_into_id": False})
        quiet._restore_ticket()
        self.write({"undone_at": fields.Datetime.now(), "undone_by_id": self.env.uid})
        payload = {"person": self.env.user.name, "event": "undone"}
        ticket._explain("merge", dict(payload, other_id=survivor.id, other=survivor.number))
        survivor._explain("merge", dict(payload, other_id=ticket.id, other=ticket.number))

    def _return_rows(self):
        """Move rows back that still stand where the merge put them."""
        for name, column in MOVED_ROWS.items():
            ids = self.moved.get(name)
            if not ids:
                continue
            model = self.env[name]
            model.flush_model()
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = %(ticket)s WHERE id IN %(ids)s AND %(column)s = %(survivor)s",
                    table=SQL.identifier(model._table),
                    column=SQL.identifier(column),
                    ticket=self.ticket_id.id,
                    survivor=self.survivor_id.id,
                    ids=tuple(ids),
                )
            )
            model.invalidate_model(flush=False)
        (self.ticket_id | self.survivor_id).invalidate_recordset()

    def _return_records(self):
        for kind, (name, column) in MOVED_RECORDS.items():
            records = self.env[name].with_context(active_test=False)
            records = records.browse(self.moved.get(kind, [])).exists()
            mine = records.filtered(
                lambda record, column=column: id_of(record[column]) == self.survivor_id.id
            )
            if mine:
                mine.write({column: self.ticket_id.id})

    def _return_people(self):
        """Take those out again who came by this merge only."""
        survivor, moved = self.survivor_id, self.moved
        partners, tags = self.env["res.partner"], self.env["service_desk.tag"]
        if ids := moved.get("participants"):
            survivor.participant_ids -= partners.browse(ids)
        staying = survivor.user_id.partner_id | survivor.partner_id | survivor.participant_ids
        leaving = set(moved.get("watchers", ())) - set(staying.ids)
        if leaving:
            self.env["mail.followers"].search(
                [
                    ("res_model", "=", TICKET),
                    ("res_id", "=", survivor.id),
                    ("partner_id", "in", list(leaving)),
                ]
            ).unlink()
        if ids := moved.get("tags"):
            survivor.tag_ids -= tags.browse(ids)

    def _return_notices(self):
        notices = self.env["service_desk.notice"].browse(self.moved.get("notices", []))
        notices = notices.exists().filtered(lambda notice: notice.outcome == "omitted")
        if notices:
            notices.write({"sent_at": False, "outcome": False})
            notices._wake_cron({fields.Datetime.now()})

    def _restore_survivor(self):
        """Put back the survivor's marks, except those that something has changed since."""
        before, after = self.before["survivor"], self.before["after"]
        now = self.survivor_id._plain_values(before)
        vals = {
            name: value
            for name, value in before.items()
            if now[name] == after[name] and value != after[name]
        }
        if vals:
            self.survivor_id.write(vals)

    def _restore_ticket(self):
        """Put back the stage first: its hooks count and clear; then the marks as they were.

        Who may see it stays as it has become: what was hidden together with the survivor is not shown again.
        """
        ticket, before = self.ticket_id, dict(self.before["ticket"])
        hidden_by = {name: before.pop(name) for name in AUDIENCE_FIELDS}
        if ticket._plain_values(AUDIENCE_FIELDS) != hidden_by:
            before.pop("user_id")
        stage = self.env["service_desk.stage"].browse(before.pop("stage_id")).exists()
        if stage and ticket.stage_id != stage:
            ticket._put_back(stage)
        now = ticket._plain_values(before)
        vals = {name: value for name, value in before.items() if now[name] != value}
        if vals:
            ticket.write(vals)


def id_of(value):
    """Return the id that a many2one, or a plain reference, holds."""
    return value if isinstance(value, int) else value.id
