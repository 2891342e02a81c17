from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

#: Teams with one of these have no queue that empties itself.
BY_HAND = ("manual", "pull")
#: What changes who can get a ticket, or whether anybody gets it by himself.
METHOD_FIELDS = {"assign_method", "active", "company_id"}
CHOICE_FIELDS = {"member_ids", "calendar_id", "member_limit", "prefer_known", *METHOD_FIELDS}


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    assign_method = fields.Selection(
        [
            ("manual", "By hand"),
            ("pull", "Next ticket: everybody takes the best one"),
            ("round_robin", "In turn"),
            ("balanced", "Who has the least open work"),
            ("skill", "Who knows best, then who has least"),
        ],
        "Assignment",
        required=True,
        default="manual",
        tracking=True,
        help="How a ticket finds its person. Only members who are in, know how and are below their limit get one.",
    )
    member_limit = fields.Integer(
        "Limit for Each Member",
        help="Who has so many open tickets gets no more by himself, unless his own profile says otherwise."
        " 0: no limit.",
    )
    prefer_known = fields.Boolean(
        "First Whoever Knows the Requester",
        help="Who last answered or solved for the same person, else for the same firm, comes before the others.",
    )
    known_days = fields.Integer(
        "Looking Back (days)", default=90, help="Help given longer ago does not count."
    )

    _assign_not_negative = models.Constraint(
        "CHECK (member_limit >= 0 AND known_days >= 0)", "A limit cannot be negative."
    )

    @api.constrains("known_days")
    def _check_known_days(self):
        if any(team.known_days > 3650 for team in self):
            raise ValidationError(self.env._("Looking back ends at ten years."))

    @api.model
    @tools.ormcache()
    def _ids_assigning_by_themselves(self):
        """Return the ids of the teams whose method gives tickets out; kept until one changes."""
        # sudo: asked for by every channel that makes tickets
        return frozenset(self.sudo().search([("assign_method", "not in", BY_HAND)]).ids)

    def _assigns_by_itself(self):
        """Tell whether the team's method gives its tickets to people."""
        self.ensure_one()
        return self.id in self._ids_assigning_by_themselves()

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        teams._make_profiles()
        return teams

    def write(self, vals):
        if METHOD_FIELDS & vals.keys():
            self.env.registry.clear_cache()
        result = super().write(vals)
        if METHOD_FIELDS & vals.keys():
            self._queue_open_tickets()
        if {"member_ids", "lead_ids"} & vals.keys():
            self._make_profiles()
        if CHOICE_FIELDS & vals.keys():
            self.env["service_desk.assignment"]._wake()
        return result

    def _make_profiles(self):
        teams_sudo = self.sudo()  # sudo: a profile follows from being in a team
        self.env["service_desk.agent"]._of_users(teams_sudo.member_ids | teams_sudo.lead_ids)

    def _queue_open_tickets(self):
        """Put what nobody has into the queue of its team, or out of it, as the method now says."""
        # sudo: whoever configures the team need not see each ticket
        tickets_sudo = self.env["service_desk.ticket"].sudo()
        unassigned = tickets_sudo.search(
            [("team_id", "in", self.ids), ("is_open", "=", True), ("user_id", "=", False)]
        )
        unassigned._sync_queue()
