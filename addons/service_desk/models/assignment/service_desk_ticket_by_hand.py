"""A person chosen by hand: limits and skills are no wall then, but nobody passes them unawares."""

from odoo import api, models
from odoo.tools import format_datetime


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    @api.onchange("user_id")
    def _onchange_user_id_presence(self):
        """Tell whoever chooses a person what the team's method would have minded."""
        words = self._doubts_about(self.user_id) if self.user_id and self.team_id else []
        if words:
            return {
                "warning": {
                    "title": self.user_id.name,
                    "message": "\n".join(words),
                    "type": "notification",
                }
            }
        return None

    def _doubts_about(self, user):
        """Return sentences: absent, at the limit, without a needed skill; no figures and no reasons of absence."""
        weights = self.env["service_desk.settings"]._of(self.team_id.company_id)._load_weights()
        doubts = []
        for candidate in self.env["service_desk.assignment"]._candidates(self.team_id, user):
            if candidate.absence:
                doubts.append(self._tell_doubt_of_absence(candidate.absence.until))
            if user != self._origin.user_id and not candidate.has_room(weights[self.priority]):
                doubts.append(self.env._("At the limit of open work."))
            if missing := self._missing_skills(candidate.skills):
                doubts.append(self.env._("Lacks the skill: %(skills)s.", skills=", ".join(missing)))
        return doubts

    def _tell_doubt_of_absence(self, until):
        if not until:
            return self.env._("Takes no new tickets now.")
        moment = format_datetime(self.env, until, dt_format="d MMMM, HH:mm")
        return self.env._("Absent until %(moment)s.", moment=moment)

    def _missing_skills(self, levels):
        """Return the names of the needed skills that somebody with ``levels`` lacks."""
        needed = self._needed_skills()[self.id]
        missing = [
            skill_id for skill_id, level in needed.items() if levels.get(skill_id, 0) < level
        ]
        return self.env["service_desk.skill"].browse(missing).mapped("name")

    def _note_missing_skills(self):
        """Write down where somebody got a ticket by hand that he has not the skills for."""
        if not self.env["service_desk.skill.demand"]._kept_demands():
            return
        needs = self._needed_skills()
        needing = self.filtered(lambda ticket: needs[ticket.id])
        levels = self.env["service_desk.agent"]._skill_levels(needing.user_id)
        payloads = {}
        for ticket in needing:
            missing = ticket._missing_skills(levels[ticket.user_id.id])
            if missing:
                payloads[ticket.id] = {
                    "event": "by_hand",
                    "user_id": ticket.user_id.id,
                    "user": ticket.user_id.sudo().name,
                    "missing": missing,
                }
        if payloads:
            needing._explain("assignment", payloads)
