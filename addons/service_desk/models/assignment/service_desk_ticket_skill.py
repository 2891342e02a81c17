"""What a ticket demands of people: skills, and that somebody knows its requester."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: So many of the newest tickets of a person or a firm tell who knows them.
MOST_TICKETS = 50


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    needed_skill_ids = fields.Many2many(
        "service_desk.skill",
        string="Needed Skills",
        compute="_compute_needed_skill_ids",
        help="Follows from its service, type and tags.",
    )

    @api.depends("service_id", "type_id", "tag_ids")
    def _compute_needed_skill_ids(self):
        needs = self._needed_skills()
        for ticket in self:
            ticket.needed_skill_ids = sorted(needs[ticket.id])

    def _needed_skills(self):
        """Return ``{ticket id: {skill id: least level}}``; without any demand configured it asks nothing."""
        demands = self.env["service_desk.skill.demand"]._kept_demands()
        needs = {ticket.id: {} for ticket in self}
        if not demands:
            return needs
        for ticket in self:
            facts = ticket._skill_facts()
            needed = needs[ticket.id]
            for services, types, tags, skill_id, level in demands:
                if (
                    facts["service"].issuperset(services)
                    and facts["type"].issuperset(types)
                    and facts["tag"].issuperset(tags)
                ):
                    needed[skill_id] = max(level, needed.get(skill_id, 0))
        return needs

    def _skill_facts(self):
        # sudo: a service above the ticket's may be one that the reader does not see
        path = self.service_id.sudo().parent_path or ""
        return {
            "service": {int(part) for part in path.split("/") if part},
            "type": set(self.type_id.ids),
            "tag": set(self.tag_ids.ids),
        }

    # ---------------------------------------------------------------- affinity
    def _who_knows_requester(self, team):
        """Return ``{ticket id: {user id: "requester" or "firm"}}``: who lately answered or solved for them.

        Tickets of private teams and confidential ones do not count: the choice would tell of them.
        """
        team_sudo = team.sudo()
        if not team_sudo.prefer_known:
            return defaultdict(dict)
        since = fields.Datetime.now() - timedelta(days=team_sudo.known_days)
        people = self._last_helpers("partner_id", self.partner_id.ids, team_sudo, since)
        firms = self._last_helpers(
            "commercial_partner_id", self.commercial_partner_id.ids, team_sudo, since
        )
        known = {}
        for ticket in self:
            of_firm = dict.fromkeys(firms.get(ticket.commercial_partner_id.id, ()), "firm")
            person = people.get(ticket.partner_id.id, ())
            known[ticket.id] = of_firm | dict.fromkeys(person[:1], "requester")
        return known

    @api.model
    def _last_helpers(self, column, partner_ids, team_sudo, since):
        """Return ``{partner id: [user id, …]}``, the latest first, of tickets whose ``column`` is the partner."""
        if not partner_ids:
            return {}
        self.env["service_desk.ticket"].flush_model()
        hidden = (
            self.env["service_desk.team"]
            .sudo()
            .with_context(active_test=False)
            .search([("is_private", "=", True), ("id", "!=", team_sudo.id)])
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner.id, helped.user_id
                  FROM unnest(%(partners)s) AS partner(id)
                 CROSS JOIN LATERAL (
                    SELECT user_id, is_confidential, team_id, company_id,
                           GREATEST(solved_at, last_agent_message_at) AS moment
                      FROM service_desk_ticket
                     WHERE %(column)s = partner.id
                     ORDER BY id DESC
                     LIMIT %(limit)s
                 ) AS helped
                 WHERE helped.user_id IS NOT NULL
                   AND helped.moment >= %(since)s
                   AND helped.company_id = %(company)s
                   AND helped.is_confidential IS NOT TRUE
                   AND NOT helped.team_id = ANY(%(hidden)s)
                 ORDER BY partner.id, helped.moment DESC, helped.user_id
                """,
                partners=list(partner_ids),
                column=SQL.identifier(column),
                limit=MOST_TICKETS,
                since=since,
                company=team_sudo.company_id.id,
                hidden=hidden.ids,
            )
        )
        helpers = defaultdict(list)
        for partner_id, user_id in rows:
            if user_id not in helpers[partner_id]:
                helpers[partner_id].append(user_id)
        return helpers
