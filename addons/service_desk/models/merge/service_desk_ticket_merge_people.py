"""People, tags and marks of a merge: who takes part in the survivor, and what is true of all together."""

from odoo import models

from .service_desk_ticket_merge_move import TICKET


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    # ------------------------------------------------------------------ people
    def _move_people(self, survivor, moved):
        """Let requesters and participants take part in the survivor, and colleagues follow it.

        Participants of another firm than the requester's are not taken along: nobody has let them into
        the other conversation. Their next message is held for an agent to decide.
        """
        followers_before = survivor.message_partner_ids
        present = survivor.partner_id | survivor.participant_ids
        parties = {survivor._party_of(partner) for partner in present}
        parties |= {ticket._party() for ticket in self}
        joining = self.env["res.partner"]
        for ticket in self:
            people = ticket.partner_id
            people |= ticket.participant_ids.filtered(
                lambda partner: survivor._party_of(partner) in parties
            )
            new = people.filtered("active") - present - joining
            moved[ticket.id]["participants"] = new.ids
            moved[ticket.id]["watchers"] = (new - followers_before).ids
            joining |= new
        if joining:
            survivor.participant_ids |= joining
        self._move_watchers(survivor, followers_before | survivor.participant_ids, moved)

    def _move_watchers(self, survivor, present, moved):
        """Let colleagues who follow the merged tickets follow the survivor, each once."""
        followers = self.env["mail.followers"].search(
            [
                ("res_model", "=", TICKET),
                ("res_id", "in", self.ids),
                ("partner_id.partner_share", "=", False),
            ]
        )
        have = set(present.ids)
        vals_list = []
        for follower in followers:
            if follower.partner_id.id in have:
                continue
            have.add(follower.partner_id.id)
            moved[follower.res_id]["watchers"].append(follower.partner_id.id)
            vals_list.append(
                {
                    "res_model": TICKET,
                    "res_id": survivor.id,
                    "partner_id": follower.partner_id.id,
                    "subtype_ids": [(6, 0, follower.subtype_ids.ids)],
                }
            )
        followers.create(vals_list)

    def _move_tags(self, survivor, moved):
        known = survivor.tag_ids
        for ticket in self:
            new = ticket.tag_ids - known
            moved[ticket.id]["tags"] = new.ids
            known |= new
        if known != survivor.tag_ids:
            survivor.tag_ids = known

    # ------------------------------------------------------------------- marks
    def _move_marks(self, survivor):
        """Let the survivor say what is true of all: the oldest question, the first answer, the last words."""
        together = self | survivor
        answered = [
            moment
            for moment in together.mapped("first_response_at")
            if moment and moment >= survivor.create_date
        ]
        vals = {
            "first_response_at": survivor.first_response_at or min(answered, default=False),
            "last_requester_message_at": self._latest(together, "last_requester_message_at"),
            "last_agent_message_at": self._latest(together, "last_agent_message_at"),
            "proposed_participants": self._joined_lines(together, "proposed_participants", "\n"),
            "undelivered_emails": self._joined_lines(together, "undelivered_emails", ", "),
            "has_unverified_mail": any(together.mapped("has_unverified_mail")),
        }
        if survivor.is_open:
            waiting = filter(None, together.mapped("needs_reply_since"))
            vals["needs_reply_since"] = min(waiting, default=False)
        changed = {name: value for name, value in vals.items() if survivor[name] != value}
        if changed:
            survivor._set_marks(**changed)

    def _latest(self, tickets, name):
        return max(filter(None, tickets.mapped(name)), default=False)

    def _joined_lines(self, tickets, name, separator):
        lines = {}
        for ticket in tickets:
            lines.update(dict.fromkeys(filter(None, (ticket[name] or "").split(separator))))
        return separator.join(lines) or False
