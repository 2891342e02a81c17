"""Which tickets a leave moves, when, and what the approver sees of it before he approves."""

from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_datetime

URGENT = ("2", "3")


class LeavePlan(NamedTuple):
    """What a leave means for the open tickets of the person."""

    moving: object
    staying: object


class HrLeave(models.Model):
    _inherit = "hr.leave"

    service_desk_ticket_count = fields.Integer(
        "Open Tickets", compute="_compute_service_desk_summary"
    )
    service_desk_summary = fields.Char(
        "Service Desk",
        compute="_compute_service_desk_summary",
        help="What the leave means for the open tickets of the person.",
    )

    # ---------------------------------------------------------------- the form
    @api.depends("employee_id", "state", "date_from", "date_to", "service_desk_moved_at")
    @api.depends_context("uid", "lang", "tz")
    def _compute_service_desk_summary(self):
        """Say what will happen, with numbers only of tickets that the reader may see."""
        self.service_desk_ticket_count = 0
        self.service_desk_summary = False
        may_read = self.env["service_desk.ticket"].has_access("read")
        for leave in self:
            if not leave._service_desk_concerns():
                continue
            tickets = leave._service_desk_visible_tickets() if may_read else None
            leave.service_desk_ticket_count = len(tickets or ())
            leave.service_desk_summary = leave._service_desk_tell_plan(tickets)

    def _service_desk_concerns(self):
        """Tell whether the leave may still move tickets: of one of the desk's people, not over, not refused."""
        leave_sudo = self.sudo()  # sudo: who has a ticket is no secret of HR
        user = leave_sudo.employee_id.user_id
        return bool(
            user
            and user._is_service_desk_staff()
            and leave_sudo.state in ("confirm", "validate1", "validate")
            and leave_sudo.holiday_status_id.time_type == "leave"
            and leave_sudo.date_to
            and leave_sudo.date_to > fields.Datetime.now()
        )

    def _service_desk_visible_tickets(self):
        """Return the open tickets of the people on leave that the reader may see."""
        users = self.sudo().employee_id.user_id  # sudo: who is whose user is no secret
        return self.env["service_desk.ticket"].search(
            [("user_id", "in", users.ids), ("is_open", "=", True)]
        )

    def _service_desk_tell_plan(self, tickets):
        """Return what is to be said of ``tickets``; ``None`` stands for a reader who may see no ticket."""
        if self.service_desk_moved_at:
            return self.env._("The tickets that could not wait were given to others.")
        if tickets is None:
            return self.env._("Open tickets are given to others when the leave begins.")
        if not tickets:
            return self.env._("No open ticket.")
        plan = self._service_desk_plan(tickets)
        ahead = self._service_desk_ahead(plan.moving)
        later = plan.moving - ahead
        parts = [self.env._("Open tickets: %(count)s.", count=len(tickets))]
        if ahead:
            parts.append(self.env._("To others at once: %(count)s.", count=len(ahead)))
        if later:
            moment = self._service_desk_start_text()
            parts.append(
                self.env._("To others on %(moment)s: %(count)s.", moment=moment, count=len(later))
            )
        if plan.staying:
            parts.append(self.env._("Staying: %(count)s.", count=len(plan.staying)))
        return " ".join(parts)

    def _service_desk_start_text(self):
        moment = max(self.date_from, fields.Datetime.now())
        return format_datetime(self.env, moment, dt_format="d MMMM, HH:mm")

    def action_service_desk_tickets(self):
        """Open the open tickets of the people on leave, those that the user may see.

        :raises AccessError: when the user may not read a leave, or no tickets at all
        """
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_ticket_action"
        )
        action["domain"] = list(Domain("id", "in", self._service_desk_visible_tickets().ids))
        action["context"] = {}
        return action

    # ---------------------------------------------------------------- the plan
    def _service_desk_plan(self, tickets):
        """Return the :class:`LeavePlan` of ``tickets``, which the person on leave has."""
        self.ensure_one()
        moving = tickets.filtered(self._service_desk_moves)
        return LeavePlan(moving, tickets - moving)

    def _service_desk_moves(self, ticket):
        """Tell whether the leave takes ``ticket`` from the person, by the policy of its team."""
        team = ticket.sudo().team_id  # sudo: its policy holds for whoever looks at the leave
        hours = self.sudo().number_of_hours
        if team.leave_policy == "lead" or hours <= team.leave_ignored_hours:
            return False
        if ticket.state == "waiting" and team.leave_keeps_waiting:
            return False
        if team.leave_policy == "all" and hours > team.leave_short_hours:
            return True
        return (
            ticket.priority in URGENT
            or ticket.needs_reply
            or self._service_desk_is_promised(ticket)
        )

    def _service_desk_is_promised(self, ticket):
        """Tell whether the requester was promised an update before the person is back."""
        return bool(ticket.next_update_at and ticket.next_update_at < self.date_to)

    def _service_desk_ahead(self, tickets):
        """Return those of ``tickets`` that move before the leave begins: promised for its days."""
        if self.date_from <= fields.Datetime.now():
            return tickets.browse()
        return tickets.filtered(
            lambda t: (
                t.sudo().team_id.leave_moves_ahead
                and self._service_desk_is_promised(t)
                and t.next_update_at >= self.date_from
                and self._service_desk_moves(t)
            )
        )

    # ---------------------------------------------------------------- the move
    def _service_desk_move_ahead(self):
        """Give what is promised for the days of a leave that has not begun to others."""
        self.ensure_one()
        user = self.employee_id.user_id
        promised = self._service_desk_ahead(user._service_desk_open_tickets())
        self._service_desk_give(user, promised, promised.browse())

    def _service_desk_move_tickets(self):
        """Give the tickets that cannot stay to others and tell the leads and the person himself."""
        self.ensure_one()
        user = self.employee_id.user_id
        plan = self._service_desk_plan(user._service_desk_open_tickets())
        self._service_desk_give(user, plan.moving, plan.staying)

    def _service_desk_give(self, user, moving, staying):
        """Take the person off ``moving`` and tell the leads and himself."""
        until = self._service_desk_release(user, moving)
        to_leads = staying.filtered(lambda t: t.team_id.leave_policy == "lead")
        user._service_desk_tell_leads(moving, to_leads, self.date_from, until)
        user._service_desk_tell_himself(moving, staying, self.date_from, until)

    def _service_desk_pass_on(self, tickets):
        """Take the person off those of ``tickets`` that came to life during his leave."""
        self.ensure_one()
        user = self.employee_id.user_id
        self._service_desk_release(user, tickets.filtered(self._service_desk_moves))

    def _service_desk_release(self, user, tickets):
        """Take ``user`` off ``tickets``; why he is away is written nowhere. Return when he is back."""
        since = self.date_from
        until = user._service_desk_back_at(max(since, fields.Datetime.now()))
        tickets.sudo()._release(  # sudo: a requester's reply may cause it
            "absence", {"from": str(since), "until": str(until) if until else False}
        )
        return until
