"""Parent and children: a ticket that is done when several others are."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..service_desk_stage import OPEN_STATES

#: A child of a child of a child: deeper nobody finds his way.
MAX_DEPTH = 5
#: States that claim the work is done.
SOLVED_STATES = ("solved", "closed")


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # Not tracked: the log would keep the parent's subject for those who may not see it later.
    parent_id = fields.Many2one(
        "service_desk.ticket",
        "Parent Ticket",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    child_ids = fields.One2many("service_desk.ticket", "parent_id", "Children")

    @api.constrains("parent_id")
    def _check_parent(self):
        for ticket in self.filtered("parent_id"):
            parent = ticket.parent_id
            if ticket._has_cycle():
                raise ValidationError(
                    self.env._("A ticket cannot be its own parent, not even through others.")
                )
            if ticket.sudo()._depth_up() + ticket.sudo()._depth_down() > MAX_DEPTH:
                raise ValidationError(
                    self.env._(
                        "Tickets can stand at most %(count)s levels under each other.",
                        count=MAX_DEPTH,
                    )
                )
            if not self.env.su:
                parent.check_access("read")
            if ticket.company_id != parent.company_id or ticket._audience() != parent._audience():
                raise ValidationError(
                    self.env._(
                        "A ticket and its parent must be of one company and seen by the same people:"
                        " equally confidential, and of the same team if that is private."
                    )
                )

    def _depth_up(self):
        """Return how many levels stand above the ticket."""
        depth, ticket = 0, self
        while ticket.parent_id and depth <= MAX_DEPTH:
            depth, ticket = depth + 1, ticket.parent_id
        return depth

    def _depth_down(self):
        """Return how many levels the ticket and its children are."""
        depth, tickets = 0, self
        while tickets and depth <= MAX_DEPTH:
            depth += 1
            tickets = tickets.with_context(active_test=False).child_ids
        return depth

    def _child_progress(self):
        """Return ``{ticket id: (done, all)}`` of the tickets of ``self`` that have children; one query."""
        rows = self.env["service_desk.ticket"]._read_group(
            [("parent_id", "in", self.ids)], ["parent_id", "is_open"], ["__count"]
        )
        progress = {}
        for parent, is_open, count in rows:
            done, total = progress.get(parent.id, (0, 0))
            progress[parent.id] = (done if is_open else done + count, total + count)
        return progress

    # ----------------------------------------------------------- children first
    def write(self, vals):
        if not self.env.su and {"stage_id", "state"} & vals.keys():
            self._check_children_done(vals)
        return super().write(vals)

    def _check_children_done(self, vals):
        """Refuse to solve what waits for its children, where the type says so.

        Only for people who solve an open ticket: what the desk does by itself goes on, and a child that is
        re-opened later keeps nothing from being closed.

        :raises UserError: names the first such ticket
        """
        stages = self.env["service_desk.stage"]
        state = stages._state_of(vals["stage_id"]) if vals.get("stage_id") else vals.get("state")
        if state not in SOLVED_STATES:
            return
        asked = self.filtered(lambda t: t.state in OPEN_STATES and t.type_id.require_children_done)
        if not asked:
            return
        # sudo: a child counts whoever may see it; nothing of it is told
        waiting_sudo = self.sudo().search(
            [("parent_id", "in", asked.ids), ("is_open", "=", True), ("id", "not in", self.ids)],
            limit=1,
        )
        if waiting_sudo:
            raise UserError(
                self.env._(
                    "%(ticket)s cannot be solved yet: some of its children are open.",
                    ticket=waiting_sudo.parent_id.number,
                )
            )
