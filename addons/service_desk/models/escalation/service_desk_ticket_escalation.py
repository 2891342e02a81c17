"""What starts, moves and stops the escalation of a ticket, and how it is seen on the ticket."""

from odoo import fields, models

from ..service_desk_stage import DONE_STATES

#: A change of one of these can change when the ticket is escalated, and how.
ESCALATION_FIELDS = {
    "team_id", "type_id", "service_id", "priority", "impact", "urgency", "user_id", "stage_id", "state",
    "needs_reply_since", "next_update_at", "last_agent_message_at", "company_id", "active",
}  # fmt: skip


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    escalation_step = fields.Integer(
        "Escalated",
        readonly=True,
        copy=False,
        help="The highest step of its ladder that the ticket has reached. Gone when it is done.",
    )
    escalation_timer_ids = fields.One2many(
        "service_desk.escalation.timer", "ticket_id", "Escalation", readonly=True
    )

    _escalated_index = models.Index(
        "(priority DESC, id DESC) WHERE active IS TRUE AND is_open IS TRUE AND escalation_step > 0"
    )

    # -------------------------------------------------------------------- hooks
    def _on_opened(self):
        result = super()._on_opened()
        self._arm_later()
        return result

    def write(self, vals):
        result = super().write(vals)
        if ESCALATION_FIELDS & vals.keys():
            self._arm_later()
        return result

    def _arm_later(self):
        """Have the steps of the tickets counted once, at the end of the transaction, whatever else changes."""
        if not self or not self.env["service_desk.escalation"]._kept_ladders():
            return
        timers = self.env["service_desk.escalation.timer"].sudo()
        pending = self.env.cr.precommit.data.setdefault(timers._name, set())
        if not pending:
            self.env.cr.precommit.add(timers._arm_pending)
        pending.update(self.ids)

    def _on_reopened(self):
        result = super()._on_reopened()
        for ticket in self:
            ticket._arm_event("reopened", lambda rung, t=ticket: rung.times == t.reopen_count)
        return result

    def _on_state_changed(self, old):
        result = super()._on_state_changed(old)
        done = self.filtered(lambda t: t.state in DONE_STATES and t.escalation_step)
        done._set_marks(escalation_step=0)
        return result

    def _on_rated(self, rating):
        """Hook: the requester has rated the ticket; ``rating`` is from 1 (worst) to 5."""
        self.ensure_one()
        if rating.rating:
            self._arm_event("rating", lambda rung: rating.rating <= rung.max_rating, rating.id)

    def _arm_event(self, trigger, reached, key=0):
        """Let the steps of an event fire in a moment.

        :param str trigger: the event
        :param reached: function that tells whether a step of it is reached
        :param int key: names the event where there can be several, for each of which a step fires
        """
        self.ensure_one()
        ladder = self.env["service_desk.escalation"]._ladder_of(self)
        if not ladder or trigger not in ladder["triggers"]:
            return
        # sudo: ladders are read by the desk itself
        rungs_sudo = self.env["service_desk.escalation.rung"].sudo().browse(ladder["rung_ids"])
        fitting = rungs_sudo.filtered(lambda rung: rung.trigger == trigger and reached(rung))
        self.env["service_desk.escalation.timer"]._arm_now(self, fitting, key)

    def _is_of_service(self, service_ids):
        """Tell whether the ticket's service is one of these, or part of one."""
        self.ensure_one()
        path = self.service_id.sudo().parent_path or ""  # sudo: a service of another company's tree
        return any(int(step) in service_ids for step in path.split("/") if step)

    # ------------------------------------------------- since when the steps count
    # One method for each kind of step; an add-on that adds a kind adds its method.
    def _escalation_since_no_answer(self):
        return self.is_open and self.needs_reply_since

    def _escalation_since_unassigned(self):
        """Return since when nobody has the ticket: since its last stay began, or it was opened."""
        if not self.is_open or self.state == "waiting" or self.user_id:
            return False
        return self._stays_since()

    def _stays_since(self):
        """Return since when the ticket is with its team and person."""
        # sudo: the desk's own record
        running = self.span_ids.sudo().filtered(lambda span: not span.ended_at)
        return running[:1].started_at or self.create_date.replace(microsecond=0)

    def _escalation_since_idle(self):
        """Return the last moment at which the desk did something; while the ticket waits, nothing is late."""
        if not self.is_open or self.state == "waiting":
            return False
        moments = (
            self._stays_since(),
            self.last_agent_message_at,
            self.date_last_stage_update,
        )
        return max(moment for moment in moments if moment)

    def _escalation_since_before_promise(self):
        return self.is_open and self.next_update_at

    def _escalation_since_after_promise(self):
        return self.is_open and self.next_update_at

    def _escalation_since_reopened(self):
        return False  # an event

    def _escalation_since_rating(self):
        return False  # an event
