"""What a merged ticket is afterwards: a signpost. Whatever is said to it lands where it goes on."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..service_desk_ticket_conversation import HUMAN_MESSAGE_TYPES

#: Merges of merges that are followed; more do not come about by people.
MAX_CHAIN = 50
#: What nobody changes on a merged ticket: it would be open again, or show the survivor to others.
FIXED_FIELDS = frozenset(
    {"stage_id", "state", "team_id", "is_confidential", "user_id", "parent_id"}
)


class ServiceDeskTicket(models.Model):
    _inherit = "service_desk.ticket"

    def _mail_survivor(self):
        """Return the ticket in which this one goes on: itself, or the end of the chain of merges."""
        ticket = super()._mail_survivor()
        for _step in range(MAX_CHAIN):
            # sudo: where a message lands is no question of the writer's rights
            following = ticket.sudo().merged_into_id
            if not following:
                break
            ticket = following.with_env(self.env)
        return ticket

    def message_post(self, **kwargs):
        """Post; what people write to a merged ticket is posted on the one in which it goes on."""
        if kwargs.get("message_type") in HUMAN_MESSAGE_TYPES and len(self) == 1:
            survivor = self._mail_survivor()
            if survivor != self:
                return survivor.message_post(**kwargs)
        return super().message_post(**kwargs)

    def _message_post_after_hook(self, message, msg_values):
        super()._message_post_after_hook(message, msg_values)
        # an answer changes marks of the ticket, and so collides with a merge; a note would not
        if message.message_type in HUMAN_MESSAGE_TYPES and not self._is_public(message):
            self._collide_with_merge()

    def _collide_with_merge(self):
        """Let a merge that runs at this moment, and does not see the new message, collide and begin anew.

        Else the message would stay on the merged ticket, where nobody reads it. A lock is not enough: only
        a changed row is seen by a transaction that has begun earlier.
        """
        self.env.cr.execute(
            SQL("UPDATE service_desk_ticket SET write_date = write_date WHERE id = %s", self.id),
            log_exceptions=False,
        )

    def write(self, vals):
        if FIXED_FIELDS & vals.keys() and not self.env.su:
            self._check_not_merged()
        return super().write(vals)

    def _check_not_merged(self):
        """Refuse to work on a merged ticket as if it were open.

        :raises UserError: names the merged ticket
        """
        merged = self.filtered("merged_into_id")
        if merged:
            raise UserError(
                self.env._(
                    "%(ticket)s is merged into another ticket. Work there, or undo the merge first.",
                    ticket=merged[0].number,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_survivor(self):
        # sudo: what was merged into it may be hidden from who deletes
        everything_sudo = self.sudo().with_context(active_test=False)
        if everything_sudo.search_count(
            [("merged_into_id", "in", self.ids), ("id", "not in", self.ids)], limit=1
        ):
            raise UserError(
                self.env._("Other tickets were merged into this one: it keeps their conversation.")
            )

    # ----------------------------------------------------------------- silence
    def _notify_requester_side(self, event, payload):
        """A merge is told once, by its own notice: not as a change of state, too."""
        if self._is_being_merged():
            return []
        return super()._notify_requester_side(event, payload)
