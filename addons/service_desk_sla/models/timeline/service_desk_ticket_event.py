from psycopg2.extras import Json

from odoo import api, fields, models
from odoo.tools import SQL

from ...clocks.facts import Event

EVENT_KINDS = [
    ("opened", "Opened"),
    ("changed", "Changed"),
    ("requester_message", "The requester wrote"),
    ("agent_message", "We answered"),
    ("arrived", "Arrived on site"),
    ("agreed", "Agreements applied"),
    ("ended", "Left the desk's hands"),
]


class ServiceDeskTicketEvent(models.Model):
    """Something that happened to a ticket at an instant, with the facts that changed by it. Never edited.

    Only an answer that is undone before it has left is taken out again: for the requester it never was.
    """

    _name = "service_desk.ticket.event"
    _description = "Event of a Ticket"
    _order = "ticket_id, at, id"
    _rec_name = "kind"

    ticket_id = fields.Many2one(
        "service_desk.ticket", required=True, readonly=True, ondelete="cascade", index=True
    )
    at = fields.Datetime(required=True, readonly=True)
    kind = fields.Selection(EVENT_KINDS, required=True, readonly=True)
    facts = fields.Json(
        readonly=True, help="What is different from this instant on; at the opening: all of it."
    )
    message_id = fields.Many2one(
        "mail.message", readonly=True, ondelete="set null", index="btree_not_null"
    )

    @api.model
    def _record(self, rows):
        """Write down ``rows`` of ``(ticket id, Event, message id or None)``: one INSERT for all."""
        if not rows:
            return
        uid, now = self.env.uid, self.env.cr.now()
        self.env.cr.execute(
            SQL(
                "INSERT INTO service_desk_ticket_event (ticket_id, at, kind, facts, message_id,"
                " create_uid, create_date, write_uid, write_date) VALUES %s",
                SQL(", ").join(
                    (
                        ticket_id,
                        event.at,
                        event.kind,
                        Json(event.facts) if event.facts else None,
                        message_id,
                        uid,
                        now,
                        uid,
                        now,
                    )
                    for ticket_id, event, message_id in rows
                ),
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _take_back(self, messages):
        """Take out what happened by ``messages``, which never left."""
        self.sudo().search(
            [("message_id", "in", messages.ids)]
        ).unlink()  # sudo: the desk's own record

    @api.model
    def _timelines(self, ticket_ids):
        """Return ``{ticket id: [Event]}`` in the order in which it happened, by one query."""
        timelines = {ticket_id: [] for ticket_id in ticket_ids}
        if not timelines:
            return timelines
        rows = self.env.execute_query(
            SQL(
                "SELECT ticket_id, at, kind, facts FROM service_desk_ticket_event"
                " WHERE ticket_id IN %s ORDER BY ticket_id, at, id",
                tuple(timelines),
            )
        )
        for ticket_id, at, kind, facts in rows:
            timelines[ticket_id].append(Event(at, kind, facts or {}))
        return timelines
