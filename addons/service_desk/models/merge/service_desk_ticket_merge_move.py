"""What goes over when tickets are merged, and what was before; a few statements, whatever the number of rows."""

from odoo import fields, models
from odoo.tools import SQL

TICKET = "service_desk.ticket"
#: Marks of the survivor that take the merged tickets into account.
SURVIVOR_MARKS = (
    "needs_reply_since",
    "first_response_at",
    "last_requester_message_at",
    "last_agent_message_at",
    "proposed_participants",
    "undelivered_emails",
    "has_unverified_mail",
    "parent_id",
)
#: What the merged ticket loses by ending.
MERGED_MARKS = (
    "stage_id",
    "close_reason_id",
    "needs_reply_since",
    "next_update_at",
    "waiting_reason_id",
    "waiting_since",
    "waiting_until",
    "solved_at",
    "closed_at",
    "reopen_count",
    "date_last_stage_update",
    "user_id",
    "team_id",
    "is_confidential",
)


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # ------------------------------------------------------------------ before
    def _note_before_merge(self, survivor):
        """Return what undoing needs for each ticket of ``self``: plain data by id."""
        marks = survivor._plain_values(SURVIVOR_MARKS)
        return {
            ticket.id: {"ticket": ticket._plain_values(MERGED_MARKS), "survivor": marks}
            for ticket in self
        }

    def _plain_values(self, names):
        """Return values of fields as JSON takes them."""
        self.ensure_one()
        values = {}
        for name in names:
            value = self[name]
            if isinstance(value, models.BaseModel):
                value = value.id
            elif self._fields[name].type == "datetime":
                value = fields.Datetime.to_string(value)
            values[name] = value
        return values

    # -------------------------------------------------------------------- move
    def _move_into(self, survivor):
        """Move everything that hangs on the tickets of ``self`` (superuser) to ``survivor``.

        :return: ``{ticket id: {kind: [ids]}}``
        """
        self._send_waiting_messages()
        moved = {ticket.id: {} for ticket in self}
        for kind, rows in (
            ("mail.message", self._move_messages(survivor)),
            ("ir.attachment", self._move_files(survivor)),
            ("mail.scheduled.message", self._move_rows(
                "mail.scheduled.message", "res_id", survivor, SQL("model = %s", TICKET))),
            ("service_desk.mail.intake", self._move_rows(
                "service_desk.mail.intake", "ticket_id", survivor)),
            ("service_desk.call", self._move_rows("service_desk.call", "ticket_id", survivor)),
            ("mail.activity", self._move_activities(survivor)),
            ("links", self._move_links("ticket_id", survivor)),
            ("backlinks", self._move_links("other_id", survivor)),
            ("children", self._move_children(survivor)),
            ("notices", self._drop_waiting_notices()),
        ):  # fmt: skip
            for ticket_id, ids in rows.items():
                moved[ticket_id][kind] = ids
        self._move_people(survivor, moved)
        self._move_tags(survivor, moved)
        self._move_marks(survivor)
        return moved

    def _send_waiting_messages(self):
        """Send what waits for its undo time now: it goes to those to whom it was written."""
        waiting = self.env["mail.message.schedule"].search(
            [("mail_message_id.model", "=", TICKET), ("mail_message_id.res_id", "in", self.ids)]
        )
        if waiting:
            waiting.force_send()

    def _move_rows(self, model_name, column, survivor, where=None):
        """Let rows that stand on tickets of ``self`` stand on ``survivor``; return ``{ticket id: [row ids]}``."""
        model = self.env[model_name]
        model.flush_model()
        rows = self.env.execute_query(
            SQL(
                """WITH moving AS (
                       SELECT id, %(column)s AS ticket_id FROM %(table)s
                        WHERE %(column)s IN %(ids)s AND %(where)s
                   ), moved AS (
                       UPDATE %(table)s SET %(column)s = %(survivor)s
                         FROM moving WHERE %(table)s.id = moving.id
                   )
                   SELECT ticket_id, array_agg(id ORDER BY id) FROM moving GROUP BY ticket_id""",
                column=SQL.identifier(column),
                table=SQL.identifier(model._table),
                ids=tuple(self.ids),
                where=where or SQL("TRUE"),
                survivor=survivor.id,
            )
        )
        if rows:
            model.invalidate_model(flush=False)
            (self | survivor).invalidate_recordset(flush=False)
        return dict(rows)

    def _move_messages(self, survivor):
        """Move what was said and noted. The log of a ticket's own fields and its notices stay with it."""
        own_log = SQL(
            "model = %s AND message_type <> 'user_notification' AND NOT EXISTS"
            " (SELECT FROM mail_tracking_value tracked WHERE tracked.mail_message_id = mail_message.id)",
            TICKET,
        )
        self.env["mail.tracking.value"].flush_model()
        return self._move_rows("mail.message", "res_id", survivor, own_log)

    def _move_files(self, survivor):
        """Move files; what a field keeps (``res_field``) belongs to the field of its ticket."""
        where = SQL("res_model = %s AND res_field IS NULL", TICKET)
        return self._move_rows("ir.attachment", "res_id", survivor, where)

    def _move_activities(self, survivor):
        """Move what is planned, but for the watch's warning of an orphan."""
        activities = self.env["mail.activity"].search(
            [
                ("res_model", "=", TICKET),
                ("res_id", "in", self.ids),
                ("activity_type_id", "!=", self._orphan_type_id()),
            ]
        )
        return self._hang_on(activities, "res_id", survivor)

    def _move_links(self, column, survivor):
        """Move links on the side ``column``, except those that the survivor has or that would lead to itself."""
        links = self.env["service_desk.ticket.link"]
        opposite = "other_id" if column == "ticket_id" else "ticket_id"
        taken = {
            (link[opposite].id, link.kind) for link in links.search([(column, "=", survivor.id)])
        }
        moving = links
        family = self | survivor
        for link in links.search([(column, "in", self.ids)]):
            key = (link[opposite].id, link.kind)
            if link[opposite] not in family and key not in taken:
                taken.add(key)
                moving |= link
        return self._hang_on(moving, column, survivor)

    def _move_children(self, survivor):
        """Move the children; a survivor that was a child of one of ``self`` goes up to its parent."""
        if survivor.parent_id in self:
            survivor.parent_id = survivor.parent_id.parent_id - self - survivor
        children = self.with_context(active_test=False).search([("parent_id", "in", self.ids)])
        return self._hang_on(children - survivor - self, "parent_id", survivor)

    def _hang_on(self, records, column, survivor):
        """Write ``survivor`` into ``column`` of ``records``; return ``{ticket id: [record ids]}``."""
        by_ticket = {}
        for record in records:
            value = record[column]
            old = value if isinstance(value, int) else value.id
            by_ticket.setdefault(old, []).append(record.id)
        if records:
            records.write({column: survivor.id})
        return by_ticket

    def _drop_waiting_notices(self):
        """Omit what requesters were to hear of the state of the merged tickets: it says nothing any more."""
        notices = self.env["service_desk.notice"]
        notices.flush_model()
        notices._write_pending()
        waiting = notices.search(
            [("ticket_id", "in", self.ids), ("sent_at", "=", False), ("event", "!=", "opened")]
        )
        by_ticket = {ticket.id: lines.ids for ticket, lines in waiting.grouped("ticket_id").items()}
        waiting._done("omitted")
        waiting.flush_recordset()  # the next lines of the queue are written past the ORM
        return by_ticket
