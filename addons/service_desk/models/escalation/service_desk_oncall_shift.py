"""The shifts of a rota: planned from its pattern, swapped and changed by hand."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ServiceDeskOncallShift(models.Model):
    """One person on duty from a moment to another."""

    _name = "service_desk.oncall.shift"
    _description = "On-call Shift"
    _inherit = "service_desk.anchored.mixin"
    _order = "start_at, rank, id"
    _anchors = frozenset({"oncall_id"})
    _rec_name = "user_id"

    oncall_id = fields.Many2one(
        "service_desk.oncall", "Rota", required=True, ondelete="cascade", index=True
    )
    team_id = fields.Many2one(related="oncall_id.team_id", store=True, precompute=True, index=True)
    user_id = fields.Many2one(
        "res.users", "On Duty", required=True, domain="[('share', '=', False)]", index=True
    )
    rank = fields.Integer("Order", default=1, help="1 is called first, 2 when he does not answer.")
    start_at = fields.Datetime("From", required=True)
    end_at = fields.Datetime("To", required=True)
    is_manual = fields.Boolean(
        "Changed by Hand", readonly=True, default=True, help="Planning anew leaves it as it is."
    )
    pattern_id = fields.Many2one(
        "service_desk.oncall.pattern", readonly=True, ondelete="set null", index="btree_not_null"
    )
    can_take = fields.Boolean(compute="_compute_can_take")

    _order_of_times = models.Constraint(
        "CHECK (end_at > start_at)", "A shift ends after it has begun."
    )
    _now_index = models.Index("(oncall_id, end_at, start_at)")
    _pattern_uniq = models.UniqueIndex(
        "(pattern_id, start_at) WHERE pattern_id IS NOT NULL", "This shift is planned already."
    )

    @api.depends("user_id", "end_at")
    @api.depends_context("uid")
    def _compute_can_take(self):
        user, now = self.env.user, fields.Datetime.now()
        for shift in self:
            team = shift.team_id
            shift.can_take = bool(
                shift.user_id != user
                and user in (team.member_ids | team.lead_ids)
                and shift.end_at
                and shift.end_at > now
            )

    @api.constrains("user_id", "oncall_id")
    def _check_user(self):
        for shift in self:
            self._check_may_be_on_duty(shift.user_id, shift.team_id)

    @api.model
    def _check_may_be_on_duty(self, user, team):
        """Refuse people who could not work on what they are called for.

        :raises ValidationError: names the person and the team
        """
        user_sudo = user.sudo()  # sudo: groups of others are not readable
        if not user_sudo._is_service_desk_staff() or not user_sudo._sees_service_desk_team(
            team.sudo()
        ):
            raise ValidationError(
                self.env._(
                    "%(person)s cannot be on duty for “%(team)s”: he does not work on its tickets.",
                    person=user_sudo.name,
                    team=team.name,
                )
            )

    def write(self, vals):
        if {"user_id", "rank", "start_at", "end_at"} & vals.keys() and "is_manual" not in vals:
            vals = dict(vals, is_manual=True)
        return super().write(vals)

    # ------------------------------------------------------------------- swaps
    def action_take(self):
        """Take shifts over from colleagues of one's team; they are told.

        :raises UserError: for shifts that are over, or of other teams
        """
        self.check_access("read")
        if not all(self.mapped("can_take")):
            raise UserError(
                self.env._("You can take shifts of your own teams that are not over yet.")
            )
        for shift in self:
            former = shift.user_id
            # sudo: a member may put himself in, and change nothing else
            shift.sudo().write({"user_id": self.env.uid})
            shift._tell_swapped(former)

    def action_swap(self):
        """Exchange the people of exactly two shifts.

        :raises UserError: for another number of shifts
        """
        self.check_access("write")
        if len(self) != 2:
            raise UserError(self.env._("Choose the two shifts whose people change places."))
        first, second = self
        people = first.user_id, second.user_id
        first.user_id, second.user_id = people[1], people[0]

    def _tell_swapped(self, former):
        """Tell a colleague that his shift was taken over, where he has the desk open."""
        self.ensure_one()
        former._bus_send(
            "simple_notification",
            {
                "type": "info",
                "message": self.env._(
                    "%(person)s has taken over your shift of %(date)s.",
                    person=self.env.user.name,
                    date=fields.Datetime.context_timestamp(
                        self.with_context(tz=self.oncall_id.tz), self.start_at
                    ).strftime("%d.%m.%Y %H:%M"),
                ),
            },
        )

    # ---------------------------------------------------------------- planning
    @api.model
    def _plan_rota(self, rota):
        """Make the planned shifts of a rota be what its pattern says; past and changed ones stay."""
        now = fields.Datetime.now()
        until = now + timedelta(weeks=rota.weeks_ahead)
        wanted = {}
        for pattern in rota.pattern_ids if rota.active else ():
            for start, end in pattern._spans(now, until):
                wanted[pattern.id, start] = {
                    "oncall_id": rota.id,
                    "pattern_id": pattern.id,
                    "user_id": pattern.user_id.id,
                    "rank": pattern.rank,
                    "start_at": start,
                    "end_at": end,
                    "is_manual": False,
                }
        stale = self.browse()
        for shift in self.search([("oncall_id", "=", rota.id), ("end_at", ">", now)]):
            row = wanted.get((shift.pattern_id.id, shift.start_at))
            if shift.is_manual:
                wanted.pop((shift.pattern_id.id, shift.start_at), None)
            elif row and (row["user_id"], row["rank"], row["end_at"]) == (
                shift.user_id.id,
                shift.rank,
                shift.end_at,
            ):
                del wanted[shift.pattern_id.id, shift.start_at]
            else:
                stale |= shift
        stale.unlink()
        self.create(list(wanted.values()))
