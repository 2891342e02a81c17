import ast

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

COUNT_FIELDS = (
    "open_count",
    "unassigned_count",
    "needs_reply_count",
    "waiting_count",
    "urgent_count",
    "mine_count",
)
LIST_POLICIES = [("file", "File without a ticket"), ("ticket", "Make a ticket")]


class ServiceDeskTeam(models.Model):
    _name = "service_desk.team"
    _description = "Service Desk Team"
    _inherit = ["service_desk.kept.mixin", "service_desk.latin.alias.mixin", "mail.thread"]
    _order = "sequence, name, id"
    _check_company_auto = True
    #: What decides who may see the tickets of which team (record rules keep it), which team is whose first,
    #: and what routing rules keep of a team.
    _kept_fields = {
        "member_ids", "lead_ids", "is_private", "active", "company_id", "sequence", "name", "calendar_id",
    }  # fmt: skip

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    description = fields.Text(translate=True)
    member_ids = fields.Many2many(
        "res.users",
        "service_desk_team_member_rel",
        "team_id",
        "user_id",
        string="Members",
        domain="[('share', '=', False)]",
        tracking=True,
    )
    lead_ids = fields.Many2many(
        "res.users",
        "service_desk_team_lead_rel",
        "team_id",
        "user_id",
        string="Leads",
        domain="[('share', '=', False)]",
        tracking=True,
    )
    is_private = fields.Boolean(
        "Private",
        tracking=True,
        help="Tickets of a private team are seen by its members, its leads and the managers only.",
    )
    calendar_id = fields.Many2one("resource.calendar", "Working Hours", check_company=True)
    default_type_id = fields.Many2one(
        "service_desk.ticket.type",
        default=lambda self: self.env["service_desk.ticket.type"].search([], limit=1),
        help="The type of a ticket of which nothing better is known.",
    )
    address_ids = fields.One2many("service_desk.team.address", "team_id", "Extra Addresses")
    create_contacts = fields.Boolean(
        "Make Contacts of Unknown Senders",
        default=True,
        help="Else an unknown sender stays an address on the ticket; he is answered all the same.",
    )
    list_policy = fields.Selection(
        LIST_POLICIES, "Mail of Mailing Lists", default="file", required=True
    )
    allowed_machine_senders = fields.Text(
        help="Addresses or @domains, one a line: monitoring and devices whose automatic mail becomes tickets"
        " and is not counted by the flood guard."
    )
    acknowledge = fields.Boolean(
        "Acknowledge New Tickets",
        default=True,
        help="The requester gets the number by mail at once.",
    )
    reopen_days = fields.Integer(
        "Re-open Within (days)",
        default=14,
        help="A reply to a closed ticket re-opens it within so many days of closing; later it opens a follow-up.",
    )
    auto_close_days = fields.Integer(
        "Close After (days)",
        default=7,
        help="Solved tickets close by themselves after so many days. 0: never.",
    )

    open_count = fields.Integer("Open", compute="_compute_counts")
    unassigned_count = fields.Integer("Unassigned", compute="_compute_counts")
    needs_reply_count = fields.Integer("Needs Reply", compute="_compute_counts")
    waiting_count = fields.Integer("Waiting", compute="_compute_counts")
    urgent_count = fields.Integer("High and Critical", compute="_compute_counts")
    mine_count = fields.Integer("Mine", compute="_compute_counts")
    held_mail_count = fields.Integer("Held Mail", compute="_compute_held_mail_count")

    _days_positive = models.Constraint(
        "CHECK (reopen_days >= 0 AND auto_close_days >= 0)", "A number of days cannot be negative."
    )

    # ------------------------------------------------------------------ counts
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_counts(self):
        """Counts of open tickets from two grouped queries over the partial index of open work."""
        self.update(dict.fromkeys(COUNT_FIELDS, 0))
        domain = [("is_open", "=", True), ("team_id", "in", self.ids)]
        tickets = self.env["service_desk.ticket"]
        by_kind = tickets._read_group(
            domain, ["team_id", "state", "priority", "needs_reply"], ["__count"]
        )
        for team, state, priority, needs_reply, count in by_kind:
            team.open_count += count
            team.waiting_count += count * (state == "waiting")
            team.urgent_count += count * (priority in ("2", "3"))
            team.needs_reply_count += count * bool(needs_reply)
        by_user = tickets._read_group(
            [*domain, ("user_id", "in", [False, self.env.uid])], ["team_id", "user_id"], ["__count"]
        )
        for team, user, count in by_user:
            team["mine_count" if user else "unassigned_count"] += count

    def _compute_held_mail_count(self):
        self.held_mail_count = 0  # the ledger of incoming mail fills it

    @api.model
    def _default_for(self, user):
        """Return the team of a new ticket that ``user`` opens: his own first, else the company's first."""
        return self.browse(self._default_id_for(user.id, self.env.company.id, self.env.su))

    @api.model
    @tools.ormcache("user_id", "company_id", "su")
    def _default_id_for(self, user_id, company_id, su):
        """Kept until a team changes: every new ticket and every empty form asks."""
        teams = self.search([("company_id", "=", company_id)])
        own = teams.filtered(lambda team: user_id in team.member_ids.ids)
        return (own or teams)[:1].id

    # -------------------------------------------------------------------- mail
    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("service_desk.ticket")
        if self.id:
            values["alias_defaults"] = defaults = ast.literal_eval(self.alias_defaults or "{}")
            defaults["team_id"] = self.id
        return values

    def _mail_addresses(self):
        """Return every address of the teams, normalised."""
        # sudo: aliases belong to the system
        aliases_sudo = (self.alias_id | self.address_ids.alias_id).sudo()
        return {name.lower() for name in aliases_sudo.mapped("alias_full_name") if name}

    # ------------------------------------------------------------------- CRUD
    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_tickets(self):
        tickets_sudo = self.env["service_desk.ticket"].sudo().with_context(active_test=False)
        if tickets_sudo.search_count([("team_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("This team has tickets. Archive it instead, so that its history stays.")
            )

    # ---------------------------------------------------------------- actions
    def _action_tickets(self, name, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "service_desk.service_desk_ticket_action"
        )
        action["display_name"] = name
        action["context"] = {
            "search_default_team_id": self.ids,
            "default_team_id": self[:1].id,
            **context,
        }
        return action

    def action_open_tickets(self):
        """Open the team's open tickets."""
        return self._action_tickets(self.name, {"search_default_open": 1})

    def action_open_unassigned(self):
        """Open the team's tickets that nobody has taken."""
        return self._action_tickets(
            self.name, {"search_default_open": 1, "search_default_unassigned": 1}
        )

    def action_open_needs_reply(self):
        """Open the team's tickets whose requester waits for an answer."""
        return self._action_tickets(
            self.name, {"search_default_open": 1, "search_default_needs_reply": 1}
        )

    def action_open_urgent(self):
        """Open the team's tickets of high and critical priority."""
        return self._action_tickets(
            self.name, {"search_default_open": 1, "search_default_urgent": 1}
        )

    def action_open_waiting(self):
        """Open the team's waiting tickets."""
        return self._action_tickets(
            self.name, {"search_default_open": 1, "search_default_waiting": 1}
        )

    def action_open_mine(self):
        """Open the user's own tickets of the team."""
        return self._action_tickets(self.name, {"search_default_open": 1, "search_default_mine": 1})
