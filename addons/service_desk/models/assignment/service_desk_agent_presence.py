"""What the list of people shows: who is in, until when the others are out, and how much each has to do."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_datetime


class ServiceDeskAgent(models.Model):
    _inherit = "service_desk.agent"

    team_ids = fields.Many2many(
        "service_desk.team", string="Teams", compute="_compute_team_ids", search="_search_team_ids"
    )
    avatar_128 = fields.Image(related="user_id.avatar_128")
    skill_tag_ids = fields.Many2many(
        "service_desk.skill",
        string="Knows",
        compute="_compute_skill_tag_ids",
        search="_search_skill_tag_ids",
    )
    is_in = fields.Boolean("In", compute="_compute_presence", search="_search_is_in")
    presence_text = fields.Char("Presence", compute="_compute_presence")
    is_own = fields.Boolean(compute="_compute_is_own")
    may_edit = fields.Boolean(compute="_compute_is_own")
    open_count = fields.Integer("Open", compute="_compute_load")
    open_points = fields.Integer("Points", compute="_compute_load")
    limit_text = fields.Char("Limit", compute="_compute_load")
    load_percent = fields.Integer("Load", compute="_compute_load")
    has_limit = fields.Boolean(compute="_compute_load")

    # ------------------------------------------------------------------- teams
    @api.depends("user_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_team_ids(self):
        """Fill the teams that the reader sees: others are none of his business."""
        teams = self.env["service_desk.team"].search([("member_ids", "in", self.user_id.ids)])
        for agent in self:
            agent.team_ids = teams.filtered(
                lambda team, user=agent.user_id: user in team.member_ids
            )

    def _search_team_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        teams = self.env["service_desk.team"].search([("id", "in", list(value))])
        return [("user_id", "in", teams.member_ids.ids)]

    # ------------------------------------------------------------------ skills
    @api.depends("skill_ids.skill_id")
    def _compute_skill_tag_ids(self):
        for agent in self:
            agent.skill_tag_ids = agent.skill_ids.skill_id

    def _search_skill_tag_ids(self, operator, value):
        return [("skill_ids.skill_id", operator, value)]

    # ---------------------------------------------------------------- presence
    @api.depends("user_id", "accepts_work")
    @api.depends_context("lang", "tz", "uid")
    def _compute_presence(self):
        absences = self._absences()
        for agent in self:
            absence = absences.get(agent.user_id.id)
            agent.is_in = not absence
            agent.presence_text = agent._tell_absence(absence) if absence else self.env._("In")

    def _absences(self):
        """Return the absences of the people, each by the hours of a team of his where he has none of his own."""
        absences = {}
        for team, agents in self.grouped(lambda agent: agent.team_ids[:1]).items():
            absences |= agents.user_id._service_desk_absences(team=team or None)
        return absences

    def _tell_absence(self, absence):
        """Return since when and until when somebody is not there; never why he is on leave."""
        if absence.reason_code == "off":
            return self.env._("Takes no new tickets")
        until = absence.until and format_datetime(self.env, absence.until, dt_format="d MMM HH:mm")
        if absence.reason_code == "hours":
            return (
                self.env._("Works from %(moment)s", moment=until)
                if until
                else self.env._("Off duty")
            )
        return (
            self.env._("Absent until %(moment)s", moment=until) if until else self.env._("Absent")
        )

    def _search_is_in(self, operator, value):
        if operator != "in":
            return NotImplemented
        agents = self.search([("user_id", "!=", False)])
        absent = agents._absences()
        found = agents.filtered(lambda agent: (agent.user_id.id not in absent) in value)
        return [("id", "in", found.ids)]

    # -------------------------------------------------------------------- load
    @api.depends("user_id", "work_limit", "limit_unit")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_load(self):
        """Count the open work that the reader sees: the whole of it would tell of hidden tickets."""
        weights = self.env["service_desk.settings"]._of(self.env.company)._load_weights()
        counts = {user_id: [0, 0] for user_id in self.user_id.ids}
        for user, priority, count in self.env["service_desk.ticket"]._read_group(
            [("is_open", "=", True), ("user_id", "in", self.user_id.ids)],
            ["user_id", "priority"],
            ["__count"],
        ):
            counts[user.id][0] += count
            counts[user.id][1] += count * weights[priority]
        units = dict(self._fields["limit_unit"]._description_selection(self.env))
        for agent in self:
            agent.open_count, agent.open_points = counts.get(agent.user_id.id, (0, 0))
            limit, unit = agent._shown_limit()
            load = agent.open_points if unit == "points" else agent.open_count
            agent.has_limit = bool(limit)
            agent.limit_text = f"{load} / {limit} ({units[unit].lower()})" if limit else ""
            agent.load_percent = min(100, round(100 * load / limit)) if limit else 0

    def _shown_limit(self):
        """Return ``(limit, unit)``: the person's own, else the least of his teams."""
        if self.work_limit:
            return self.work_limit, self.limit_unit
        limits = [team.member_limit for team in self.team_ids if team.member_limit]
        return min(limits, default=0), "tickets"

    # ------------------------------------------------------------------- switch
    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_own(self):
        editable = self._filtered_access("write")
        for agent in self:
            agent.is_own = agent.user_id == self.env.user
            agent.may_edit = agent in editable

    def action_switch_work(self):
        """Switch on or off whether new tickets are given to the person: his own switch, or his lead's.

        :raises AccessError: for the switch of somebody else
        """
        self.ensure_one()
        if self.user_id != self.env.user:
            self.check_access("write")
        self.check_access("read")
        self._switch(not self.accepts_work)
        return True

    def _switch(self, accepts):
        # sudo: of his own profile an agent writes the switch, and nothing else
        self.sudo().accepts_work = accepts

    @api.model
    def switch_own_work(self, accepts=None):
        """Set the user's own switch, or only read it; returns what it is now.

        :param accepts: whether new tickets may be given to him; None reads
        :raises AccessError: for somebody who is no agent
        """
        self.check_access("read")
        if not self.env.user._is_service_desk_staff():
            raise AccessError(self.env._("Only agents of the service desk take tickets."))
        agent_sudo = self._of_users(self.env.user)
        if accepts is not None:
            agent_sudo.accepts_work = bool(accepts)
        return agent_sudo.accepts_work

    def action_open_tickets(self):
        """Open the person's open tickets."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_ticket_action"
        )
        action["display_name"] = self.env._("Open tickets of %(name)s", name=self.name)
        action["domain"] = [("user_id", "=", self.user_id.id)]
        return action

    def action_open_hand_over(self):
        """Ask to whom the open work of the person goes."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand over the work of %(name)s", name=self.name),
            "res_model": "service_desk.agent.hand.over",
            "view_mode": "form",
            "target": "new",
            "context": {"default_agent_id": self.id},
        }
