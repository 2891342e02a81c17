"""Who is on duty for a team, hour by hour, and in which order people are called."""

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get

PLAN_CRON = "service_desk.ir_cron_plan_oncall"


class ServiceDeskOncall(models.Model):
    """A rota. Its weekly pattern is planned ahead as shifts, which people swap and change by hand."""

    _name = "service_desk.oncall"
    _description = "On-call Rota"
    _inherit = ["service_desk.anchored.mixin", "service_desk.kept.mixin"]
    _order = "sequence, id"
    _anchors = frozenset({"team_id"})
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    team_id = fields.Many2one(
        "service_desk.team", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="team_id.company_id", store=True, precompute=True, index=True
    )
    tz = fields.Selection(
        _tz_get,
        "Time Zone",
        required=True,
        default=lambda self: self.env.user.tz or self.env.company.partner_id.tz or "UTC",
        help="The hours of the pattern are by this clock.",
    )
    ack_minutes = fields.Integer(
        "Acknowledge Within (minutes)",
        default=10,
        help="Whoever is called and does not acknowledge in this time is followed by the next.",
    )
    weeks_ahead = fields.Integer("Plan Ahead (weeks)", default=8)
    pattern_ids = fields.One2many(
        "service_desk.oncall.pattern", "oncall_id", "Weekly Pattern", copy=True
    )
    shift_ids = fields.One2many("service_desk.oncall.shift", "oncall_id", "Shifts")
    on_duty_ids = fields.Many2many("res.users", string="On Duty Now", compute="_compute_on_duty")

    _numbers = models.Constraint(
        "CHECK (ack_minutes BETWEEN 1 AND 1440 AND weeks_ahead BETWEEN 1 AND 52)",
        "People have 1 minute to one day to acknowledge; a rota is planned 1 to 52 weeks ahead.",
    )

    @api.depends("shift_ids.start_at", "shift_ids.end_at", "shift_ids.user_id")
    def _compute_on_duty(self):
        duty = self._on_duty(fields.Datetime.now())
        for rota in self:
            rota.on_duty_ids = duty.get(rota.id, self.env["res.users"])

    @api.constrains("tz")
    def _check_tz(self):
        if any(not rota.tz for rota in self):
            raise ValidationError(self.env._("A rota needs a time zone."))

    # ------------------------------------------------------------------- who
    def _on_duty(self, moment):
        """Return ``{rota id: users}`` in the order in which they are called: one query for all."""
        # sudo: who is on duty is asked by jobs and by colleagues who may not read each shift
        shifts_sudo = (
            self.env["service_desk.oncall.shift"]
            .sudo()
            .search(
                [
                    ("oncall_id", "in", self.ids),
                    ("start_at", "<=", moment),
                    ("end_at", ">", moment),
                ],
                order="rank, is_manual desc, start_at desc, id desc",
            )
        )
        duty, ranks = {}, set()
        for shift in shifts_sudo:
            # a shift that was put in by hand takes the place of the planned one
            place = (shift.oncall_id.id, shift.rank)
            if place not in ranks and shift.user_id.active:
                ranks.add(place)
                known = duty.get(shift.oncall_id.id, self.env["res.users"])
                duty[shift.oncall_id.id] = known | self.env["res.users"].browse(shift.user_id.id)
        return duty

    @api.model
    @tools.ormcache()
    def _kept_rotas(self):
        """Return ``{team id: rota ids}``; kept until a rota changes."""
        rotas = {}
        for rota in self.sudo().search([("team_id.active", "=", True)]):
            rotas.setdefault(rota.team_id.id, []).append(rota.id)
        return rotas

    @api.model
    def _of_team(self, team):
        """Return the team's rota, empty where it has none."""
        return self.sudo().browse(self._kept_rotas().get(team.id, [])[:1])

    def _chain(self, ticket):
        """Return who is called for ``ticket``, in order: on duty by rank, the leads, the managers above.

        Left out is who may not see the ticket.
        """
        self.ensure_one()
        people = self._on_duty(fields.Datetime.now()).get(self.id, self.env["res.users"])
        leads = self.env["res.users"].browse(self.team_id.lead_ids.ids)
        people |= leads
        for user in people:
            people |= user._service_desk_manager()
        return people.filtered(ticket._is_readable_by)

    # ------------------------------------------------------------------ planning
    @api.model_create_multi
    def create(self, vals_list):
        rotas = super().create(vals_list)
        rotas._plan()
        return rotas

    def write(self, vals):
        result = super().write(vals)
        if {"tz", "weeks_ahead", "pattern_ids", "active"} & vals.keys():
            self._plan()
        return result

    def action_plan(self):
        """Plan the shifts of the next weeks anew; those that were changed by hand stay."""
        self.check_access("write")
        self._plan()

    def _plan(self):
        """Bring the planned shifts of the rotas in line with their patterns."""
        shifts_sudo = self.env[
            "service_desk.oncall.shift"
        ].sudo()  # sudo: planning is the desk's own
        for rota in self.sudo():
            shifts_sudo._plan_rota(rota)

    @api.model
    def _cron_plan(self):
        """Plan the weeks that have come into sight."""
        rotas = self.search([("team_id.active", "=", True)])
        self.env["ir.cron"]._commit_progress(remaining=len(rotas))
        for rota in rotas:
            rota._plan()
            if not self.env["ir.cron"]._commit_progress(1):
                return
