"""Who is there to take a ticket: working hours, out of office, leave, and the person's own switch.

A bridge adds its reasons by ``_service_desk_blocks``: spans of time in which a person is not there. When he
will be back follows from all of them together.
"""

from collections import defaultdict
from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain

#: Steps from one obstacle to the next when looking for the moment of return.
MOST_STEPS = 200


class Block(NamedTuple):
    """A span of time in which somebody is not there; ``end`` None: nobody knows until when."""

    reason_code: str
    start: object
    end: object = None

    def covers(self, moment):
        return self.start <= moment and (self.end is None or moment < self.end)


class Absence(NamedTuple):
    """Why somebody is not there, and the moment (naive UTC) at which he is back; None when nobody knows.

    ``off`` his own switch, ``out_of_office``, ``leave``, ``hours`` outside his working hours, ``gone`` archived.
    """

    reason_code: str
    until: object = None


class ResUsers(models.Model):
    _inherit = "res.users"

    def _service_desk_absences(self, at=None, team=None):
        """Return ``{user id: Absence}`` for those of ``self`` who are not there; the others are.

        :param at: moment, naive UTC; now by default
        :param team: whose working hours count for people without hours of their own
        """
        at = at or fields.Datetime.now()
        blocks = self._service_desk_blocks(at)
        hours = self._service_desk_hours(team)
        absences = {}
        for user in self:
            absence = _absence(at, blocks.get(user.id, ()), hours[user.id])
            if absence:
                absences[user.id] = absence
        return absences

    def _service_desk_blocks(self, at):
        """Return ``{user id: [Block, …]}``: what keeps people of ``self`` away at ``at`` or later.

        The first that covers a moment gives the reason. Bridges extend the lists.
        """
        users_sudo = (
            self.sudo()
        )  # sudo: the switch and the leaves of others tell here only that they are away
        blocks = defaultdict(list)
        for user in users_sudo:
            if not user.active:
                blocks[user.id].append(Block("gone", at))
            if user.out_of_office_from and (
                not user.out_of_office_to or user.out_of_office_to > at
            ):
                blocks[user.id].append(
                    Block("out_of_office", user.out_of_office_from, user.out_of_office_to or None)
                )
        off_sudo = self.env["service_desk.agent"].sudo().with_context(active_test=False)
        for agent in off_sudo.search([("user_id", "in", self.ids), ("accepts_work", "=", False)]):
            blocks[agent.user_id.id].append(Block("off", at))
        for user_id, spans in self._service_desk_leaves_sudo(at).items():
            blocks[user_id] += spans
        return blocks

    def _service_desk_leaves_sudo(self, at):
        """Return ``{user id: [Block, …]}`` of the leaves of each person's own resource that end after ``at``."""
        leaves_sudo = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search_fetch(
                self._service_desk_leaves_domain(at),
                ["resource_id", "date_from", "date_to"],
                order="date_from",
            )
        )
        spans = defaultdict(list)
        for leave in leaves_sudo:
            spans[leave.resource_id.user_id.id].append(
                Block("leave", leave.date_from, leave.date_to)
            )
        return spans

    def _service_desk_leaves_domain(self, at):
        """Return which leaves of resources count; a bridge that knows where they come from narrows it."""
        return (
            Domain("resource_id.user_id", "in", self.ids)
            & Domain("time_type", "=", "leave")
            & Domain("date_to", ">", at)
        )

    def _service_desk_hours(self, team=None):
        """Return ``{user id: working hours}``: the person's own in his time zone, else the team's, else always."""
        working_time = self.env["service_desk.working.time"]
        of_team = working_time._of_team(team or self.env["service_desk.team"])
        resources_sudo = self.env["resource.resource"].sudo()
        found = resources_sudo.search([("user_id", "in", self.ids)], order="id")
        by_user = found.grouped("user_id")
        hours = {}
        for user in self:
            own = by_user.get(user, resources_sudo)
            if team:
                own = own.filtered(lambda r: r.company_id == team.company_id) or own
            resource = own[:1]
            hours[user.id] = (
                working_time._of(resource.calendar_id, resource.company_id, tz=resource.tz)
                if resource
                else of_team
            )
        return hours


def _absence(at, blocks, hours):
    """Return the absence that holds at ``at``, or None."""
    covering = next((block for block in blocks if block.covers(at)), None)
    if not covering and hours.is_working(at):
        return None
    return Absence(covering.reason_code if covering else "hours", _back_at(at, blocks, hours))


def _back_at(moment, blocks, hours):
    """Return the first moment from ``moment`` on that is working time and in no block; None when unknown."""
    for _step in range(MOST_STEPS):
        moment = hours.next_working(moment)
        if moment is None:
            return None
        covering = next((block for block in blocks if block.covers(moment)), None)
        if not covering:
            return moment
        if covering.end is None:
            return None
        moment = covering.end
    return None
