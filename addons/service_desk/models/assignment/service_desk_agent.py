from datetime import datetime, timezone

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

LIMIT_UNITS = [("tickets", "Tickets"), ("points", "Points by priority")]


class ServiceDeskAgent(models.Model):
    """What the desk knows of one of its people: how much he takes, what he knows, who stands in for him."""

    _name = "service_desk.agent"
    _description = "Agent"
    _order = "name, id"
    _rec_name = "name"

    user_id = fields.Many2one(
        "res.users",
        "Person",
        required=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    name = fields.Char(related="user_id.name", store=True, precompute=True)
    active = fields.Boolean(related="user_id.active", store=True, precompute=True)
    accepts_work = fields.Boolean(
        "Takes New Tickets",
        default=True,
        help="The agent's own switch. When it is off, nothing new is given to him.",
    )
    work_limit = fields.Integer(
        "Limit of Open Work",
        help="Who has so much gets nothing more by himself. 0: the limit of the team, or none.",
    )
    limit_unit = fields.Selection(LIMIT_UNITS, "Counted in", required=True, default="tickets")
    deputy_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('id', '!=', user_id)]",
        index="btree_not_null",
        help="Stands in while the person is absent.",
    )
    manager_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False), ('id', '!=', user_id)]",
        index="btree_not_null",
        help="Is called in when the person does not react.",
    )
    skill_ids = fields.One2many("service_desk.agent.skill", "agent_id", "Skills")
    last_assigned_at = fields.Datetime(
        "Last Ticket",
        readonly=True,
        copy=False,
        help="When he last got a ticket: whose turn it is next.",
    )

    _user_uniq = models.UniqueIndex("(user_id)", "This person has a profile already.")
    _limit_positive = models.Constraint("CHECK (work_limit >= 0)", "A limit cannot be negative.")

    @api.constrains("user_id", "deputy_id", "manager_id")
    def _check_not_oneself(self):
        for agent in self:
            if agent.user_id in agent.deputy_id | agent.manager_id:
                raise ValidationError(
                    self.env._("Nobody is his own deputy or manager (%(name)s).", name=agent.name)
                )

    @api.constrains("deputy_id", "manager_id")
    def _check_internal(self):
        """Whoever stands in hears of tickets: nobody from outside may be put there."""
        for user_sudo in (self.deputy_id | self.manager_id).sudo():  # sudo: groups of others
            if user_sudo.share:
                raise ValidationError(self.env._("%(name)s is no employee.", name=user_sudo.name))

    def _check_person_stays(self, vals):
        """Refuse to give a profile to somebody else: whoever may edit it was asked for its person."""
        if "user_id" in vals and any(agent.user_id.id != vals["user_id"] for agent in self):
            raise ValidationError(self.env._("A profile stays with its person."))

    @api.model_create_multi
    def create(self, vals_list):
        """Make profiles; one that is there already takes the values: each person has exactly one.

        The desk makes them as people join teams, so whoever imports limits cannot know which are new.
        """
        users = self.env["res.users"].browse(
            {vals["user_id"] for vals in vals_list if isinstance(vals.get("user_id"), int)}
        )
        known = self.with_context(active_test=False).search([("user_id", "in", users.ids)])
        by_user = {agent.user_id.id: agent for agent in known}
        new = super().create([vals for vals in vals_list if vals.get("user_id") not in by_user])
        made, ids = iter(new), []
        for vals in vals_list:
            if agent := by_user.get(vals.get("user_id")):
                agent.write({name: value for name, value in vals.items() if name != "user_id"})
                ids.append(agent.id)
            else:
                ids.append(next(made).id)
        return self.browse(ids)

    @api.model
    def _of_users(self, users):
        """Return the profiles of ``users`` as superuser, made where one is missing.

        sudo: whoever gives out a ticket need not be allowed to read the profiles.
        """
        agents_sudo = self.sudo().with_context(active_test=False)
        found = agents_sudo.search([("user_id", "in", users.ids)])
        missing = users - found.user_id
        if missing:
            # two workers may find the same one missing: the unique index lets one of them win
            self.env.execute_query(
                SQL(
                    "INSERT INTO service_desk_agent (user_id, name, active, accepts_work, work_limit,"
                    " limit_unit, create_uid, create_date, write_uid, write_date)"
                    " SELECT u.id, p.name, u.active, true, 0, 'tickets', 1, %(now)s, 1, %(now)s"
                    " FROM res_users u JOIN res_partner p ON p.id = u.partner_id WHERE u.id IN %(ids)s"
                    " ON CONFLICT DO NOTHING RETURNING id",
                    now=self.env.cr.now(),
                    ids=tuple(missing.ids),
                )
            )
            found = agents_sudo.search([("user_id", "in", users.ids)])
        return found

    @api.model
    def _skill_levels(self, users):
        """Return ``{user id: {skill id: level 1-5}}``; bridges add what other apps know of people."""
        levels = {user_id: {} for user_id in users.ids}
        # sudo: the choice of a person is the desk's, whoever asked for it
        rows_sudo = self.env["service_desk.agent.skill"].sudo()
        for row in rows_sudo.search_fetch(
            [("user_id", "in", users.ids)], ["user_id", "skill_id", "level"]
        ):
            levels[row.user_id.id][row.skill_id.id] = int(row.level)
        return levels

    @api.model
    def _set_turns(self, moments):
        """Note when people got their last ticket, ``{user id: moment}``; who gives at the same time collides.

        Past the ORM: moments with microseconds, and no change of the profile that anybody listens to.
        """
        if not moments:
            return
        # in the order of ids: two who give to the same people wait for each other instead of for ever
        rows = SQL(", ").join(SQL("(%s, %s)", user, moments[user]) for user in sorted(moments))
        self.env.cr.execute(
            SQL(
                "UPDATE service_desk_agent AS agent SET last_assigned_at = GREATEST(last_assigned_at, given.at)"
                " FROM (VALUES %s) AS given(user_id, at) WHERE agent.user_id = given.user_id",
                rows,
            ),
            log_exceptions=False,  # a collision is expected: it is tried again
        )
        self.env["service_desk.agent"].invalidate_model(["last_assigned_at"], flush=False)

    @api.model
    def _touch(self, users):
        """Note that ``users`` have just got a ticket from somebody else than the runner."""
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        self._set_turns(dict.fromkeys(users.ids, now))

    @api.model
    def _ensure_for_teams(self):
        """Make a profile for each member of a team who has none."""
        teams_sudo = self.env["service_desk.team"].sudo().search([("active", "=", True)])
        self._of_users(teams_sudo.member_ids | teams_sudo.lead_ids)
