"""The pull queue: "next ticket" gives the best one that waits, and no two agents the same."""

from datetime import datetime

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

#: So many of the most urgent are looked at: others may be faster, or they may need other skills.
MOST_LOOKED_AT = 100


class NothingToTake(UserError):
    """Why the user gets no ticket; a word for him, no mistake of his."""


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.model
    def action_pull_next(self):
        """Take the best ticket that waits in the user's teams, and open it.

        First the priority, then the promise, then whose requester he knows, then the age. Tickets that need
        skills he lacks are left to others; his limit holds. When there is none, a word says why.

        :raises AccessError: for somebody who is no agent
        """
        self.check_access("write")
        try:
            ticket = self._take_best(self._pullable())
        except NothingToTake as reason:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {"message": str(reason), "type": "info"},
            }
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": ticket.id,
            "views": [(False, "form")],
            "target": "current",
        }

    @api.model
    def _pull_teams_sudo(self):
        """Return the teams whose tickets the user takes; sudo: who is a member is no secret to himself."""
        teams_sudo = self.env["service_desk.team"].sudo()
        return teams_sudo.search(
            Domain("company_id", "in", self.env.companies.ids)
            & (Domain("member_ids", "in", self.env.uid) | Domain("lead_ids", "in", self.env.uid))
        )

    @api.model
    def _pullable(self):
        """Return the tickets that the user may take now, the best first.

        :raises NothingToTake: when there is none, with the reason
        """
        teams_sudo = self._pull_teams_sudo()
        if not teams_sudo:
            raise NothingToTake(self.env._("You belong to no team of the service desk."))
        waiting = self.search(
            [
                ("team_id", "in", teams_sudo.ids),
                ("is_open", "=", True),
                ("state", "in", ("new", "open")),
                ("user_id", "=", False),
            ],
            order="priority desc, next_update_at, id",
            limit=MOST_LOOKED_AT,
        )
        if not waiting:
            raise NothingToTake(
                self.env._("No ticket of your teams waits for somebody. Well done!")
            )
        able = waiting._filtered_able(teams_sudo)
        return able.sorted(able._pull_order(teams_sudo))

    def _filtered_able(self, teams_sudo):
        """Return the tickets whose skills the user has and that his limit leaves room for.

        :raises NothingToTake: when none is left
        """
        assignment = self.env["service_desk.assignment"]
        # one look at the user; the limit of a team differs only where he has none of his own
        mine = {
            team: assignment._candidates(team, self.env.user)[:1]
            for team in teams_sudo & self.team_id.sudo()
        }
        needs = self._needed_skills()
        settings = self.env["service_desk.settings"]
        known = roomy = self.browse()
        for ticket in self:
            team = ticket.team_id.sudo()
            for me in mine[team]:
                if me.knows(needs[ticket.id]):
                    known |= ticket
                    weights = settings._of(team.company_id)._load_weights()
                    roomy |= ticket if me.has_room(weights[ticket.priority]) else self.browse()
        if not known:
            raise NothingToTake(
                self.env._(
                    "%(count)s tickets wait, but they need skills that you lack.", count=len(self)
                )
            )
        if not roomy:
            raise NothingToTake(
                self.env._(
                    "You have reached your limit of open work. Solve something first, or ask your lead."
                )
            )
        return roomy

    def _pull_order(self, teams_sudo):
        """Return the sort key: priority, promise, whether the user knows the requester, age."""
        ranks = {}
        for team, tickets in self.grouped("team_id").items():
            known = tickets._who_knows_requester(team)
            for ticket in tickets:
                whom = known[ticket.id].get(self.env.uid)
                ranks[ticket.id] = ("requester", "firm", None).index(whom)

        def key(ticket):
            promise = ticket.next_update_at or datetime.max
            return -int(ticket.priority), promise, ranks[ticket.id], ticket.id

        return key

    def _take_best(self, tickets):
        """Give the user the first of ``tickets`` that nobody else is taking at this very moment.

        :raises NothingToTake: when others were quicker each time
        """
        collision = None
        for ticket in tickets:
            try:
                with self.env.cr.savepoint(flush=False):
                    taken = ticket._lock_if_free()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as error:
                collision = error  # somebody took it after we looked: the next one
                continue
            if taken:
                ticket._pulled(len(tickets))
                return ticket
        if collision:
            raise collision  # all that we saw is gone: Odoo looks again with fresh eyes
        raise NothingToTake(self.env._("Others were quicker just now. Try again."))

    def _lock_if_free(self):
        """Lock the ticket if nobody has it or is just taking it; a collision is expected and not logged."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM service_desk_ticket WHERE id = %s AND user_id IS NULL"
                " FOR NO KEY UPDATE SKIP LOCKED",
                self.id,
            ),
            log_exceptions=False,
        )
        return self.env.cr.fetchone()

    def _pulled(self, count):
        self.action_assign_to_me()
        self._explain(
            "assignment",
            {
                "event": "pulled",
                "user_id": self.env.uid,
                "user": self.env.user.name,
                "waiting": count,
            },
        )


class ServiceDeskTeam(models.Model):
    _inherit = "service_desk.team"

    @api.model
    def action_pull_next(self):
        """Take the best ticket that waits in the user's teams: the button of the overview."""
        return self.env["service_desk.ticket"].action_pull_next()
