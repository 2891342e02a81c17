"""Which tickets may be merged, said in sentences that tell nothing of tickets one may not see."""

from odoo import models
from odoo.exceptions import UserError

from ..service_desk_stage import DONE_STATES
from .service_desk_ticket_audience import NOBODY

#: More at once is no merge but a mistake of selection; a mass incident has a master ticket instead.
MAX_MERGED = 200


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _check_may_merge_into(self, survivor):
        """Refuse to merge the tickets of ``self`` into ``survivor``.

        :raises AccessError: when the user may not write all of them
        :raises UserError: with the first reason why they may not be put together
        """
        if not self:
            raise UserError(self.env._("Choose at least two tickets to merge."))
        (self | survivor).check_access("write")
        if len(self) > MAX_MERGED:
            raise UserError(
                self.env._(
                    "At most %(count)s tickets can be merged at once. For a mass incident, put them under"
                    " a master ticket.",
                    count=MAX_MERGED,
                )
            )
        obstacles = self._merge_obstacles(survivor)
        if obstacles:
            raise UserError(obstacles[0][1])

    def _merge_obstacles(self, survivor):
        """Return ``(code, sentence)`` for each reason why ``self`` may not be merged into ``survivor``.

        Codes: merged, master, companies, audience, nobody, customers, done.
        """
        obstacles = []
        if survivor.merged_into_id:
            obstacles.append(("merged", self._text_merged_already(survivor)))
        for ticket in self:
            obstacle = ticket._merge_obstacle(survivor)
            if obstacle:
                obstacles.append(obstacle)
        return obstacles

    def _merge_obstacle(self, survivor):
        if self.merged_into_id:
            return ("merged", self._text_merged_already(self))
        if self.is_master:
            return ("master", self._text_master())
        if self.company_id != survivor.company_id:
            return ("companies", self._text_companies(survivor))
        if self._audience(with_user=False) != survivor._audience(with_user=False):
            return ("audience", self._text_audience(survivor))
        if self.is_confidential and self._is_asked_by_several(survivor):
            return ("audience", self._text_confidential(survivor))
        if survivor._party() == NOBODY != self._party():
            return ("nobody", self._text_nobody(survivor))
        if not self._is_same_party(survivor):
            return ("customers", self._text_customers(survivor))
        if survivor.state in DONE_STATES and self.is_open:
            return ("done", self._text_done(survivor))
        return None

    def _text_merged_already(self, ticket):
        return self.env._(
            "%(ticket)s is merged into another ticket already. Choose the one in which it goes on.",
            ticket=ticket.number,
        )

    def _text_master(self):
        return self.env._(
            "%(ticket)s is a mass incident with members of its own. Let it go on, and merge the other into it.",
            ticket=self.number,
        )

    def _text_companies(self, survivor):
        return self.env._(
            "%(ticket)s and %(survivor)s belong to different companies and cannot be merged.",
            ticket=self.number,
            survivor=survivor.number,
        )

    def _text_audience(self, survivor):
        return self.env._(
            "%(ticket)s and %(survivor)s are not seen by the same people: one of them is confidential or of a"
            " private team. Make both equal first, if that is meant.",
            ticket=self.number,
            survivor=survivor.number,
        )

    def _text_confidential(self, survivor):
        return self.env._(
            "%(ticket)s and %(survivor)s are confidential and of different requesters: each would read what"
            " the other wrote.",
            ticket=self.number,
            survivor=survivor.number,
        )

    def _text_customers(self, survivor):
        return self.env._(
            "%(ticket)s and %(survivor)s are of different customers: merged, each would read what the other"
            " wrote. Put one under the other as its child instead.",
            ticket=self.number,
            survivor=survivor.number,
        )

    def _text_nobody(self, survivor):
        return self.env._(
            "%(survivor)s has no requester. Let %(ticket)s go on, or set the requester first.",
            ticket=self.number,
            survivor=survivor.number,
        )

    def _text_done(self, survivor):
        return self.env._(
            "%(survivor)s is done, and %(ticket)s is not. Re-open %(survivor)s first, or let %(ticket)s go on.",
            ticket=self.number,
            survivor=survivor.number,
        )
