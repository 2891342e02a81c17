from odoo import fields, models

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
    """Something that happened to a ticket at an instant, with the facts that changed by it. Never edited."""

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
