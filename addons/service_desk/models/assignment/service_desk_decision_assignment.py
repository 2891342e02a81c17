"""What a choice was made of: kept as data, told in the reader's language."""

from odoo import api, models
from odoo.tools import format_datetime

#: So many people are named of each kind; of the rest the number is told.
MOST_NAMES = 5


class ServiceDeskAssignment(models.AbstractModel):
    _inherit = "service_desk.assignment"

    @api.model
    def _grounds(self, team, given, candidates):
        """Return ``{ticket id: payload}`` that explains the verdicts ``given``."""
        needs = self.env["service_desk.ticket"].browse([t.id for t in given])._needed_skills()
        names = self._skill_names({skill for needed in needs.values() for skill in needed})
        kept, payloads = {}, {}
        for ticket, verdict in given.items():
            needed = needs[ticket.id]
            key = tuple(sorted(needed.items()))
            if key not in kept:
                kept[key] = _left_out(candidates, needed)
            chosen = verdict.candidate
            payloads[ticket.id] = {
                "event": "given",
                "team_id": team.id,
                "method": team.sudo().assign_method,
                "user_id": chosen.user_id,
                "user": chosen.name,
                "known": verdict.known,
                "load": [chosen.tickets, chosen.points],
                "skills": [names[skill_id] for skill_id in needed],
                **kept[key],
            }
        return payloads

    def _skill_names(self, skill_ids):
        skills_sudo = self.env["service_desk.skill"].sudo().browse(skill_ids)
        return {skill.id: skill.name for skill in skills_sudo}


def _left_out(candidates, needed):
    """Return how many could have got it, and who could not and why; bounded."""
    unskilled = [c for c in candidates if not c.knows(needed)] if needed else []
    absent = [c for c in candidates if c.absence and c.knows(needed)]
    full = [c for c in candidates if not c.absence and c.knows(needed) and not c.has_room(1)]
    rivals = [c for c in candidates if not c.absence and c.knows(needed) and c.has_room(1)]
    return {
        "rivals": [[c.name, c.tickets, c.points] for c in sorted(rivals, key=lambda c: c.points)][
            :MOST_NAMES
        ],
        "rival_count": len(rivals),
        "absent": [[c.name, c.absence.until and str(c.absence.until)] for c in absent[:MOST_NAMES]],
        "absent_count": len(absent),
        "full": [c.name for c in full[:MOST_NAMES]],
        "full_count": len(full),
        "unskilled": [c.name for c in unskilled[:MOST_NAMES]],
        "unskilled_count": len(unskilled),
    }


class ServiceDeskDecision(models.Model):
    _inherit = "service_desk.decision"

    @api.depends_context("uid", "tz")
    def _compute_text(self):
        return super()._compute_text()

    def _text_assignment(self, payload):
        """Return why somebody got the ticket, gave it back or took it."""
        tell = getattr(self, f"_text_assignment_{payload.get('event')}", None)
        return tell(payload) if tell else ""

    def _text_assignment_pulled(self, payload):
        return self.env._(
            "%(user)s asked for the next ticket and got this one.", user=payload.get("user")
        )

    def _text_assignment_by_hand(self, payload):
        return self.env._(
            "%(user)s got it by hand, without the needed skill: %(skills)s.",
            user=payload.get("user"),
            skills=", ".join(payload.get("missing", ())),
        )

    def _text_assignment_release(self, payload):
        user = payload.get("user")
        reasons = {
            "absence": self.env._(
                "%(user)s is absent: the ticket goes to somebody else.", user=user
            ),
            "left": self.env._(
                "%(user)s works here no more: the ticket goes to somebody else.", user=user
            ),
            "no_reaction": self.env._(
                "%(user)s did not react: the ticket goes to somebody else.", user=user
            ),
            "handed_over": self.env._("The open work of %(user)s was handed over.", user=user),
        }
        return reasons.get(payload.get("reason_code")) or self.env._(
            "The ticket was taken off %(user)s.", user=user
        )

    def _text_assignment_given(self, payload):
        parts = [self._tell_choice(payload)]
        # the ticket came from there since: who works in a hidden team, and who is away, stays unsaid
        team = self.env["service_desk.team"].browse(payload.get("team_id") or ()).exists()
        if team and not team.has_access("read"):
            return parts[0]
        if payload.get("skills"):
            parts.append(self.env._("Needed: %(skills)s.", skills=", ".join(payload["skills"])))
        parts += self._tell_left_out(payload)
        if self._may_read_loads() and payload.get("rivals"):
            loads = ", ".join(f"{name} {points:g}" for name, _tickets, points in payload["rivals"])
            parts.append(self.env._("Open work after it, in points: %(loads)s.", loads=loads))
        return " ".join(parts)

    def _tell_choice(self, payload):
        user = payload.get("user")
        known = {
            "requester": self.env._("%(user)s got it: helped this requester last.", user=user),
            "firm": self.env._("%(user)s got it: helped this firm lately.", user=user),
        }
        methods = {
            "round_robin": self.env._("%(user)s got it: it was the turn.", user=user),
            "balanced": self.env._("%(user)s got it: has the least open work.", user=user),
            "skill": self.env._("%(user)s got it: knows best of those who have room.", user=user),
        }
        return (
            known.get(payload.get("known"))
            or methods.get(payload.get("method"))
            or self.env._("%(user)s got it by the team's method.", user=user)
        )

    def _tell_left_out(self, payload):
        """Return a sentence for each reason why others did not get it."""
        absent = [self._tell_absent(name, until) for name, until in payload.get("absent", ())]
        told = (
            (self.env._("Absent: %(names)s."), absent, "absent_count"),
            (self.env._("At the limit: %(names)s."), payload.get("full"), "full_count"),
            (
                self.env._("Not skilled for it: %(names)s."),
                payload.get("unskilled"),
                "unskilled_count",
            ),
        )
        sentences = []
        for sentence, names, count in told:
            if names:
                more = payload.get(count, 0) - len(names)
                names = [*names, self.env._("%(count)s more", count=more)] if more > 0 else names
                sentences.append(sentence % {"names": ", ".join(names)})
        return sentences

    def _tell_absent(self, name, until):
        if not until:
            return name
        moment = format_datetime(self.env, until, dt_format="d MMM HH:mm")
        return self.env._("%(name)s (until %(moment)s)", name=name, moment=moment)

    def _may_read_loads(self):
        """Tell whether the reader sees all tickets: a load would count those that others do not see."""
        return self.env.user.has_group("service_desk.service_desk_group_manager")
