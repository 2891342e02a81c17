"""Words and visits: what happens to a ticket beside changes of its fields."""

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.service_desk.models.service_desk_ticket_conversation import HUMAN_MESSAGE_TYPES

#: The writer wants his answer to leave later than by the undo time.
LATER = ("later",)


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    supplier_id = fields.Many2one(
        "res.partner",
        "With Supplier",
        index="btree_not_null",
        tracking=True,
        copy=False,
        check_company=True,
        help="Who of the suppliers has the ticket; the contract with him runs meanwhile.",
    )
    planned_start_at = fields.Datetime(
        "Starts",
        copy=False,
        tracking=True,
        help="The work is agreed for a later moment: the clocks begin no earlier.",
    )
    arrived_at = fields.Datetime("Arrived on Site", readonly=True, copy=False, tracking=True)

    # ------------------------------------------------------------------- words
    def message_post(self, **kwargs):
        if kwargs.get("scheduled_date"):
            self = self.with_context(service_desk_clock_answer=LATER)
        return super().message_post(**kwargs)

    def _on_agent_message(self, message):
        """An answer counts from the moment in which it was sent; one for later, when it leaves."""
        with self._clock_scope():
            if self.env.context.get("service_desk_clock_answer") != LATER:
                self._note_event("agent_message", message=message)
            return super()._on_agent_message(message)

    def _on_requester_message(self, message):
        """The first message of a mail is the opening itself; all later ones wait for an answer."""
        with self._clock_scope():
            if not self.env.context.get("service_desk_first_message"):
                self._note_event("requester_message", message=message)
            return super()._on_requester_message(message)

    def _count_as_answered(self):
        """An answer to all that the requester has read in another ticket of his is one here, too."""
        with self._clock_scope():
            self._note_event("agent_message")
            return super()._count_as_answered()

    def _forget_answer(self, message_sudo, schedule_sudo):
        """An answer that is undone before it has left was none."""
        with self._clock_scope() as scope:
            scope.touch(self)
            scope.recount.update(self.ids)
            self.env["service_desk.ticket.event"]._take_back(message_sudo)
            return super()._forget_answer(message_sudo, schedule_sudo)

    def _is_answer(self, message):
        """Tell whether a person of the desk said ``message`` to the requester."""
        return (
            message.message_type in HUMAN_MESSAGE_TYPES
            and self._is_public(message)
            and self._is_agent_message(message)
            and self._says_something(message)
        )

    # ------------------------------------------------------------------- phone
    def _note_talk(self):
        """Whoever opens a ticket on the phone talks with the requester: that is the first response."""
        if self:
            self._note_event("agent_message")

    # ---------------------------------------------------------------- supplier
    def _marks_of_move(self, vals, now):
        """Whoever takes a ticket up again that waited for a supplier has got it back from him.

        The end of the time one wanted to wait, and words of the requester, say nothing of the supplier.
        """
        marks = super()._marks_of_move(vals, now)
        back = self.state == "waiting" and self.waiting_reason_id.hand == "supplier"
        by_itself = {"service_desk_woke", "service_desk_requester_moves"} & self.env.context.keys()
        stages = self.env["service_desk.stage"]
        if back and not by_itself and stages._state_of(vals["stage_id"]) == "open":
            marks.setdefault("supplier_id", vals.get("supplier_id", False))
        return marks

    # ------------------------------------------------------------------- visits
    def action_arrive(self):
        """Say that somebody of ours, or the supplier, has arrived where the work is."""
        self.check_access("write")
        done = self.filtered(lambda ticket: not ticket.is_open)
        if done:
            raise UserError(
                self.env._(
                    "%(ticket)s is done: nobody is awaited there any more.",
                    ticket=done[0].display_name,
                )
            )
        self._on_arrived()

    def _on_arrived(self, at=None):
        """Hook: somebody has arrived on the site of the tickets of ``self``.

        :param at: the instant (naive UTC), for programmes that know it better; now by default
        """
        at = at or fields.Datetime.now()
        with self._clock_scope():
            self._set_marks(arrived_at=at)
            self._note_event("arrived", at=at)
