"""A wave: tickets that are alike and more than usual. It is noticed by itself, and a person decides."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

WAVE_STATES = [
    ("alarm", "To decide"),
    ("confirmed", "Mass incident"),
    ("dismissed", "Not an incident"),
]
ACTIVITY = "service_desk.mail_activity_type_wave"


class ServiceDeskWave(models.Model):
    _name = "service_desk.wave"
    _description = "Wave of Tickets"
    _inherit = ["service_desk.marks.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char("Subject", required=True, help="The subject of a new mass incident.")
    state = fields.Selection(WAVE_STATES, readonly=True, required=True, default="alarm")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, default=lambda s: s.env.company
    )
    words = fields.Char("In Common", readonly=True)
    keys = fields.Json("What Makes Them Alike", readonly=True)
    service_id = fields.Many2one("service_desk.service", readonly=True, ondelete="set null")
    site_id = fields.Many2one("res.partner", readonly=True, ondelete="set null")
    team_ids = fields.Many2many("service_desk.team", string="Teams", readonly=True)
    member_ids = fields.One2many("service_desk.wave.member", "wave_id", "Tickets")
    ticket_count = fields.Integer("Number of Tickets", compute="_compute_counts")
    new_count = fields.Integer("Not Added Yet", compute="_compute_counts")
    first_at = fields.Datetime("First Ticket", readonly=True)
    last_at = fields.Datetime("Last Ticket", readonly=True)
    muted_until = fields.Datetime(readonly=True)
    master_mode = fields.Selection(
        [("new", "A new ticket"), ("oldest", "The oldest of these tickets")],
        "Mass Incident From",
        default="new",
        required=True,
    )
    master_id = fields.Many2one(
        "service_desk.ticket", "Mass Incident", readonly=True, index="btree_not_null"
    )
    user_id = fields.Many2one("res.users", "Decided by", readonly=True, index="btree_not_null")

    _watched_index = models.Index("(company_id, last_at DESC)")

    @api.depends("member_ids.ticket_id.master_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_counts(self):
        """Count the tickets that the user may see."""
        self.update({"ticket_count": 0, "new_count": 0})
        groups = self.env["service_desk.wave.member"]._read_group(
            [("wave_id", "in", self.ids)], ["wave_id", "is_free"], ["__count"]
        )
        for wave, is_free, count in groups:
            wave.ticket_count += count
            wave.new_count += count if is_free else 0

    # ----------------------------------------------------------------- buttons
    def action_confirm(self):
        """Make a mass incident of the chosen tickets, or add them to the one that was made of this wave.

        :raises UserError: when nothing is chosen, or somebody else has decided
        """
        self.ensure_one()
        self.check_access("write")
        if not self.try_lock_for_update() or self.state == "dismissed":
            raise UserError(self.env._("Somebody has decided already that this is no incident."))
        tickets = self._chosen_tickets()
        if not tickets:
            raise UserError(
                self.env._("Choose at least one ticket that is not in a mass incident.")
            )
        master = self.master_id or self._make_master(tickets)
        (tickets - master).write({"master_id": master.id})
        self._decide("confirmed", master_id=master.id)
        return self.action_open_master()

    def _chosen_tickets(self):
        """Return the chosen tickets that are free, as far as the user may see them."""
        chosen = self.env["service_desk.wave.member"].search(
            [("wave_id", "=", self.id), ("is_selected", "=", True), ("is_free", "=", True)]
        )
        return chosen.ticket_id.filtered(lambda t: not t.is_master).sorted("id")

    def _make_master(self, tickets):
        if self.master_mode == "oldest":
            tickets[0].action_make_master()
            return tickets[0]
        return tickets._create_master_ticket(self.name)

    def action_dismiss(self):
        """Say that it is no incident: tickets like these raise no alarm for a while."""
        self.check_access("write")
        for wave in self.filtered(lambda wave: wave.state == "alarm"):
            hours = self.env["service_desk.settings"]._of(wave.company_id).wave_mute_hours
            wave._decide("dismissed", muted_until=fields.Datetime.now() + timedelta(hours=hours))

    def _decide(self, state, **vals):
        self._set_marks(state=state, user_id=self.env.uid, **vals)
        # sudo: the reminders of all who were asked
        self.sudo().activity_unlink([ACTIVITY])

    def action_open_master(self):
        """Open the mass incident that was made of the wave."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "service_desk.ticket",
            "res_id": self.master_id.id,
            "views": [[False, "form"]],
        }

    # ------------------------------------------------------------------- alarm
    def _raise_alarm(self):
        """Ask those who decide: the leads of the teams concerned, else the managers."""
        for wave in self:
            for user in wave._who_decides():
                text = wave.with_context(lang=user.lang).env._(
                    "%(count)s tickets are alike: %(words)s",
                    count=len(wave.member_ids),
                    words=wave.words or wave.name,
                )
                wave.activity_schedule(ACTIVITY, user_id=user.id, summary=text)
                user._bus_send(
                    "simple_notification",
                    {
                        "type": "danger",
                        "sticky": True,
                        "title": wave.with_context(lang=user.lang).env._("A wave of tickets"),
                        "message": text,
                    },
                )

    def _who_decides(self):
        """Return the active people who are asked; managers where the teams have no lead."""
        leads = self.team_ids.lead_ids.filtered(
            lambda u: u.active and self.company_id in u.company_ids
        )
        if leads:
            return leads
        managers = self.env.ref("service_desk.service_desk_group_manager").all_user_ids
        return managers.filtered(
            lambda u: (
                u.active
                and self.company_id in u.company_ids
                and u != self.env.ref("base.user_root")
            )
        )
