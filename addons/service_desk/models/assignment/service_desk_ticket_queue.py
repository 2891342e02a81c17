"""The queue of tickets that their team's method will give to somebody."""

from odoo import api, fields, models
from odoo.tools import format_datetime

QUEUE_CODES = [
    ("queued", "About to be given out"),
    ("no_member", "The team has nobody"),
    ("unskilled", "Nobody of the team knows how"),
    ("absent", "Nobody who can is in"),
    ("full", "Everybody is at his limit"),
    ("confidential", "A lead decides"),
]
#: Whoever gave it back is remembered; of a ticket that wanders on, so many.
MOST_EXCLUDED = 10

#: Stands in the context while the desk itself gives out tickets; no call from outside can bring it.
GIVING = object()


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    assign_code = fields.Selection(
        QUEUE_CODES,
        "Why Nobody Has It",
        readonly=True,
        copy=False,
        help="Set while the ticket waits for its team's method to find a person.",
    )
    #: ``until``: when the first who can is back; ``excluded``: who gave it back.
    assign_info = fields.Json(readonly=True, copy=False)
    assign_text = fields.Char("Queue", compute="_compute_assign_text")

    _assign_queue_index = models.Index(
        "(team_id, priority DESC, next_update_at, id) WHERE assign_code IS NOT NULL"
    )

    @api.depends("assign_code", "assign_info", "team_id")
    @api.depends_context("lang", "tz")
    def _compute_assign_text(self):
        for ticket in self:
            ticket.assign_text = ticket._tell_queue() if ticket.assign_code else ""

    def _tell_queue(self):
        """Return why nobody has the ticket, as a sentence for the reader."""
        team, until = self.team_id.name, (self.assign_info or {}).get("until")
        skills = ", ".join(self.needed_skill_ids.mapped("name"))
        values = {"team": team, "skills": skills}
        if until:
            values["moment"] = format_datetime(self.env, until, dt_format="d MMMM, HH:mm")
        if self.assign_code == "no_member":
            return self.env._("The team %(team)s has no members who take tickets.", **values)
        if self.assign_code == "unskilled":
            return self.env._("Nobody of %(team)s knows %(skills)s well enough.", **values)
        if self.assign_code == "full":
            if skills:
                return self.env._(
                    "Everybody of %(team)s who is in and knows %(skills)s is at the limit.",
                    **values,
                )
            return self.env._("Everybody of %(team)s who is in is at the limit.", **values)
        if self.assign_code == "confidential":
            return self.env._(
                "The ticket is confidential: a lead of %(team)s decides who gets it.", **values
            )
        if self.assign_code == "absent":
            if skills and until:
                return self.env._(
                    "Nobody of %(team)s who knows %(skills)s is in before %(moment)s.", **values
                )
            if skills:
                return self.env._("Nobody of %(team)s who knows %(skills)s is in.", **values)
            if until:
                return self.env._("Nobody of %(team)s is in before %(moment)s.", **values)
            return self.env._("Nobody of %(team)s is in.", **values)
        return self.env._("It will be given to somebody in a moment.")

    # ------------------------------------------------------------------- queue
    def _assign_by_method(self):
        """Put the tickets of ``self`` that nobody has into the assignment queue of their team.

        A team that works by hand or by "next ticket" has no queue: there they simply wait for somebody.
        """
        by_itself = self.env["service_desk.team"]._ids_assigning_by_themselves()
        waiting = self.filtered(lambda t: t.is_open and not t.user_id and t.team_id.id in by_itself)
        waiting._set_marks(assign_code="queued")
        if waiting:
            self.env["service_desk.assignment"]._wake()
        return waiting

    def _sync_queue(self):
        """Put into the queue what belongs there, and take out what does not."""
        queued = self._assign_by_method()
        out = (self - queued).filtered("assign_code")
        out._set_marks(assign_code=False, assign_info=False)

    def _release(self, reason_code, payload=None):
        """Take the person off the tickets and queue them anew; he gets them back only if nobody else can.

        :param str reason_code: ``absence``, ``left``, ``declined``, ``no_reaction``, ``hand_over`` …
        :param dict payload: plain data for the line that explains it (names beside ids)
        """
        held = self.filtered(lambda t: t.user_id and t.is_open)
        for user, tickets in held.grouped("user_id").items():
            grounds = {
                "event": "release",
                "reason_code": reason_code,
                "user_id": user.id,
                "user": user.sudo().name,
                **(payload or {}),
            }
            tickets._explain("assignment", grounds)
        # sudo: it is the desk that takes him off, whoever caused it
        held.sudo().write({"user_id": False})
        return held

    def _excluded_user_ids(self):
        """Return the ids of those who gave the ticket back."""
        return (self.assign_info or {}).get("excluded", ())

    def _exclude(self, user):
        """Remember that ``user`` gave the tickets back."""
        for known, tickets in self.grouped(lambda t: tuple(t._excluded_user_ids())).items():
            excluded = [*known, user.id][-MOST_EXCLUDED:]
            tickets._set_marks(assign_info={"excluded": excluded})

    # ------------------------------------------------------------------- hooks
    @api.model
    def _prepare_create_vals(self, vals):
        """A new ticket without a person begins in the queue, without a write of its own."""
        vals = super()._prepare_create_vals(vals)
        by_itself = self.env["service_desk.team"]._ids_assigning_by_themselves()
        if by_itself and not vals.get("user_id"):
            team_id = vals.get("team_id") or self.default_get(["team_id"]).get("team_id")
            if team_id in by_itself:
                vals["assign_code"] = "queued"
        return vals

    def _on_opened(self):
        result = super()._on_opened()
        if any(ticket.assign_code for ticket in self):
            self.env["service_desk.assignment"]._wake()
        return result

    def _on_assigned(self):
        result = super()._on_assigned()
        self.filtered("assign_code")._set_marks(assign_code=False, assign_info=False)
        if self.env.context.get("service_desk_giving") is not GIVING:
            self.env["service_desk.agent"]._touch(self.user_id)
            self._note_missing_skills()
        return result

    def _on_closed(self):
        result = super()._on_closed()
        self.filtered("assign_code")._set_marks(assign_code=False, assign_info=False)
        return result

    def _on_solved(self):
        result = super()._on_solved()
        self.filtered("assign_code")._set_marks(assign_code=False, assign_info=False)
        return result

    def _on_reopened(self):
        result = super()._on_reopened()
        self._assign_by_method()
        return result

    def _dispatch_changes(self, before, vals):
        result = super()._dispatch_changes(before, vals)
        if "team_id" in vals:
            self._sync_queue()
        if "user_id" in vals:
            lost = self.filtered(lambda t: t.is_open and not t.user_id and before[t.id][1])
            for user, tickets in lost.grouped(lambda t: before[t.id][1]).items():
                tickets._exclude(user)
            lost._assign_by_method()
        self._wake_for_room(before, vals)
        return result

    def _wake_for_room(self, before, vals):
        """Let the queue be looked at where somebody has room again, or a waiting ticket is to be given out."""
        assignment = self.env["service_desk.assignment"]
        moved = [t for t in self if before[t.id] != (t.state, t.user_id)]
        if any(before[ticket.id][1] for ticket in moved):
            assignment._wake(only_if="full")
        elif any(ticket.assign_code for ticket in moved):
            assignment._wake()
