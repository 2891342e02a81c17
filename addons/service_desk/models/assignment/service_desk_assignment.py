"""How a team's method chooses: who can, who is there, who has room, and among those the best."""

from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models

from .candidate import NEVER, Candidate, Turns


class Verdict(NamedTuple):
    """What a method says of one ticket: a person, or why there is none."""

    candidate: object = None
    code: str = ""
    until: datetime | None = None
    known: str = ""


class ServiceDeskAssignment(models.AbstractModel):
    """Chooses people for tickets. It writes nothing: who runs it does.

    A method of teams is a key ``_key_<method>(candidate, needed)``: the candidate with the least key gets the
    ticket, and among equals the one who waits longest for his turn. Add-ons add a method by ``selection_add``
    on the team's ``assign_method`` and its key here.
    """

    _name = "service_desk.assignment"
    _description = "Choice of a Person"

    # ----------------------------------------------------------------- methods
    def _key_round_robin(self, candidate, needed):
        return ()

    def _key_balanced(self, candidate, needed):
        return candidate.points, candidate.tickets

    def _key_skill(self, candidate, needed):
        return -candidate.mastery(needed), candidate.points, candidate.tickets

    # -------------------------------------------------------------- candidates
    @api.model
    def _candidates(self, team, users=None):
        """Return the members of ``team`` who may work on its tickets, with their presence, load and skills.

        A fixed number of queries, however many they are.

        :param users: look at these instead of the members
        """
        team_sudo = team.sudo()  # sudo: the desk chooses, whoever opened the ticket
        staff = self.env.ref("service_desk.service_desk_group_agent").sudo().all_user_ids
        users = (team_sudo.member_ids if users is None else users.sudo()) & staff
        users = users.filtered(lambda u: u.active and team_sudo.company_id in u.company_ids)
        users = users.sorted("id")
        profiles = {
            agent.user_id.id: agent for agent in self.env["service_desk.agent"]._of_users(users)
        }
        absences = users._service_desk_absences(team=team_sudo)
        loads = self._loads(users, team_sudo.company_id)
        skills = self.env["service_desk.agent"]._skill_levels(users)
        candidates = []
        for user in users:
            profile, (tickets, points) = profiles[user.id], loads[user.id]
            candidates.append(
                Candidate(
                    user.id,
                    user.name,
                    profile.work_limit or team_sudo.member_limit,
                    profile.limit_unit if profile.work_limit else "tickets",
                    tickets,
                    points,
                    profile.last_assigned_at or NEVER,
                    absences.get(user.id),
                    skills[user.id],
                )
            )
        return candidates

    @api.model
    def _loads(self, users, company):
        """Return ``{user id: (open tickets, points)}``: one query over the index of open work.

        :param company: whose weights of priorities and of waiting tickets count
        """
        settings = self.env["service_desk.settings"]._of(company)
        weights, share = settings._load_weights(), settings.load_waiting_percent / 100
        loads = {user_id: [0, 0] for user_id in users.ids}
        # sudo: his work in teams and companies that the reader does not see weighs as much
        for user, priority, state, count in (
            self.env["service_desk.ticket"]
            .sudo()
            ._read_group(
                [("is_open", "=", True), ("user_id", "in", users.ids)],
                ["user_id", "priority", "state"],
                ["__count"],
            )
        ):
            counted = count * share if state == "waiting" else count
            loads[user.id][0] += counted
            loads[user.id][1] += counted * weights[priority]
        return loads

    # ------------------------------------------------------------------ choice
    @api.model
    def _plan(self, team, tickets, candidates):
        """Return ``{ticket: Verdict}`` in the order of ``tickets``; the candidates' loads grow on the way."""
        key = getattr(self, f"_key_{team.sudo().assign_method}", self._key_balanced)
        weights = self.env["service_desk.settings"]._of(team.sudo().company_id)._load_weights()
        needs = tickets._needed_skills()
        known = tickets._who_knows_requester(team)
        turns = Turns(fields.Datetime.now(), candidates)
        verdicts = {}
        for ticket in tickets:
            verdict = self._choose(
                ticket,
                candidates,
                needs[ticket.id],
                weights[ticket.priority],
                known[ticket.id],
                key,
            )
            if verdict.candidate:
                verdict.candidate.take(weights[ticket.priority], turns.next())
            verdicts[ticket] = verdict
        return verdicts

    def _choose(self, ticket, candidates, needed, weight, known, key):
        """Return the verdict on one ticket.

        :param dict known: ``{user id: "requester" or "firm"}`` of those who helped this requester before
        """
        if ticket.is_confidential:
            return Verdict(code="confidential")
        if not candidates:
            return Verdict(code="no_member")
        able = (
            [candidate for candidate in candidates if candidate.knows(needed)]
            if needed
            else candidates
        )
        if not able:
            return Verdict(code="unskilled")
        excluded = ticket._excluded_user_ids()
        if excluded:  # he who gave it back gets it again only where there is nobody else at all
            able = [candidate for candidate in able if candidate.user_id not in excluded] or able
        present = [candidate for candidate in able if not candidate.absence]
        if not present:
            returns = [c.absence.until for c in able if c.absence.until]
            return Verdict(code="absent", until=min(returns, default=None))
        free = [candidate for candidate in present if candidate.has_room(weight)]
        if not free:
            return Verdict(code="full")
        for whom in ("requester", "firm"):
            knowing = [candidate for candidate in free if known.get(candidate.user_id) == whom]
            if knowing:
                free = knowing
                break
        else:
            whom = ""
        best = min(free, key=lambda candidate: (key(candidate, needed), candidate.turn()))
        return Verdict(best, known=whom)
